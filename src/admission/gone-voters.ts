import type { Member } from '../ensemble/member.ts';
import type { MemberRecord } from './record.ts';

/** Our list, and which of it we are. */
interface Ours {
  readonly self: Member;
  readonly members: readonly Member[];
}

/**
 * Those whom our last server had for voters, and whom our list does not have: they may run still. A record of before there
 * were addresses in it knows their ids alone; the pods of a StatefulSet are counted, so there the name follows from the id.
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

/** The name of that id where the names of all members are counted as their ids are; undefined where they are not. */
function countedName(id: number, members: readonly Member[]): string | undefined {
  const [first] = members;
  const [, base, ordinal, rest] = COUNTED.exec(first?.host ?? '') ?? [];
  if (first === undefined || ordinal === undefined) return undefined;
  const nameOf = (which: number) => `${base}${Number(ordinal) + which - first.id}${rest}`;
  return members.every((member) => member.host === nameOf(member.id)) ? nameOf(id) : undefined;
}
