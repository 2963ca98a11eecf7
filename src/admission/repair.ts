import { quorumSize } from '../ensemble/member.ts';
import type { Finding } from '../findings/finding.ts';
import type { FindingCode } from '../findings/known-codes.ts';
import { formatSpan } from '../text/span.ts';
import { type Ourselves, type PeerAnswer, servesInQuorum } from './peer-replies.ts';
import { sameVoters } from './voter-lists.ts';

/** Data of this member's own that a server would be refused for, or end of, and that a quorum of the others holds too. */
const OF_DAMAGE: readonly FindingCode[] = [
  'ZK-VOLUME-004',
  'ZK-VOLUME-005',
  'ZK-VOLUME-007',
  'ZK-VOLUME-010',
  'ZK-VOLUME-051',
  'ZK-VOLUME-054',
];

/** True for an error that the data of the others would mend. */
export function isDamage({ code, severity }: Finding): boolean {
  return severity === 'error' && OF_DAMAGE.includes(code);
}

/** What is known when it is decided whether the damaged data may be set aside. */
export interface RepairLook {
  readonly us: Ourselves;
  /** The newest epoch that anything on the volume tells of: what is set aside must not be newer than what is copied. */
  readonly epoch: number;
  /** True where the volume's record says that it is this member's, and of this ensemble. */
  readonly isOurs: boolean;
  /** All other voters, as they answered. */
  readonly answers: readonly PeerAnswer[];
  /** How long ago data was set aside last; undefined for never. */
  readonly lastRepairMs: number | undefined;
}

/** `wait` is asked again later, `never` is refused as it is without ZK_REPAIR; `why` is a clause. */
export type RepairDecision =
  | { readonly kind: 'repair' }
  | { readonly kind: 'wait'; readonly why: string; readonly quorumServes: boolean }
  | { readonly kind: 'never'; readonly why: string };

/** A disk that damages data again so soon is no accident any more. */
const SOONEST_MS = 60 * 60 * 1_000;

/** What a peer's supervisor says in `waiting.kind` while it waits for its repair. */
export const WAITS_FOR_REPAIR = 'repair';

/**
 * May this member forget its data and copy that of the others? Only while they are a quorum without it, by their own words
 * have this member for a voter, and are at its epoch or a later one: then each write that was ever acknowledged lies with
 * them (Zab: a leader of a later epoch has had the history of a quorum). One member at a time, the lowest id first.
 */
export function decideRepair({ us, epoch, isOurs, answers, lastRepairMs }: RepairLook): RepairDecision {
  if (!isOurs)
    return { kind: 'never', why: 'the record of the volume does not say that it is this member’s own' };
  if (!us.voters.includes(us.id)) return { kind: 'never', why: 'this member is no voter' };
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

/** The counter's bits in a zxid; the epoch is above them (ZxidUtils). A leader's own is of its epoch from the first moment on. */
const COUNTER_BITS = 32n;

function epochOf({ told }: PeerAnswer): bigint | undefined {
  const zxid = told?.server?.zxid;
  return zxid === undefined ? undefined : BigInt(zxid) >> COUNTER_BITS;
}

/** One that waits for its own repair after ours; whoever is not heard may be in the middle of one. */
function letsUsGoFirst({ member, told }: PeerAnswer, us: Ourselves): boolean {
  return told?.waiting?.kind === WAITS_FOR_REPAIR && member.id > us.id;
}
