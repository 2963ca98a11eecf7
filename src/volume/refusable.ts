import { type Finding, type FindingCode, finding } from '../findings/finding.ts';

/** What a person can say yes to here, for one start. */
export type VolumeConsent = 'trust-empty-snapshots' | 'downgrade';

/** An error that a person may overrule by its consent. */
export interface Refusable extends Pick<Finding, 'subject' | 'problem' | 'remedy'> {
  readonly kind: VolumeConsent;
  readonly code: FindingCode;
}

/** The errors among these that nobody has consented to. */
export function refusalsOf(asked: readonly Refusable[], given: readonly VolumeConsent[]): Finding[] {
  return asked.filter(({ kind }) => !given.includes(kind)).map(({ code, ...words }) => finding(code, words));
}
