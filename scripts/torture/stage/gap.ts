import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { End } from '../kubelet/records.ts';
import { afterGap, readLogged } from './logged.ts';
import type { StagedMember } from './staged-member.ts';

/** A volume that was given up because ZooKeeper itself had left a gap in its log. */
export interface GivenUp {
  readonly member: string;
  readonly atMs: number;
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

/** `ZKDatabase.addCommittedProposal` of 3.9.4 and later. */
export function tellsOfGap(output: string): boolean {
  return /Committed proposal cached out of order: 0x[0-9a-f]+ is not the next proposal of 0x/.test(output);
}
