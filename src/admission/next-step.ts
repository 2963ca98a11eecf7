import type { Decision, Waiting } from './decision.ts';
import type { ListDecision, ListWaiting } from './list-decision.ts';

/** What one look at the volume and at all peers has shown. */
export interface StepLook {
  readonly list: ListDecision;
  /** Undefined for a member that has data, or no peers: it votes with what it holds. */
  readonly data: Decision | undefined;
  /** True where peers may not take our list for the one they knew: the first look has aged since it was written down. */
  readonly listChanged: boolean;
  /** True once the peers were asked again since the start's first look. */
  readonly askedAgain: boolean;
  /** True where the look before this one said `create` too. */
  readonly createdBefore: boolean;
}

/** What a start does next. */
export type NextStep =
  | { readonly kind: 'refuse'; readonly decision: Extract<ListDecision, { kind: 'refuse' }> }
  | { readonly kind: 'wait-for-lists'; readonly why: ListWaiting }
  | { readonly kind: 'wait-for-data'; readonly why: Waiting }
  /** Look once more, at once. */
  | { readonly kind: 'look-again' }
  /** Start with what is there; `because` says which quorum gives it the data, where it has none. */
  | { readonly kind: 'go'; readonly because: string | undefined }
  /** Start and begin with nothing. */
  | { readonly kind: 'create' };

/**
 * The whole order of a start: the lists of voters first, then the data. A yes that no later look can take back needs two
 * looks: between them a peer may have come to hold data, or another list.
 */
export function nextStep({ list, data, listChanged, askedAgain, createdBefore }: StepLook): NextStep {
  if (list.kind === 'refuse') return { kind: 'refuse', decision: list };
  if (list.kind === 'wait') return { kind: 'wait-for-lists', why: list.why };
  if (listChanged && !askedAgain) return { kind: 'look-again' };
  if (data === undefined) return { kind: 'go', because: undefined };
  if (data.kind === 'join') return { kind: 'go', because: data.because };
  if (data.kind === 'wait') return { kind: 'wait-for-data', why: data.why };
  return createdBefore ? { kind: 'create' } : { kind: 'look-again' };
}
