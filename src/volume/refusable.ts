import { type Finding, finding } from '../findings/finding.ts';
import type { ConsentKind } from '../settings/kinds/consent-list.ts';

/** An error that a person may overrule by its consent. */
export interface Refusable extends Pick<Finding, 'code' | 'subject' | 'problem' | 'remedy'> {
  readonly kind: ConsentKind;
}

/** The consents that were given, as they fit this member in this state, and how one would give another. */
export interface ConsentBook {
  isGiven(kind: ConsentKind): boolean;
  /** The end of a remedy: how to consent. */
  how(kind: ConsentKind): string;
}

/** What is reported of refusable errors, and the consents that were needed for it. */
export interface Refusals {
  readonly findings: Finding[];
  readonly used: readonly ConsentKind[];
}

/** Each finding as a refusal with the way to consent, or as consented to. Without a book there is no consent and no way to it. */
export function refusals(asked: readonly Refusable[], book: ConsentBook | undefined): Refusals {
  const isGiven = ({ kind }: Refusable) => book?.isGiven(kind) ?? false;
  return {
    findings: asked.map((each) => (isGiven(each) ? consented(each) : refused(each, book))),
    used: [...new Set(asked.filter(isGiven).map(({ kind }) => kind))],
  };
}

function refused(
  { code, kind, subject, problem, remedy }: Refusable,
  book: ConsentBook | undefined,
): Finding {
  const way = book === undefined ? '' : `; ${book.how(kind)}`;
  return finding(code, { subject, problem, remedy: `${remedy}${way}` });
}

function consented({ kind, subject, problem }: Refusable): Finding {
  return finding('ZK-VOLUME-029', {
    subject: 'ZK_CONSENT',
    problem: `${kind} was consented to: ${subject} ${problem}`,
    remedy: 'remove ZK_CONSENT again; it has no further effect',
  });
}
