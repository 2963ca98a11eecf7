import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitsOf } from '../../src/ending/zookeeper-exits.ts';
import { ownStatus } from '../../src/exit-status.ts';
import { catalogue } from '../../src/findings/catalogue.ts';
import { errorsAsMarkdown, statusMeanings } from '../../src/findings/reference.ts';
import { findingCodeList, severities } from '../../src/findings/severities.ts';
import { NEWEST_RELEASE } from '../../src/zookeeper/release.ts';

const root = join(import.meta.dirname, '../..');
const CATALOGUE = /^findings\/(catalogue|severities)/;
const CODE = /\bZK-[A-Z]+-\d{3}\b/g;

function codesIn(text: string): string[] {
  return text.match(CODE) ?? [];
}

/** Every code in the sources but the catalogue's own lines, with the file it stands in. */
function codesInSources(): Map<string, string> {
  const folder = join(root, 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((name) => name.endsWith('.ts') && !CATALOGUE.test(name));
  return new Map(
    sources.flatMap((name) =>
      codesIn(readFileSync(join(folder, name), 'utf8')).map((code) => [code, name] as const),
    ),
  );
}

describe('the catalogue', () => {
  const used = codesInSources();

  it.each(findingCodeList)('%s is reported somewhere', (code) => {
    expect([...used.keys()]).toContain(code);
  });

  it('explains every code that has a severity, and no other', () => {
    expect(Object.keys(catalogue).toSorted()).toEqual(findingCodeList.toSorted());
  });

  it('has every code that the sources report', () => {
    expect([...used].filter(([code]) => !(code in severities))).toEqual([]);
  });

  it.each(Object.entries(catalogue))('%s is told in whole sentences', (_, { meaning, remedy }) => {
    for (const text of [meaning, remedy]) expect(text).toMatch(/^[A-Za-z].*\.$/);
  });

  it.each(Object.entries(catalogue))('%s points to where its rule comes from', (_, { link }) => {
    expect(link).toMatch(
      /^https:\/\/(zookeeper\.apache\.org|kubernetes\.io|issues\.apache\.org|docs\.oracle\.com)\/\S+$/,
    );
  });

  // Without this, a pattern that finds nothing would hold everything to be in order.
  it('would miss a code that nobody reports', () => {
    expect([...used.keys()].length).toBeGreaterThan(30);
    expect(used.has('ZK-NOBODY-001')).toBe(false);
    expect(codesIn("finding('ZK-NOBODY-001', {")).toEqual(['ZK-NOBODY-001']);
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
