import { someOf } from '../../text/some-of.ts';
import { type Kind, parsed, rejected } from './kind.ts';

/** What a person can say yes to; each lets one refusal of the data-loss kind through, once. */
export const consentKinds = [
  'empty-volume',
  'other-ensemble',
  'shrink',
  'trust-empty-snapshots',
  'downgrade',
  'other-list',
] as const;
export type ConsentKind = (typeof consentKinds)[number];

/** A yes: `empty-volume:zk-2:1f0c9a3e`. */
export interface Consent {
  readonly kind: ConsentKind;
  readonly pod: string;
  /** Eight hexadecimal digits, in small letters. */
  readonly token: string;
}

/** The text of a consent, for ZK_CONSENT. */
export function consentText({ kind, pod, token }: Consent): string {
  return `${kind}:${pod}:${token}`;
}

const TOKEN = /^[0-9a-f]{8}$/;

/** Consents separated by commas. A malformed entry is an error, because skipping it would silently drop a consent. */
export const consentList: Kind<readonly Consent[]> = {
  description: 'kind:pod:token, separated by commas',
  format: (consents) => consents.map(consentText).join(','),
  parse(text) {
    const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
    const consents = entries.map(readConsent);
    const wrong = entries.filter((_, place) => consents[place] === undefined);
    if (wrong.length === 0) return parsed(consents.filter((consent) => consent !== undefined));
    return rejected(
      `has ${someOf(wrong)}, which does not have the form kind:pod:token`,
      `copy it from the refusal; the kinds are ${consentKinds.join(', ')}`,
    );
  },
};

function readConsent(entry: string): Consent | undefined {
  const [word, pod = '', token = '', ...more] = entry.toLowerCase().split(':');
  const kind = consentKinds.find((known) => known === word);
  if (kind === undefined || pod === '' || more.length > 0 || !TOKEN.test(token)) return undefined;
  return { kind, pod, token };
}
