import type { FindingCode } from '../findings/severities.ts';
import { canBeSilenced, findingCodeList, knownCode } from '../findings/severities.ts';
import { type Kind, parsed, rejected } from './kind.ts';
import { nearest } from './nearest.ts';

/** Codes of warnings and notes, separated by commas or blanks, in any case. */
export const findingCodes: Kind<readonly FindingCode[]> = {
  description: 'codes of warnings and notes, separated by commas',
  format: (codes) => codes.join(','),
  parse(text) {
    const words = text.split(/[\s,]+/).filter((word) => word !== '');
    const codes = words.map((word) => knownCode(word));
    // A text that is no list at all is not repeated in full.
    const unknown = words.filter((_, place) => codes[place] === undefined).slice(0, 5);
    if (unknown.length > 0)
      return rejected(`names ${unknown.join(', ')}, which is no code`, didYouMean(unknown));
    const known = codes.filter((code) => code !== undefined);
    const errors = known.filter((code) => !canBeSilenced(code));
    if (errors.length > 0)
      return rejected(`names ${errors.join(', ')}, and an error cannot be silenced`, CONSENT);
    return parsed([...new Set(known)]);
  },
};

const CONSENT =
  'name warnings and notes alone; an error where data may be lost has its own consent, which its message names (ZK_CONSENT), and every other error is to be mended';

function didYouMean(unknown: readonly string[]): string {
  const near = unknown.flatMap((word) => nearest(word.toUpperCase(), findingCodeList) ?? []);
  return near.length > 0
    ? `did you mean ${near.join(', ')}?`
    : '`zk-entrypoint check --explain` lists every code';
}
