import type { Member } from '../ensemble/member.ts';
import { ordinalOf } from '../ensemble/ordinal.ts';

/** Who stays when the StatefulSet of `self` has so many pods: members of others stay, and so do those without ordinals. */
export function staysWith(
  replicas: number,
  { self, ordinalsStart, members }: { self: Member; ordinalsStart: number; members: readonly Member[] },
): (id: number) => boolean {
  const own = podOf(self);
  if (own === undefined) return lowest(replicas, members);
  return (id) => {
    const member = members.find((each) => each.id === id);
    const pod = member && podOf(member);
    if (pod === undefined || pod.base !== own.base || pod.domain !== own.domain) return true;
    return pod.ordinal < ordinalsStart + replicas;
  };
}

/** Where names tell no ordinal, the voters with the lowest ids stay. */
function lowest(replicas: number, members: readonly Member[]): (id: number) => boolean {
  const voting = members.filter(({ role }) => role === 'participant').map(({ id }) => id);
  const goes = new Set(voting.toSorted((one, other) => one - other).slice(replicas));
  return (id) => !goes.has(id);
}

function podOf({ host }: Member) {
  if (/^[\d.]+$/.test(host) || host.includes(':')) return undefined;
  const [label = '', ...domain] = host.split('.');
  const pod = ordinalOf(label);
  return pod === undefined ? undefined : { ...pod, domain: domain.join('.').toLowerCase() };
}

/** The name of the StatefulSet, where the own name has an ordinal. */
export function statefulSetOf(self: Member): string | undefined {
  return podOf(self)?.base;
}
