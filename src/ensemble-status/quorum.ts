import { quorumSize } from '../ensemble/member.ts';
import { counted } from '../text/numbers.ts';
import type { MemberState } from './member.ts';

/** What the members' answers together say of the quorum. */
export interface QuorumState {
  readonly exists: boolean;
  readonly voters: number;
  /** Voters that serve, as far as they answered here. */
  readonly serving: number;
  /** How many voters make a quorum (QuorumMaj: more than half). */
  readonly needed: number;
  /** How many more of them may fail before the quorum is lost. */
  readonly survives: number;
  readonly sentence: string;
}

/**
 * A member serves only while it is connected to a leader that has a quorum, so one that serves proves the quorum even
 * where most members cannot be reached from here.
 */
export function judgeQuorum(members: readonly MemberState[]): QuorumState {
  const voters = members.filter(({ votes }) => votes);
  const serving = voters.filter(({ serves }) => serves).length;
  const needed = quorumSize(voters.length);
  const exists = members.some(({ serves }) => serves);
  const counts = { voters: voters.length, serving, needed, survives: Math.max(0, serving - needed) };
  return { exists, ...counts, sentence: sentenceOf(members, { exists, ...counts }) };
}

function sentenceOf(members: readonly MemberState[], quorum: Omit<QuorumState, 'sentence'>): string {
  const { exists, voters, serving, needed, survives } = quorum;
  if (members.length === 1) return aloneSentence(exists);
  if (members.every(({ heard }) => !heard)) return unknownSentence(voters, needed);
  const are = `${serving} of ${counted(voters, 'voter')} serve${serving === 1 ? 's' : ''}, ${needed} are needed`;
  if (!exists) return `no quorum: ${are}; clients are not served${remedy(members)}`;
  const leaders = members.filter(({ mode }) => mode === 'leader');
  if (leaders.length > 1) {
    return `two quorums? ${leaders.map(({ name }) => name).join(' and ')} both say they lead; ask again, and if it stays so compare their server lists`;
  }
  if (serving < needed) {
    const witness = members.find(({ serves }) => serves)?.name ?? '';
    return `a quorum, since ${witness} serves, but seen from here only ${are}; ask from another host`;
  }
  const more =
    survives === 0
      ? 'one more failure stops the ensemble'
      : `${counted(survives, 'more failure')} ${survives === 1 ? 'is' : 'are'} survived`;
  return `a quorum: ${are}; ${more}`;
}

/** A closed port is not a proof: it may be bound to loopback, or have only TLS. */
function unknownSentence(voters: number, needed: number): string {
  return `not known whether there is a quorum: none of ${counted(voters, 'voter')} could be asked from here, ${needed} are needed; see what is said of each`;
}

function aloneSentence(serves: boolean): string {
  return serves
    ? 'one member: it serves; no failure is survived'
    : 'one member: it does not serve; clients are not served';
}

function remedy(members: readonly MemberState[]): string {
  const voters = members.filter(({ votes }) => votes);
  const silent = namesOf(voters.filter(({ answers, waiting }) => !answers && waiting === undefined));
  if (silent !== '') return `; bring back ${silent}`;
  const waiting = namesOf(voters.filter((member) => member.waiting !== undefined));
  return waiting === '' ? ': see the log of each member' : `; see what is said of ${waiting}`;
}

function namesOf(members: readonly MemberState[]): string {
  return members.map(({ name }) => name).join(', ');
}
