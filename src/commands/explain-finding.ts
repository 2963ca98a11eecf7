import { ownStatus, Refusal } from '../exit-status.ts';
import { explainAll, explainCode } from '../findings/explanation.ts';
import { findingCodeList, knownCode } from '../findings/severities.ts';
import { nearest } from '../text/nearest.ts';

/** What `check --explain` answers: one code in full, or all of them; an unknown code ends the command with 64. */
export function explainFinding(asked: string | true): string {
  if (asked === true || asked.toLowerCase() === 'list') return explainAll();
  const code = knownCode(asked);
  if (code !== undefined) return explainCode(code);
  const near = nearest(asked.toUpperCase(), findingCodeList);
  const remedy = near === undefined ? '--explain without a code lists them all' : `did you mean ${near}?`;
  throw new Refusal(ownStatus.wrongFlags, `--explain ${asked} is not a known finding code; ${remedy}`);
}
