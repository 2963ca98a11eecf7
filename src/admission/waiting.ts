import type { Waiting } from './decision.ts';

/** How the members are called, by id. */
export type Names = ReadonlyMap<number, string>;

/** For whom a member without data waits, in one sentence for the log and for every probe. */
export function waitingSentence({ vanished, silent, creators }: Waiting, names: Names): string {
  const begun = vanished
    ? 'the data of this member has vanished; it waits'
    : 'without data this member waits';
  const others = [...silent].map(([id, why]) => `${nameOf(id, names)} ${why}`);
  if (others.length > 0)
    return `${begun} until a quorum serves, or all members have answered: ${others.join('; ')}`;
  const first = creators.map((id) => nameOf(id, names)).join(' and ');
  return first === '' ? `${begun} until a quorum serves` : `${begun} until ${first} begin and serve`;
}

function nameOf(id: number, names: Names): string {
  return names.get(id) ?? `member ${id}`;
}
