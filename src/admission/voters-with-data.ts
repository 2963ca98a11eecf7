import type { DataOnVolume } from '../volume/volume-facts.ts';
import type { MemberRecord } from './record.ts';

/** What servers leave on a volume, whatever its record says. */
export interface Traces {
  readonly data: DataOnVolume;
  /** The epoch of the last quorum it was in; 0 before the first. Each election makes a greater one. */
  readonly epoch: number;
}

/**
 * The voters that this volume knows to have held the ensemble's data: those it wrote down while it served. Where it was
 * stopped before it did, they are those of the list it was started with: whoever has been added since cannot have, and
 * whoever has gone since may have. Data without a record, of the time before there were any, knows all voters of today's
 * list, which is the careful guess.
 */
export function knownBy(
  record: MemberRecord | undefined,
  { data, epoch }: Traces,
  voters: readonly number[],
): readonly number[] {
  const begun = record?.begun;
  if (begun !== undefined && epoch > begun.epoch) return begun.voters;
  if (record !== undefined && record.members.length > 0) return record.members;
  return data === 'served' ? (begun?.voters ?? voters) : [];
}
