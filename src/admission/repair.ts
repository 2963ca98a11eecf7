import { quorumSize } from '../ensemble/member.ts';
import type { Finding } from '../findings/finding.ts';
import type { FindingCode } from '../findings/known-codes.ts';
import { formatSpan } from '../text/span.ts';
import { type Ourselves, type PeerAnswer, servesInQuorum } from './peer-replies.ts';
import { sameVoters } from './voter-lists.ts';

/** Damaged data of this member that refuses the start or would end the server, and that a quorum of the others can replace. */
const OF_DAMAGE: readonly FindingCode[] = [
  'ZK-VOLUME-004',
  'ZK-VOLUME-005',
  'ZK-VOLUME-007',
  'ZK-VOLUME-010',
  'ZK-VOLUME-051',
  'ZK-VOLUME-054',
];

/** True for an error that a copy of the others' data would fix. */
export function isDamage({ code, severity }: Finding): boolean {
  return severity === 'error' && OF_DAMAGE.includes(code);
}

/** The facts that decide whether the damaged data may be set aside. */
export interface RepairLook {
  readonly us: Ourselves;
  /** The newest epoch on the volume. The data that is set aside must not be newer than the copy. */
  readonly epoch: number;
  /** True if the record shows that the volume belongs to this member and this ensemble. */
  readonly isOurs: boolean;
  /** All other voters, as they answered. */
  readonly answers: readonly PeerAnswer[];
  /** The time since data was last set aside; undefined for never. */
  readonly lastRepairMs: number | undefined;
}

/** After `wait` the start asks again. `never` refuses the start, as without ZK_REPAIR. `why` is a clause. */
export type RepairDecision =
  | { readonly kind: 'repair' }
  | { readonly kind: 'wait'; readonly why: string; readonly quorumServes: boolean }
  | { readonly kind: 'never'; readonly why: string };

/** If data is damaged again this soon, the disk is probably broken. */
const SOONEST_MS = 60 * 60 * 1_000;

/** The `waiting.kind` of a peer's supervisor while it waits for its repair. */
export const WAITS_FOR_REPAIR = 'repair';

/**
 * Whether this member may set its data aside and copy the data of the others. Only while they are a quorum without it,
 * report this member as a voter, and are at its epoch or a later one. Then they have every acknowledged write (Zab: a leader
 * of a later epoch has the history of a quorum). One member at a time, the lowest id first.
 */
export function decideRepair({ us, epoch, isOurs, answers, lastRepairMs }: RepairLook): RepairDecision {
  if (!isOurs)
    return { kind: 'never', why: 'the record of the volume does not say that it is this member’s own' };
  if (!us.voters.includes(us.id)) return { kind: 'never', why: 'this member is not a voter' };
  if (lastRepairMs !== undefined && lastRepairMs < SOONEST_MS) {
    const ago = formatSpan(lastRepairMs);
    return { kind: 'never', why: `data was set aside ${ago} ago, and is damaged again: look at the disk` };
  }
  const needed = quorumSize(us.voters.length);
  const others = answers.filter(({ member }) => us.voters.includes(member.id) && member.id !== us.id);
  const serving = others.filter((answer) => serves(answer, us));
  const quorumServes = serving.length >= needed;
  const wait = (why: string): RepairDecision => ({ kind: 'wait', why, quorumServes });
  if (!quorumServes)
    return wait(`${serving.length} of ${others.length} other voters serve, ${needed} are needed`);
  const elsewhere = serving.find((answer) => !countsUs(answer, us));
  if (elsewhere !== undefined) return wait(`${elsewhere.member.host} serves with another list of voters`);
  const leaders = serving.filter(({ told }) => told?.mode === 'leader');
  const [leader] = leaders;
  if (leader === undefined || leaders.length > 1) return wait(`${leaders.length} of them lead`);
  if ((epochOf(leader) ?? -1n) < BigInt(epoch))
    return wait(`${leader.member.host} leads in an epoch before this member's, which is ${epoch}`);
  const first = others.find((answer) => !serving.includes(answer) && !letsUsGoFirst(answer, us));
  return first === undefined
    ? { kind: 'repair' }
    : wait(`${first.member.host} does not serve: one member at a time, the lowest id first`);
}

function serves(answer: PeerAnswer, us: Ourselves): boolean {
  const mode = answer.told?.mode;
  return answer.told?.member !== undefined && mode !== 'observer' && servesInQuorum(answer, us);
}

function countsUs({ told }: PeerAnswer, us: Ourselves): boolean {
  const fact = told?.member;
  if (fact === undefined) return false;
  return fact.known.includes(us.id) && sameVoters(fact.voters, us.voters);
}

/** The bits of the counter in a zxid; the epoch is above them (ZxidUtils). The zxid of a new leader has its epoch at once. */
const COUNTER_BITS = 32n;

function epochOf({ told }: PeerAnswer): bigint | undefined {
  const zxid = told?.server?.zxid;
  return zxid === undefined ? undefined : BigInt(zxid) >> COUNTER_BITS;
}

/** A member that waits for its own repair after ours. A member that does not answer may be in the middle of a repair. */
function letsUsGoFirst({ member, told }: PeerAnswer, us: Ourselves): boolean {
  return told?.waiting?.kind === WAITS_FOR_REPAIR && member.id > us.id;
}
