import { setTimeout as sleep } from 'node:timers/promises';
import { styleText } from 'node:util';
import type { Picture } from '../ensemble-status/content.ts';
import type { SurveyMember } from '../ensemble-status/member.ts';
import { Changes, fitting, pictureText } from '../ensemble-status/picture-text.ts';
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
import { type KnownMembers, membersNow } from './members.ts';

type StatusFlags = FlagsOf<'status'>;

const { fallback } = table.healthPort;
const USUAL_HEALTH_PORT = fallback.kind === 'value' ? fallback.value : 0;
const WATCH_EVERY_MS = 2_000;

/**
 * Shows every member of the ensemble: 0 all well, 1 a quorum with a member unwell, 69 no quorum. --watch goes on until it is
 * interrupted, and ends with 0 then.
 */
export async function status(flags: StatusFlags): Promise<number> {
  const timeoutMs = timeoutOf(flags);
  const given = flags.connect === undefined ? undefined : { members: membersOf(flags.connect), key: NO_KEY };
  const known = given ?? (await membersNow(timeoutMs));
  allowLookups(known.members.length);
  const look = async () => {
    // Members come and go while they are watched.
    const now: KnownMembers = given ?? (flags.watch ? await membersNow(timeoutMs) : known);
    const { key } = now;
    const ask = (member: SurveyMember) =>
      askMember({ ...member, key, timeoutMs, suffices: (answers) => suffices(member, answers) });
    const { wished } = now;
    return {
      ...(await survey(now.members, ask, now.committed)),
      ...(wished === undefined ? {} : { wished }),
    };
  };
  if (flags.watch) return watch(look, flags);
  const seen = await look();
  if (flags.output === 'json') printJson(seen);
  else print(surveyText(seen, paint));
  return statusOf(seen);
}

/** Looks until Ctrl-C or TERM; a look that is under way then is given up. */
async function watch(look: () => Promise<Picture>, { output }: StatusFlags): Promise<number> {
  const interrupted = new Promise<undefined>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolve(undefined));
  });
  const screen = output === 'json' ? jsonLines : process.stdout.isTTY ? new Terminal() : new Pipe();
  try {
    for (;;) {
      const seen = await Promise.race([look(), interrupted]);
      if (seen === undefined) return 0;
      screen.show(seen);
      if ((await Promise.race([sleep(WATCH_EVERY_MS, 'again'), interrupted])) === undefined) return 0;
    }
  } finally {
    screen.end();
  }
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

/** Where pictures are shown while they are watched. */
interface Screen {
  show(picture: Picture): void;
  end(): void;
}

/** For programs: a line of JSON a look. */
const jsonLines: Screen = { show: (picture) => printJson(picture, 0), end: () => undefined };

/** A pipe or a file gets one picture a change, and an empty line a minute while nothing changes. */
class Pipe implements Screen {
  readonly #changes = new Changes();

  show(picture: Picture): void {
    const worth = this.#changes.worthOf(picture, performance.now());
    if (worth !== undefined) print(worth === 'picture' ? `${stamped(picture)}\n` : '');
  }

  end(): void {}
}

const [HIDE_CURSOR, SHOW_CURSOR] = ['\x1b[?25l', '\x1b[?25h'];
const [CLEAR, HOME, REST_OF_LINE, BELOW] = ['\x1b[2J', '\x1b[H', '\x1b[K', '\x1b[J'];

/** A terminal is painted over, without a flicker, and never beyond its last line. */
class Terminal implements Screen {
  #before = HIDE_CURSOR + CLEAR;

  show(picture: Picture): void {
    const { columns = 80, rows = 24 } = process.stdout;
    const lines = fitting(stamped(picture).split('\n'), { columns, rows });
    process.stdout.write(
      `${this.#before}${HOME}${lines.map((line) => line + REST_OF_LINE).join('\n')}${BELOW}`,
    );
    this.#before = '';
  }

  /** The last picture stays, and the prompt comes below it. */
  end(): void {
    process.stdout.write(`${SHOW_CURSOR}\n`);
  }
}

function stamped(picture: Picture): string {
  const nowMs = Date.now();
  return `${new Date(nowMs).toISOString()}\n${pictureText(picture, paint, nowMs)}`;
}

const STYLES = { good: 'green', bad: 'red', faint: 'dim' } as const;

/** Colours where standard output is a terminal that has them, and NO_COLOR is not set (https://no-color.org). */
const paint: Paint = (text: string, tone: Tone) =>
  tone === 'plain' ? text : styleText(STYLES[tone], text, { stream: process.stdout });
