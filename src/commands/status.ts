import { setTimeout as sleep } from 'node:timers/promises';
import { styleText } from 'node:util';
import type { SurveyMember } from '../ensemble-status/member.ts';
import { suffices } from '../ensemble-status/read-member.ts';
import { isWell, type Survey, survey } from '../ensemble-status/survey.ts';
import { type Paint, surveyText, type Tone } from '../ensemble-status/table.ts';
import { ownStatus, wrongFlag } from '../exit-status.ts';
import { allowLookups, askMember } from '../host/network/ask-member.ts';
import { NO_KEY } from '../host/network/ask-status.ts';
import { connectString } from '../sanity/connect-string.ts';
import { table } from '../settings/table.ts';
import type { FlagsOf } from './definitions.ts';
import { print, printJson, timeoutOf } from './io.ts';
import { type Members, membersNow } from './members.ts';

type StatusFlags = FlagsOf<'status'>;

const { fallback } = table.healthPort;
const USUAL_HEALTH_PORT = fallback.kind === 'value' ? fallback.value : 0;
const WATCH_EVERY_MS = 2_000;

/** Shows every member of the ensemble: 0 all well, 1 a quorum with a member unwell, 69 no quorum; --watch never ends. */
export async function status(flags: StatusFlags): Promise<number> {
  const timeoutMs = timeoutOf(flags);
  const given = flags.connect === undefined ? undefined : { members: membersOf(flags.connect), key: NO_KEY };
  const known = given ?? (await membersNow(timeoutMs));
  allowLookups(known.members.length);
  const look = async () => {
    // Members come and go while they are watched.
    const { members, committed, key }: Members = given ?? (flags.watch ? await membersNow(timeoutMs) : known);
    const ask = (member: SurveyMember) =>
      askMember({ ...member, key, timeoutMs, suffices: (answers) => suffices(member, answers) });
    return survey(members, ask, committed);
  };
  while (flags.watch) {
    show(await look(), flags);
    await sleep(WATCH_EVERY_MS);
  }
  const seen = await look();
  show(seen, flags);
  return statusOf(seen);
}

function statusOf(seen: Survey): number {
  if (!seen.quorum.exists) return ownStatus.noAnswer;
  return isWell(seen) ? 0 : UNWELL;
}

/** A quorum that serves, with something to look at. */
const UNWELL = 1;

/** Members by address have no ids, and all of them are taken for voters; a host of several has several health ports. */
function membersOf(connect: string): SurveyMember[] {
  const members = connectString(connect);
  if (!members.ok) throw wrongFlag('--connect', connect, members);
  const hosts = members.value.map(({ host }) => host);
  return members.value.map((member) => {
    const alone = hosts.filter((host) => host === member.host).length === 1;
    return { ...member, id: undefined, votes: true, healthPort: alone ? USUAL_HEALTH_PORT : 0 };
  });
}

const CLEAR = '\x1b[H\x1b[2J';

/** A terminal that is watched is painted over; a pipe gets one look after the other, JSON a line each. */
function show(seen: Survey, { output, watch }: StatusFlags): void {
  if (output === 'json') return printJson(seen, watch ? 0 : 2);
  const text = surveyText(seen, paint);
  if (!watch) return print(text);
  print(`${process.stdout.isTTY ? CLEAR : ''}${new Date().toISOString()}\n${text}\n`);
}

const STYLES = { good: 'green', bad: 'red', faint: 'dim' } as const;

/** Colours where standard output is a terminal that has them, and NO_COLOR is not set (https://no-color.org). */
const paint: Paint = (text: string, tone: Tone) =>
  tone === 'plain' ? text : styleText(STYLES[tone], text, { stream: process.stdout });
