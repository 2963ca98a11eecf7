import { setTimeout as sleep } from 'node:timers/promises';
import type { Member } from '../ensemble/member.ts';
import { monotonicMs } from '../host/monotonic.ts';
import { askPeers } from '../host/network/ask-peers.ts';
import { type NextChange, nextRemoval } from '../membership/change.ts';
import type { CommittedConfiguration } from '../membership/configuration.ts';
import { type Changed, changeThrough, type OwnServer, readThrough } from './membership.ts';

const PEER_TIMEOUT_MS = 2_000;
const PAUSE_MS = 300;

/** A removal of members, one after the other. */
export interface Removal extends OwnServer {
  readonly stays: (id: number, committed: CommittedConfiguration) => boolean;
  readonly untilMs: number;
  readonly signal: AbortSignal;
  /** Progress in one sentence. */
  say(sentence: string): void;
}

/** What came of it; `why` is a sentence. */
export type Removed =
  | { readonly kind: 'done'; readonly committed: CommittedConfiguration; readonly removed: readonly number[] }
  | { readonly kind: 'not-done'; readonly why: string; readonly removed: readonly number[] };

/**
 * Removes those who do not stay, highest first, each on the condition of the version read and only while a majority of the
 * others is synced; after a lost answer it reads again. Ends when time is up, with what was done.
 */
export async function remove(removal: Removal): Promise<Removed> {
  const removed: number[] = [];
  let before: CommittedConfiguration | undefined;
  let why = 'nothing was asked yet';
  while (!removal.signal.aborted && monotonicMs() < removal.untilMs) {
    const read = await readThrough(removal);
    if (read.kind === 'done') {
      const { configuration: committed } = read;
      // When the leader is removed, the answer may be lost, although the change is made.
      for (const id of before === undefined ? [] : goneSince(before, committed)) {
        removed.push(id);
        removal.say(`${nameIn(before as CommittedConfiguration, id)} is removed; ${votersLeft(committed)}`);
      }
      before = committed;
      const step = await stepOf(removal, committed);
      if (step.kind === 'done') return { kind: 'done', committed, removed };
      const outcome = step.kind === 'change' ? await changeThrough(removal, step.change) : undefined;
      if (outcome?.kind === 'done') continue;
      why = step.kind === 'wait' ? `the next removal ${step.why}` : whyNot(outcome);
      if (outcome?.kind === 'failed' && !outcome.again) break;
    } else why = whyNot(read);
    await sleep(PAUSE_MS, undefined, { signal: removal.signal, ref: false }).catch(() => undefined);
  }
  return { kind: 'not-done', why, removed };
}

function whyNot(outcome: Changed | undefined): string {
  return outcome?.kind === 'failed' ? `the server of this member ${outcome.sentence}` : 'time is up';
}

function goneSince(before: CommittedConfiguration, { members }: CommittedConfiguration): number[] {
  const ids = before.members.map(({ id }) => id);
  return ids.filter((id) => !members.some((member) => member.id === id));
}

function nameIn({ members }: CommittedConfiguration, id: number): string {
  return `member ${id} (${members.find((member) => member.id === id)?.host ?? 'unknown'})`;
}

function votersLeft({ members }: CommittedConfiguration): string {
  const voting = members.filter(({ role }) => role === 'participant').map(({ id }) => id);
  return `the voters are ${voting.join(', ')}`;
}

/** A server that serves in a quorum has what was committed; the leader looks at it once more (NewConfigNoQuorum). */
async function stepOf({ ready, stays }: Removal, committed: CommittedConfiguration): Promise<NextChange> {
  const isGoing = committed.members.some(({ id }) => !stays(id, committed));
  const synced = isGoing ? await servingOf(ready, committed.members) : new Set<number>();
  return nextRemoval({ committed, synced, stays: (id) => stays(id, committed) });
}

const IN_A_QUORUM: readonly (string | undefined)[] = ['leader', 'follower'];

async function servingOf(
  { settings, ensemble }: Removal['ready'],
  members: readonly Member[],
): Promise<ReadonlySet<number>> {
  const others = members.filter(({ id }) => id !== ensemble.myid);
  const answers = await askPeers(others, settings, PEER_TIMEOUT_MS);
  const serving = answers.filter(({ told, mode }) => IN_A_QUORUM.includes(told?.mode ?? mode));
  // The own server has just answered with what is committed.
  return new Set([ensemble.myid, ...serving.map(({ member }) => member.id)]);
}
