import { type Consent, type ConsentKind, consentText } from '../settings/kinds/consent-list.ts';
import type { ConsentBook } from '../volume/refusable.ts';

/** The member and the state that a consent is for. Any change gives another token. */
export interface ConsentState {
  /** The member's own name: a consent for zk-1 is not valid for zk-2. */
  readonly pod: string;
  readonly id: number;
  readonly ensemble: string;
  /** The text of the record on the volume; empty without a record. */
  readonly record: string;
  /** The volume itself: inode and birth time of its directory. */
  readonly volume: string;
  /** Eight hexadecimal digits of a text. */
  digest(text: string): string;
}

/** The consent of a kind that this member would need in this state. */
export function consentFor(kind: ConsentKind, state: ConsentState): Consent {
  const { pod, id, ensemble, record, volume } = state;
  const token = state.digest(JSON.stringify([kind, pod, id, ensemble, record, volume]));
  return { kind, pod: pod.toLowerCase(), token };
}

/** True if one of the given consents is exactly the needed one. */
export function isGiven(given: readonly Consent[], asked: Consent): boolean {
  return given.some((consent) => consentText(consent) === consentText(asked));
}

/** The given consents that fit this state. */
export function consentsIn(state: ConsentState, given: readonly Consent[]): ConsentBook {
  return {
    isGiven: (kind) => isGiven(given, consentFor(kind, state)),
    how: (kind) => howToConsent(consentFor(kind, state)),
  };
}

/** How to say yes, as the end of a remedy. */
export function howToConsent(consent: Consent): string {
  return `to continue anyway, only this time: ZK_CONSENT=${consentText(consent)}`;
}
