import type { Decision, Waiting } from './decision.ts';
import type { ListDecision, ListWaiting } from './list-decision.ts';

/** The facts of one look at the volume and at all peers. */
export interface StepLook {
  readonly list: ListDecision;
  /** Undefined for a member that has data, or has no peers: it votes with its data. */
  readonly data: Decision | undefined;
  /** True if our list may be new to the peers. The first look is then older than the record of the list, and too old. */
  readonly listChanged: boolean;
  /** True once the peers were asked again since the start's first look. */
  readonly askedAgain: boolean;
  /** True if the previous look also gave `create`. */
  readonly createdBefore: boolean;
}

/** What a start does next. */
export type NextStep =
  | { readonly kind: 'refuse'; readonly decision: Extract<ListDecision, { kind: 'refuse' }> }
  | { readonly kind: 'wait-for-lists'; readonly why: ListWaiting }
  | { readonly kind: 'wait-for-data'; readonly why: Waiting }
  /** Look once more, at once. */
  | { readonly kind: 'look-again' }
  /** Start with the data on the volume. `because` names the quorum that gives the data to a member without any. */
  | { readonly kind: 'go'; readonly because: string | undefined }
  /** Start with empty data. */
  | { readonly kind: 'create' };

/**
 * The whole order of a start: first the lists of voters, then the data. A yes that cannot be taken back needs two looks,
 * because between them a peer may get data or another list.
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
