import type { Ensemble } from '../ensemble/member.ts';
import { idOffset } from '../ensemble/members.ts';
import { ordinalOf } from '../ensemble/ordinal.ts';
import type { Settings } from '../settings/table.ts';

/** Which ensemble a volume belongs to; what is not known is null and differs from nothing. */
export interface EnsembleName {
  readonly name: string | null;
  readonly domain: string | null;
}

type Named = Pick<Settings, 'clusterName' | 'ensemble' | 'myid' | 'myidOffset' | 'observerOf'>;

/**
 * ZK_CLUSTER_NAME, else the StatefulSet's name and domain. A list of names (ZK_ENSEMBLE) may join several StatefulSets
 * or hosts without ordinals, and a container's random host name is another one at every start, so there it is unknown.
 */
export function ensembleName(settings: Named, { self, name }: Ensemble): EnsembleName {
  if (settings.clusterName !== undefined) return { name: settings.clusterName, domain: null };
  const own = ordinalOf(name);
  const named = settings.ensemble === undefined && settings.myid === undefined && own !== undefined;
  if (!named || own.ordinal + idOffset(settings) !== self.id) return { name: null, domain: null };
  const { host } = self;
  const domain = host.includes('.') ? host.slice(host.indexOf('.') + 1) : null;
  return { name: own.base, domain };
}

/** True when both are known and cannot be the same; zk-headless and zk-headless.default.svc are one domain. */
export function isOtherEnsemble(one: EnsembleName, other: EnsembleName): boolean {
  if (one.name === null || other.name === null) return false;
  return one.name !== other.name || domainsDiffer(one.domain, other.domain);
}

function domainsDiffer(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return false;
  const [short, long] = [one, other]
    .map((domain) => `${domain.toLowerCase()}.`)
    .toSorted((a, b) => a.length - b.length);
  return !(long as string).startsWith(short as string);
}

/** `zk (zk-headless.default)`, as a person reads it. */
export function ensembleWords({ name, domain }: EnsembleName): string {
  return domain === null ? (name ?? 'without a name') : `${name} (${domain})`;
}
