import { quorumSize, voters } from '../ensemble/member.ts';
import { ownStatus, Refusal } from '../exit-status.ts';
import { loopbackOf } from '../health/address.ts';
import { WriteFailure } from '../host/files/carry-out.ts';
import { askPeers } from '../host/network/ask-peers.ts';
import { askStatus } from '../host/network/ask-status.ts';
import { leaveHold, readHold, removeHold } from '../host/volume/hold-file.ts';
import type { Ready } from '../preparation/prepare.ts';
import { leaveRoot } from '../start/inspect.ts';
import { placedMember } from '../start/place.ts';
import { counted } from '../text/numbers.ts';
import type { FlagsOf } from './definitions.ts';
import { print, printLines } from './io.ts';
import { judge } from './judged.ts';

const TIMEOUT_MS = 3_000;

/** Keeps this member without a JVM: 0 once that is written down, 69 where the others are no quorum without it. */
export async function hold({ reason, withoutQuorum }: FlagsOf<'hold'>): Promise<number> {
  const { draft, ready } = (await judge()).prepared;
  const { dataDir } = settingsOf(draft);
  if (readHold(dataDir) !== undefined) {
    print('this member is held already; zk-entrypoint release lets it start');
    return 0;
  }
  const state = await stateHere(settingsOf(draft));
  if (ready !== undefined && withoutQuorum !== true && state === 'serving') {
    const why = await whyNeeded(ready);
    if (why !== undefined) throw new Refusal(ownStatus.noAnswer, why);
  }
  asZooKeepersUser(draft, () => leaveHold(dataDir, reason.replaceAll(/\s+/g, ' ').trim()));
  printLines([
    state === undefined
      ? 'held: the next start of this member runs no JVM'
      : 'held: the server stops and this container ends; the kubelet starts it again, and it then waits without a JVM',
    'to let it go: zk-entrypoint release',
  ]);
  return 0;
}

/** Lets this member start. Always 0, also if it was not held. */
export async function release(): Promise<number> {
  const { draft } = (await judge()).prepared;
  const { dataDir } = settingsOf(draft);
  if (readHold(dataDir) === undefined) {
    print('this member is not held');
    return 0;
  }
  asZooKeepersUser(draft, () => removeHold(dataDir));
  print('released: the waiting start continues within seconds');
  return 0;
}

function settingsOf(draft: Ready | undefined): Ready['settings'] {
  if (draft === undefined)
    throw new Refusal(ownStatus.refused, 'the settings are refused; see zk-entrypoint check');
  return draft.settings;
}

/** Root becomes the user of the start, which reads and removes the file. */
function asZooKeepersUser(draft: Ready | undefined, act: () => void): void {
  if (draft === undefined) return;
  const { plan, settings } = draft;
  const [refused] = leaveRoot({ plan, user: settings.user, handsOver: false });
  if (refused !== undefined)
    throw new Refusal(ownStatus.notPermitted, `${refused.problem}; ${refused.remedy}`);
  try {
    act();
  } catch (error) {
    if (!(error instanceof WriteFailure)) throw error;
    throw new Refusal(ownStatus.cannotWrite, `cannot write: ${error.message}; ${error.remedy}`);
  }
}

/** The report of the supervisor of this container; undefined without an answer. */
async function stateHere({ healthPort, healthAddress }: Ready['settings']): Promise<string | undefined> {
  if (healthPort === 0) return undefined;
  const told = await askStatus({ host: loopbackOf(healthAddress), port: healthPort, timeoutMs: TIMEOUT_MS });
  if (told === undefined) return undefined;
  return told.mode === undefined ? 'waiting' : 'serving';
}

const IN_A_QUORUM: readonly (string | undefined)[] = ['leader', 'follower'];

/** Why clients would not be served without this member, and what to do; undefined if the others are enough. */
async function whyNeeded(ready: Ready): Promise<string | undefined> {
  const { member } = placedMember(ready, '', undefined);
  const { ensemble, settings } = member.ready;
  const voting = voters(ensemble);
  // For a single server, the hold is intended.
  if (voting.length < 2 || !voting.some(({ id }) => id === ensemble.myid)) return undefined;
  const others = voting.filter(({ id }) => id !== ensemble.myid);
  const needed = quorumSize(voting.length);
  const answers = await askPeers(others, settings, TIMEOUT_MS);
  const serving = answers.filter(({ told, mode }) => IN_A_QUORUM.includes(told?.mode ?? mode));
  if (serving.length >= needed) return undefined;
  const are = `${serving.length} of ${counted(others.length, 'other voter')} serve${serving.length === 1 ? 's' : ''}`;
  return `clients would not be served without this member: ${are}, ${needed} are needed; bring the others back first (zk-entrypoint status), or hold it anyway with --without-quorum`;
}
