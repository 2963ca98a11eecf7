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
  /** All others that could be asked: those wished, those in the own configuration, and those found besides. */
  readonly peers: ReadonlyMap<number, PeerMembership>;
}

/** What a start does. */
export type StartDecision = Place | { readonly kind: 'wait'; readonly why: WhyNoPlace };

/** Why there is no place yet. */
export type WhyNoPlace =
  /** This member is in no committed configuration that is known, and nobody serves that could let it in. */
  | 'nobody-serves'
  /** Those who may know a committed configuration were not heard. */
  | 'somebody-is-silent'
  /** The ensemble begins with others, and has not yet begun. */
  | 'not-begun';

/**
 * By which configuration may this member start? The newest that is known: its own, or one that a majority of its own
 * voters serve with. A list of the settings never stands beside one that was committed. Who is in its own starts with it
 * whoever is silent, as every restart must, and the quorum tells it of a newer one (FastLeaderElection). Who is in none
 * joins, and only while somebody serves: else those that were removed and come back together had only each other.
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

/** What lies on the own volume is ZooKeeper's, to the byte. */
function takePart(served: CommittedConfiguration, own: CommittedConfiguration | undefined): StartDecision {
  return { kind: 'take-part', configuration: own?.version === served.version ? own : served };
}

/**
 * The newest configuration that a majority of its own voters say they serve with. One peer alone may say what it likes; an
 * ensemble that serves has such a majority.
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
 * Nothing is known that was committed and is served. Data of a static list begins with it again. A fresh volume may belong
 * to an ensemble whose others are silent, and would make a second one beside it: so all that were asked must be heard. A
 * peer that tells of a committed configuration is waited for until its quorum is back, unless the list is the same: so it
 * is while one member after the other goes over from a static list.
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
