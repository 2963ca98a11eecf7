import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitsOf } from '../../src/ending/zookeeper-exits.ts';
import { ownStatus } from '../../src/exit-status.ts';
import { codes, severitiesAsSource } from '../../src/findings/codes.ts';
import { findingCodeList } from '../../src/findings/known-codes.ts';
import { errorsAsMarkdown, statusMeanings } from '../../src/findings/reference.ts';
import { NEWEST_RELEASE } from '../../src/zookeeper/release.ts';

const root = join(import.meta.dirname, '../..');
const ROWS = /^findings\/(codes|severities)/;
const CODE = /\bZK-[A-Z]+-\d{3}\b/g;
/** A code that a source raises: a comment or a message may name another one. */
const RAISED =
  /(?:\b(?:finding|hearsay|said)\)?\(\s*|\bcode: |\bcode = |[?:|] |refused\(|=> \[)'(ZK-[A-Z]+-\d{3})'/g;

function codesIn(text: string): string[] {
  return text.match(CODE) ?? [];
}

function raisedIn(text: string): string[] {
  return [...text.matchAll(RAISED)].map(([, code]) => code as string);
}

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !ROWS.test(name))
  .map((name) => readFileSync(join(root, 'src', name), 'utf8'));

describe('the codes', () => {
  const raised = new Set(sources.flatMap(raisedIn));

  it.each(findingCodeList)('%s is raised somewhere', (code) => {
    expect(raised.has(code)).toBe(true);
  });

  it('have a row each where the sources name them', () => {
    expect(sources.flatMap(codesIn).filter((code) => !(code in codes))).toEqual([]);
  });

  it('have in severities.ts what their rows say; npm run docs writes it', () => {
    expect(readFileSync(join(root, 'src/findings/severities.ts'), 'utf8')).toBe(severitiesAsSource());
  });

  it('stand in order within each family', () => {
    const families = Map.groupBy(findingCodeList, (code) => code.slice(0, -4));
    for (const family of families.values()) expect(family).toEqual(family.toSorted());
  });

  it.each(Object.entries(codes))('%s is explained in whole sentences', (_, { meaning, remedy }) => {
    for (const text of [meaning, remedy]) expect(text).toMatch(/^[A-Za-z].*\.$/);
  });

  it.each(Object.entries(codes))('%s points to where its rule comes from', (_, { link }) => {
    expect(link).toMatch(
      /^https:\/\/(zookeeper\.apache\.org|kubernetes\.io|issues\.apache\.org|docs\.oracle\.com)\/\S+$/,
    );
  });

  // Without this, a pattern that finds nothing would hold everything to be in order.
  it('would be missed where nothing but a comment or a message names them', () => {
    expect(raised.size).toBeGreaterThan(30);
    expect(raisedIn("finding('ZK-NOBODY-001', {\n  code: 'ZK-NOBODY-002'")).toEqual([
      'ZK-NOBODY-001',
      'ZK-NOBODY-002',
    ]);
    expect(raisedIn('// ZK-NOBODY-001 says it\nremedy: `see ZK-NOBODY-001`')).toEqual([]);
  });
});

describe('docs/errors.md', () => {
  const document = readFileSync(join(root, 'docs/errors.md'), 'utf8');

  it('is what the catalogue and the statuses make; npm run docs writes it', () => {
    expect(document).toBe(errorsAsMarkdown({ ours: ownStatus, zooKeepers: exitsOf(NEWEST_RELEASE) }));
  });

  it('explains every status of ours and no other', () => {
    expect(Object.keys(statusMeanings).toSorted()).toEqual(Object.keys(ownStatus).toSorted());
  });

  it('has a section for each code', () => {
    expect(codesIn(document)).toEqual(findingCodeList);
  });
});
