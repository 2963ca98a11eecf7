import { type Finding, type FindingCode, finding } from '../findings/finding.ts';

/** What a person can say yes to here, for one start. */
export const volumeConsents = ['trust-empty-snapshots', 'downgrade'] as const;
export type VolumeConsent = (typeof volumeConsents)[number];

/** An error that a person may overrule by its consent. */
export interface Refusable extends Pick<Finding, 'subject' | 'problem' | 'remedy'> {
  readonly kind: VolumeConsent;
  readonly code: FindingCode;
}

/** What a person has said yes to, and how one would say it. */
export interface VolumeConsents {
  readonly given: readonly VolumeConsent[];
  how(kind: VolumeConsent): string;
}

/** The errors among these that nobody has consented to, each with the way to consent. */
export function refusalsOf(asked: readonly Refusable[], consents: VolumeConsents | undefined): Finding[] {
  return asked
    .filter(({ kind }) => !consents?.given.includes(kind))
    .map(({ code, kind, subject, problem, remedy }) => {
      const way = consents === undefined ? '' : `; ${consents.how(kind)}`;
      return finding(code, { subject, problem, remedy: `${remedy}${way}` });
    });
}
