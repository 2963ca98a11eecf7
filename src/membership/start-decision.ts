import { quorumSize } from '../ensemble/member.ts';
import { type CommittedConfiguration, holds, newer, sameConfiguration, votersOf } from './configuration.ts';
import type { Place } from './place.ts';

/** What a volume holds of a membership. */
export type OwnVolume =
  /** Nothing was ever served from it. */
  | { readonly kind: 'fresh' }
  /** Its newest dynamic file, whatever the settings say. */
  | { readonly kind: 'committed'; readonly configuration: CommittedConfiguration }
  /** Data of a time when zoo.cfg held the list. */
  | { readonly kind: 'static' };

/** What another member says, or why it says nothing. */
export type PeerMembership =
  | {
      readonly kind: 'heard';
      /** Undefined where nothing was committed yet, or its list is a static one. */
      readonly committed: CommittedConfiguration | undefined;
      /** True while its server serves in a quorum. */
      readonly serves: boolean;
    }
  | { readonly kind: 'silent'; readonly why: string };

/** What a start has seen. */
export interface MembershipLook {
  readonly myid: number;
  /** The ids that the settings name: whom a first start begins with. */
  readonly wished: readonly number[];
  readonly volume: OwnVolume;
  /** All others that could be asked: members of the settings, of the own configuration, and others that were found. */
  readonly peers: ReadonlyMap<number, PeerMembership>;
}

/** What a start does. */
export type StartDecision = Place | { readonly kind: 'wait'; readonly why: WhyNoPlace };

/** Why there is no place yet. */
export type WhyNoPlace =
  /** This member is in no known committed configuration, and no quorum serves that it could join. */
  | 'nobody-serves'
  /** Members that may know a committed configuration did not answer. */
  | 'somebody-is-silent'
  /** Other members create the ensemble, and it does not exist yet. */
  | 'not-begun';

/**
 * The configuration with which this member may start: the newest known one. That is its own, or one with which a majority
 * of its voters serve. The list of the settings is never used beside a committed one. A member in its own configuration
 * starts with it even if others do not answer, as at every restart; the quorum then gives it a newer one
 * (FastLeaderElection). A member in no configuration joins, and only while a quorum serves. Otherwise removed members that
 * come back together could form a quorum.
 */
export function decideStart(look: MembershipLook): StartDecision {
  const { myid, volume, peers } = look;
  const own = volume.kind === 'committed' ? volume.configuration : undefined;
  const served = servedBy(peers);
  if (own === undefined && served === undefined) return decideBeginning(look);
  if (served !== undefined && (own === undefined || served.version >= own.version))
    return holds(served, myid) ? takePart(served, own) : { kind: 'join', configuration: served };
  if (own !== undefined && holds(own, myid)) return { kind: 'take-part', configuration: own };
  return { kind: 'wait', why: 'nobody-serves' };
}

/** If both have the same version, the copy on the own volume is used, because ZooKeeper wrote it. */
function takePart(served: CommittedConfiguration, own: CommittedConfiguration | undefined): StartDecision {
  return { kind: 'take-part', configuration: own?.version === served.version ? own : served };
}

/**
 * The newest configuration with which a majority of its own voters report that they serve. The report of one peer is no
 * proof. A serving ensemble has such a majority.
 */
function servedBy(peers: MembershipLook['peers']): CommittedConfiguration | undefined {
  const serving = [...peers].flatMap(([id, peer]) =>
    peer.kind === 'heard' && peer.serves && peer.committed !== undefined
      ? [{ id, committed: peer.committed }]
      : [],
  );
  return serving
    .map(({ committed }) => committed)
    .filter((configuration) => {
      const voters = votersOf(configuration);
      const say = serving.filter(
        ({ id, committed }) => voters.includes(id) && sameConfiguration(committed, configuration),
      );
      return say.length >= quorumSize(voters.length);
    })
    .reduce<CommittedConfiguration | undefined>(newer, undefined);
}

/**
 * No committed configuration is known to serve. Data of a static list starts with that list again. A fresh volume may belong
 * to an ensemble whose other members do not answer, and could create a second ensemble: so all others must answer. If a peer
 * reports a committed configuration, the start waits until its quorum is back, unless the list is the same. It is the same
 * while one member after the other changes from a static list.
 */
function decideBeginning({ myid, wished, volume, peers }: MembershipLook): StartDecision {
  if (!wished.includes(myid)) return { kind: 'wait', why: 'not-begun' };
  const others = [...peers.values()];
  const differs = others.some(
    (peer) =>
      peer.kind === 'heard' &&
      peer.committed !== undefined &&
      !sameIds(
        peer.committed.members.map(({ id }) => id),
        wished,
      ),
  );
  if (differs) return { kind: 'wait', why: 'nobody-serves' };
  if (volume.kind === 'static') return { kind: 'begin' };
  return others.some(({ kind }) => kind === 'silent')
    ? { kind: 'wait', why: 'somebody-is-silent' }
    : { kind: 'begin' };
}

function sameIds(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}
