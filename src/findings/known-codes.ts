import { severities } from './severities.ts';

/** The code of a finding. */
export type FindingCode = keyof typeof severities;

/** Every code there is, in the order of docs/errors.md. */
export const findingCodeList = Object.keys(severities) as readonly FindingCode[];

/** The code as it is reported, whatever the case it was written in; undefined for a code that does not exist. */
export function knownCode(word: string): FindingCode | undefined {
  const code = word.toUpperCase();
  return Object.hasOwn(severities, code) ? (code as FindingCode) : undefined;
}

/** Whether ZK_IGNORE_FINDINGS may name it. */
export function canBeSilenced(code: FindingCode): boolean {
  return severities[code] !== 'error';
}
