import { type Ensemble, type Member, quorumAddress } from '../ensemble/member.ts';
import type { Settings } from '../settings/table.ts';
import { type CommittedConfiguration, type ConfiguredMember, configurationLines } from './configuration.ts';

/** The configuration with which a server is started. */
export type Place =
  /** Nothing was committed anywhere: the list of the settings, under the rules of admission. */
  | { readonly kind: 'begin' }
  /** The committed configuration, which holds this member. */
  | { readonly kind: 'take-part'; readonly configuration: CommittedConfiguration }
  /** The committed configuration, and a line for this member as observer: its own file never makes it vote. */
  | { readonly kind: 'join'; readonly configuration: CommittedConfiguration };

/** The settings that say where clients of a member connect. */
type ClientSettings = Pick<Settings, 'clientPort' | 'clientAddress'>;

/**
 * What stands after `server.N=`: `host:2888:3888:participant;2181`. 3.8 and 3.9 take no member without a plain client port
 * into a reconfiguration (ZOOKEEPER-3577). The others must know where each one listens, since a commit makes a server listen
 * where the configuration says (QuorumPeer.processReconfig): so one address is that of all, or each one's own host.
 */
export function specOf(member: Member, { clientPort, clientAddress }: ClientSettings, self: Member): string {
  const address = clientAddress === self.host ? member.host : clientAddress;
  const listens = address === undefined ? '' : `${address.includes(':') ? `[${address}]` : address}:`;
  return `${quorumAddress(member)}:${member.role};${listens}${clientPort}`;
}

/** The ensemble as the server that is started so sees it; `wished` is that of the settings. */
export function ensembleAt(place: Place, wished: Ensemble): Ensemble {
  if (place.kind === 'begin') return wished;
  const becomes = wished.becomes ?? wished.self.role;
  const { members } = place.configuration;
  const own = members.find(({ id }) => id === wished.myid);
  if (place.kind === 'take-part' && own !== undefined) return { ...wished, becomes, self: own, members };
  const self: Member = { ...wished.self, role: 'observer' };
  const others = members.filter(({ id }) => id !== wished.myid);
  return { ...wished, becomes, self, members: [...others, self].toSorted((one, other) => one.id - other.id) };
}

/** The `server.N=…` lines of the file that a server is started with. */
export function linesAt(place: Place, ensemble: Ensemble, settings: ClientSettings): string[] {
  if (place.kind === 'take-part') return configurationLines(place.configuration);
  const { self } = ensemble;
  const members: readonly (Member | ConfiguredMember)[] = ensemble.members;
  return members.map((member) => {
    const spec = 'spec' in member ? member.spec : specOf(member, settings, self);
    return `server.${member.id}=${spec}`;
  });
}
