import type { Member } from '../ensemble/member.ts';
import type { MemberRecord } from './record.ts';

/** Our list, and our own place in it. */
interface Ours {
  readonly self: Member;
  readonly members: readonly Member[];
}

/**
 * The voters of our last server that our list does not have. They may still run. Older records have only their ids. The pods
 * of a StatefulSet are numbered, so there the name follows from the id.
 */
export function goneVoters(record: MemberRecord | undefined, { self, members }: Ours): Member[] {
  const { begun, members: served = [] } = record ?? {};
  const gone = (begun?.voters ?? served).filter((id) => !members.some((member) => member.id === id));
  return gone.flatMap((id): Member[] => {
    const host = begun?.hosts?.[id] ?? countedName(id, members);
    return host === undefined ? [] : [{ ...self, id, host, role: 'participant' }];
  });
}

const COUNTED = /^(.*-)(\d+)((?:\..*)?)$/;

/** The name for an id, if the names of all members are numbered like their ids; otherwise undefined. */
function countedName(id: number, members: readonly Member[]): string | undefined {
  const [first] = members;
  const [, base, ordinal, rest] = COUNTED.exec(first?.host ?? '') ?? [];
  if (first === undefined || ordinal === undefined) return undefined;
  const nameOf = (which: number) => `${base}${Number(ordinal) + which - first.id}${rest}`;
  return members.every((member) => member.host === nameOf(member.id)) ? nameOf(id) : undefined;
}
