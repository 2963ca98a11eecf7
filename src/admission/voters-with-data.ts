import type { DataOnVolume } from '../volume/volume-facts.ts';
import type { MemberRecord } from './record.ts';

/** What servers have left on a volume, independent of its record. */
export interface Traces {
  readonly data: DataOnVolume;
  /** The epoch of the last quorum it was in; 0 before the first. Each election makes a greater one. */
  readonly epoch: number;
}

/**
 * The voters that held the data of the ensemble, as this volume knows them: those that it recorded while it served. If it was
 * stopped before it recorded them, they are the voters of the list it was started with: a voter that was added later cannot
 * have the data, and a removed one may have it. For data without a record, all voters of the current list count, to be safe.
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
