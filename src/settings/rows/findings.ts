import { canBeSilenced, type FindingCode, findingCodeList, knownCode } from '../../findings/known-codes.ts';
import { nearest } from '../../text/nearest.ts';
import { someOf } from '../../text/some-of.ts';
import { type Kind, parsed, rejected } from '../kinds/kind.ts';
import { always, row } from '../row.ts';

/** Codes of warnings and notes, separated by commas or blanks, in any case. */
export const findingCodes: Kind<readonly FindingCode[]> = {
  description: 'codes of warnings and notes, separated by commas',
  format: (codes) => codes.join(','),
  parse(text) {
    const words = text.split(/[\s,]+/).filter((word) => word !== '');
    const codes = words.map((word) => knownCode(word));
    const unknown = words.filter((_, place) => codes[place] === undefined);
    if (unknown.length > 0)
      return rejected(`names ${someOf(unknown)}, which is not a code`, didYouMean(unknown.slice(0, 5)));
    const known = codes.filter((code) => code !== undefined);
    const errors = known.filter((code) => !canBeSilenced(code));
    if (errors.length > 0)
      return rejected(`names ${someOf(errors)}, and an error cannot be silenced`, CONSENT);
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

/** Which findings are said; apart from the other rows of its group, since a probe needs none of it. */
export const findingRows = {
  ignoredFindings: row({
    variable: 'ZK_IGNORE_FINDINGS',
    group: 'life',
    kind: findingCodes,
    fallback: always<readonly FindingCode[]>([]),
    meaning:
      'Codes of warnings and notes to ignore. They are not shown, and ZK_STRICT does not make them errors.',
    goesTo: 'the findings that are said',
  }),
};
