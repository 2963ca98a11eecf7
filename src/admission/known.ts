import type { DataOnVolume } from '../volume/volume-facts.ts';
import type { MemberRecord } from './record.ts';

/**
 * The voters that this volume knows to have held the ensemble's data. Data without a record (of the time before
 * there were records, or of a crash before the first one) knows all voters of the list, which is the careful guess.
 */
export function knownBy(
  record: MemberRecord | undefined,
  data: DataOnVolume,
  voters: readonly number[],
): readonly number[] {
  if (record !== undefined && record.members.length > 0) return record.members;
  return data === 'served' ? voters : [];
}
