import { finding } from '../findings/finding.ts';
import { shortened } from '../text/some-of.ts';
import { withoutCredentials } from './mask.ts';
import { interpret, type Origin, type RowOutcome, readRow, type SettingSources } from './read-row.ts';
import type { Row } from './row.ts';

/** Texts of our variables that were made from the names of another image, by our variable. */
export type ForeignTexts = ReadonlyMap<string, { readonly text: string; readonly origin: Origin }>;

/** What the names of another image come to, where any is set. */
export interface WithForeign {
  readonly foreign?: ForeignTexts;
}

/**
 * Reads one setting as readRow does, or else from the names of another image; its own name and a foreign one may both be
 * set when they say the same. Apart from readRow, since the probes read no foreign name.
 */
export function readWithForeign(row: Row<unknown>, given: SettingSources & WithForeign): RowOutcome {
  const own = readRow(row, given);
  const foreign = given.foreign?.get(row.variable);
  if (foreign === undefined || own.finding !== undefined) return own;
  const theirs = interpret(row, foreign.text, foreign.origin);
  if (own.given === undefined || theirs.given === undefined) return theirs;
  return joined(row, own.given, theirs.given);
}

type GivenValue = NonNullable<RowOutcome['given']>;

function joined(row: Row<unknown>, own: GivenValue, theirs: GivenValue): RowOutcome {
  const both = row.join?.(own.value, theirs.value);
  if (both !== undefined) {
    const words = `${own.origin.words}, ${theirs.origin.words}`;
    return { given: { value: both, origin: { kind: 'foreign', words } } };
  }
  const texts = [own, theirs].map(({ value }) => row.kind.format(value));
  if (row.join === undefined && texts[0] === texts[1]) return { given: own };
  const isShown = row.secret === undefined && theirs.origin.kind !== 'file' && own.origin.kind !== 'file';
  const [ours, foreign] = isShown ? texts.map((text) => `"${shortened(text)}"`) : ['one value', 'another'];
  return {
    finding: finding('ZK-DIALECT-002', {
      subject: row.variable,
      problem: `is ${withoutCredentials(ours as string)}, and ${theirs.origin.words} says ${withoutCredentials(foreign as string)}`,
      remedy: 'keep one of the two names',
    }),
  };
}
