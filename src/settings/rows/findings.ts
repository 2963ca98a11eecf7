import type { FindingCode } from '../../findings/severities.ts';
import { findingCodes } from '../kinds/finding-codes.ts';
import { always, row } from '../row.ts';

/** Which findings are said; apart from the other rows of its group, since a probe needs none of it. */
export const findingRows = {
  ignoredFindings: row({
    variable: 'ZK_IGNORE_FINDINGS',
    group: 'life',
    kind: findingCodes,
    fallback: always<readonly FindingCode[]>([]),
    meaning:
      'Warnings and notes that are known and meant to be so: neither shown nor made errors by ZK_STRICT.',
    goesTo: 'the findings that are said',
  }),
};
