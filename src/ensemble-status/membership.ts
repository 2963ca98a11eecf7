import { quorumSize } from '../ensemble/member.ts';
import { counted } from '../text/numbers.ts';
import type { MemberState } from './member.ts';

/** A configuration that the ensemble has committed, as `status` needs it. */
export interface CommittedMembers {
  /** Hexadecimal. */
  readonly version: string;
  readonly voters: readonly number[];
  readonly observers: readonly number[];
}

/** Who is in the ensemble, who is coming, and who is in it and does not answer. */
export interface MembershipState extends CommittedMembers {
  /** The names of those that run, or wait, and are not in the configuration. */
  readonly joining: readonly string[];
  /** The names of members in the configuration that did not answer at all. */
  readonly silent: readonly string[];
  /** How many voters may fail, all of them being up, now and once those that join are in. */
  readonly survives: number;
  readonly survivesThen: number;
  readonly sentences: readonly string[];
}

/** Puts the committed configuration beside what the members say. */
export function judgeMembership(
  committed: CommittedMembers,
  members: readonly MemberState[],
): MembershipState {
  const ids = [...committed.voters, ...committed.observers];
  const isIn = ({ id }: MemberState) => id !== undefined && ids.includes(id);
  const joining = members.filter((member) => !isIn(member) && member.heard).map(({ name }) => name);
  const silent = members.filter((member) => isIn(member) && !member.heard).map(({ name }) => name);
  const count = committed.voters.length;
  const survives = count - quorumSize(count);
  const then = count + joining.length;
  const survivesThen = then - quorumSize(then);
  const facts = { ...committed, joining, silent, survives, survivesThen };
  return { ...facts, sentences: sentencesOf(facts) };
}

function sentencesOf(facts: Omit<MembershipState, 'sentences'>): string[] {
  const { version, voters, observers, joining, silent, survives, survivesThen } = facts;
  const watching = observers.length === 0 ? '' : `, the observers ${observers.join(', ')}`;
  const lines = [
    `the committed configuration ${version} has the voters ${voters.join(', ')}${watching}: ${counted(survives, 'failure')} of voters survived`,
  ];
  if (joining.length > 0)
    lines.push(`${joining.join(', ')} joining: then ${counted(survivesThen, 'failure')} survived`);
  if (silent.length > 0) {
    lines.push(
      `${silent.join(', ')} in the configuration and silent: where the pod is gone for good, remove it with zk-entrypoint scale <replicas> in a member that serves`,
    );
  }
  return lines;
}
