import { quorumSize } from '../ensemble/member.ts';
import type { Role } from '../settings/kinds/ensemble-list.ts';
import { type CommittedConfiguration, votersOf } from './configuration.ts';

/** One change of the committed configuration. It is proposed on the condition that `ifVersion` is still the last. */
export interface Change {
  /** `server.N=…` of the one that is to vote; undefined where somebody is removed. */
  readonly joining: string | undefined;
  /** The id of the one that is removed; undefined where somebody joins. */
  readonly leaving: number | undefined;
  readonly ifVersion: bigint;
}

/** What is to be done next. */
export type NextChange =
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'done' }
  /** `why` is a predicate: `must wait: only 2 of 5 voters are synced`. */
  | { readonly kind: 'wait'; readonly why: string };

/** What a member that serves knows about its own place. */
export interface OwnPlace {
  readonly committed: CommittedConfiguration;
  readonly myid: number;
  /** What it is to be in the end. */
  readonly role: Role;
  /** What stands after `server.N=` for this member, with that role and a client port. */
  readonly spec: string;
  /** True once its server has all that was committed and follows. */
  readonly synced: boolean;
}

/**
 * A member that is not in the committed configuration, or not as what it is to be, asks to be let in as soon as it is
 * synced. A voter never asks to become an observer: it may be needed. Each asks for itself alone, so a majority of n and one of n + 1 always meet, and many that join at once queue:
 * the version lets one through, and the others read again.
 */
export function nextPromotion({ committed, myid, role, spec, synced }: OwnPlace): NextChange {
  const own = committed.members.find(({ id }) => id === myid);
  if (own !== undefined && (own.role === role || own.role === 'participant')) return { kind: 'done' };
  if (!synced) return { kind: 'wait', why: 'is not synced yet' };
  return {
    kind: 'change',
    change: { joining: `server.${myid}=${spec}`, leaving: undefined, ifVersion: committed.version },
  };
}

/**
 * A change that changes nothing: the first voter as it is. A joiner that is an observer by its own file is not counted
 * among the synced ones (Leader.isQuorumSynced), so a single member could never be joined by a second. By the commit of a
 * configuration without it, it becomes a follower without a vote (QuorumPeer.updateLearnerType), which is counted.
 */
export function changeOfNothing({ members, version }: CommittedConfiguration): Change | undefined {
  const voter = members.find(({ role }) => role === 'participant');
  if (voter === undefined) return undefined;
  return { joining: `server.${voter.id}=${voter.spec}`, leaving: undefined, ifVersion: version };
}

/** What the whole ensemble shows to one who makes it smaller. */
export interface WholeEnsemble {
  readonly committed: CommittedConfiguration;
  /** Those whose servers have all that was committed: the leader and its synced followers. */
  readonly synced: ReadonlySet<number>;
  /** Who may stay. */
  readonly stays: (id: number) => boolean;
}

/**
 * The highest of those that go is removed first, as a StatefulSet ends the highest ordinal first. Each goes only while a
 * majority of those that are left is synced: else the ensemble would stand still right after it. The last voter never goes.
 */
export function nextRemoval({ committed, synced, stays }: WholeEnsemble): NextChange {
  const leaving = committed.members.map(({ id }) => id).findLast((id) => !stays(id));
  if (leaving === undefined) return { kind: 'done' };
  const left = votersOf(committed).filter((id) => id !== leaving);
  if (left.length === 0) return { kind: 'wait', why: `must wait: ${leaving} is the last voter` };
  const syncedVoters = left.filter((id) => synced.has(id)).length;
  if (syncedVoters < quorumSize(left.length)) {
    const count = `${syncedVoters} of ${left.length}`;
    return { kind: 'wait', why: `must wait: only ${count} voters besides ${leaving} are synced` };
  }
  return { kind: 'change', change: { joining: undefined, leaving, ifVersion: committed.version } };
}

/** Why a change was refused, and whether to read the configuration again and ask anew. */
export interface ChangeRefusal {
  readonly again: boolean;
  /** Continues the name of the member that was asked. */
  readonly sentence: string;
  /** True where too few of the new voters count as synced. */
  readonly lacksQuorum?: boolean;
}

/** The codes of KeeperException.Code by which a leader refuses a change (PrepRequestProcessor, LeaderZooKeeperServer). */
const REFUSALS: ReadonlyMap<number, ChangeRefusal> = new Map([
  [-6, { again: false, sentence: 'runs alone and takes no other member (standaloneEnabled is not false)' }],
  [
    -8,
    { again: false, sentence: 'refuses the change: an address is missing or wrong, or groups are in use' },
  ],
  [
    -13,
    {
      again: true,
      sentence: 'refuses the change: no majority of the new configuration is connected and synced',
      lacksQuorum: true,
    },
  ],
  [-14, { again: true, sentence: 'refuses the change: another one is under way' }],
  [-102, { again: false, sentence: 'refuses the change: the password is not that of its super user' }],
  [-103, { again: true, sentence: 'refuses the change: the configuration has changed meanwhile' }],
  [-123, { again: false, sentence: 'refuses the change: reconfigEnabled is not true' }],
]);

/** What a code means as the answer to a change; undefined for one that says nothing about it. */
export function changeRefusal(code: number): ChangeRefusal | undefined {
  return REFUSALS.get(code);
}
