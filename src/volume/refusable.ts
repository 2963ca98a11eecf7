import { type Finding, finding } from '../findings/finding.ts';
import type { ConsentKind } from '../settings/kinds/consent-list.ts';

/** An error that a person may overrule by its consent. */
export interface Refusable extends Pick<Finding, 'code' | 'subject' | 'problem' | 'remedy'> {
  readonly kind: ConsentKind;
}

/** What a person has said yes to, and how one would say it. */
export interface Consents {
  /** True when it was given; with that it is used. */
  take(kind: ConsentKind): boolean;
  how(kind: ConsentKind): string;
}

/** What is said of each: the refusal with the way to consent, or that it was consented to. */
export function refusalsOf(asked: readonly Refusable[], consents: Consents | undefined): Finding[] {
  return asked.map(({ code, kind, subject, problem, remedy }) => {
    if (consents?.take(kind)) return consented(kind, `${subject} ${problem}`);
    const way = consents === undefined ? '' : `; ${consents.how(kind)}`;
    return finding(code, { subject, problem, remedy: `${remedy}${way}` });
  });
}

function consented(kind: ConsentKind, to: string): Finding {
  return finding('ZK-VOLUME-029', {
    subject: 'ZK_CONSENT',
    problem: `${kind} was consented to: ${to}`,
    remedy: 'remove ZK_CONSENT again; it has no further effect',
  });
}
