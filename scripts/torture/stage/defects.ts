import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { End } from '../kubelet/records.ts';
import { afterGap, readLogged } from './logged.ts';
import type { StagedMember } from './staged-member.ts';

/** What ZooKeeper itself may do to a volume, whoever starts it. */
export type Defect = 'gap' | 'damaged log' | 'dirty snapshot';

/** A volume that was given up for it. */
export interface GivenUp {
  readonly member: string;
  readonly atMs: number;
  readonly defect: Defect;
}

const TAIL = 20_000;

/**
 * Whether the member, which must not run, has skipped transactions in its log. Releases before 3.9.3 do so as followers
 * whose leader goes away, or whose disk was full (ZOOKEEPER-4712), and start from it in silence.
 */
export function hasGap({ volume }: StagedMember): boolean {
  const logged = readLogged({ data: join(volume.path, 'data'), log: join(volume.path, 'log') });
  return afterGap(logged) !== undefined;
}

/**
 * Whether this start failed since the member's log has a gap: a follower of a release before 3.9.3 may skip
 * transactions when its leader goes away (ZOOKEEPER-4712), and from 3.9.4 on ZooKeeper refuses to start from such a log.
 * Only a member that the run itself has had on another release can say so; to any other a gap is a broken promise.
 */
export function endedByGap(member: StagedMember, { status }: End): boolean {
  if (status !== 1 || !member.hasChangedRelease) return false;
  return tellsOfGap(readFileSync(join(member.folder, 'output.log'), 'utf8').slice(-TAIL));
}

/**
 * Whether this start failed since a full disk has left the member's log damaged: a follower that cannot write goes on
 * without ending, follows again, and continues the log behind a record of which only a part was written, so that the next
 * record begins at the wrong byte. Seen on 3.9.6; only a volume that the run itself has filled can say so.
 */
export function endedByDamagedLog(member: StagedMember, { status }: End): boolean {
  if (status !== 1 || !member.volume.hasBeenFull) return false;
  return tellsOfDamagedLog(readFileSync(join(member.folder, 'output.log'), 'utf8').slice(-TAIL));
}

/** `BinaryInputArchive.checkLength`, called for a record of the log. */
export function tellsOfDamagedLog(output: string): boolean {
  return /Unreasonable length = \d+\n(?:\tat .*\n){1,3}\tat .*\bUtil\.readTxnBytes\(/.test(output);
}

/** `ZKDatabase.addCommittedProposal` of 3.9.4 and later. */
export function tellsOfGap(output: string): boolean {
  return /Committed proposal cached out of order: 0x[0-9a-f]+ is not the next proposal of 0x/.test(output);
}

/**
 * What a member has written since the last look, for what ZooKeeper tells there of a dirty snapshot: a leader without a
 * quorum writes one that holds proposals which nobody else has, is told to go back behind them, and only its log does; it
 * loads the snapshot again and keeps them (ZOOKEEPER-1549). The others do not have them, so the trees differ.
 */
export class OutputWatch {
  #seen = new Map<string, number>();

  /** Looks at each line once. */
  tellsOfDirtySnapshot({ name, folder }: Pick<StagedMember, 'name' | 'folder'>): boolean {
    const output = readFileSync(join(folder, 'output.log'));
    const from = this.#seen.get(name) ?? 0;
    this.#seen.set(name, output.length);
    return keepsWhatItShouldNot(output.subarray(from).toString('latin1'));
  }
}

/** `Learner.syncWithLeader` at TRUNC, and `ZKDatabase.loadDataBase` right after it. */
export function keepsWhatItShouldNot(output: string): boolean {
  const truncations = output.matchAll(
    /Truncating log to get in sync with the leader 0x([0-9a-f]+)$.*?highest zxid is 0x([0-9a-f]+)/gms,
  );
  return [...truncations].some(([, to, loaded]) => BigInt(`0x${loaded}`) > BigInt(`0x${to}`));
}
