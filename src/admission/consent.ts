import { type Consent, type ConsentKind, consentText } from '../settings/kinds/consent-list.ts';
import type { ConsentBook } from '../volume/refusable.ts';

/** Whose consent it is and in which state; anything of it that changes makes another token. */
export interface ConsentState {
  /** The member's own name: a consent for zk-1 is none for zk-2. */
  readonly pod: string;
  readonly id: number;
  readonly ensemble: string;
  /** The record's text as it is on the volume, empty where there is none. */
  readonly record: string;
  /** The volume itself: inode and birth time of its directory. */
  readonly volume: string;
  /** Eight hexadecimal digits of a text. */
  digest(text: string): string;
}

/** The consent that this member in this state would need for that kind. */
export function consentFor(kind: ConsentKind, state: ConsentState): Consent {
  const { pod, id, ensemble, record, volume } = state;
  const token = state.digest(JSON.stringify([kind, pod, id, ensemble, record, volume]));
  return { kind, pod: pod.toLowerCase(), token };
}

/** True when one of the given consents is exactly the one that is asked for. */
export function isGiven(given: readonly Consent[], asked: Consent): boolean {
  return given.some((consent) => consentText(consent) === consentText(asked));
}

/** The given consents as far as they fit this state. */
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
