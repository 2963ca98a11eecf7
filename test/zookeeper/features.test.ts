import { describe, expect, it } from 'vitest';
import { defectsOf, SOUND } from '../../src/zookeeper/defects.ts';
import { exitRows } from '../../src/zookeeper/exits.ts';
import { FEATURES, type FeatureName, has, sinceOf } from '../../src/zookeeper/features.ts';
import { compareReleases, NEWEST_RELEASE, parseRelease, type Release } from '../../src/zookeeper/release.ts';

const release = (text: string) => parseRelease(text) as Release;

describe('a feature by release', () => {
  it.each<[FeatureName, string, boolean]>([
    ['adminServer', '3.4.13', false],
    ['adminServer', '3.5.0', true],
    ['needsSnapshot', '3.5.3', false],
    ['needsSnapshot', '3.5.4', true],
    ['fipsForbidsDigestWhereConnecting', '3.8.4', false],
    ['fipsForbidsDigestWhereConnecting', '3.8.5', true],
    ['fipsForbidsDigestWhereConnecting', '3.9.3', false],
    ['fipsForbidsDigestWhereConnecting', '3.9.4', true],
    ['fipsForbidsDigestWhereConnecting', '3.10.0', true],
    ['fipsComparesNames', '3.8.7', true],
    ['fipsComparesNames', '3.9.5', false],
  ])('%s in %s: %s', (feature, text, expected) => {
    expect(has(release(text), feature)).toBe(expected);
  });

  it('is told with every line that got it late', () => {
    expect(sinceOf('fipsComparesNames')).toBe('3.8.7 and 3.9.6');
  });
});

/** `reaches` takes the last bound for all lines to come, and a row that names no source cannot be checked. */
it.each(Object.entries(FEATURES))(
  '%s names releases, oldest first, and its source',
  (_name, { since, source }) => {
    const bounds = since.map(release);
    expect(bounds).not.toContain(undefined);
    expect(bounds.toSorted(compareReleases)).toEqual(bounds);
    expect(source).toMatch(/ZOOKEEPER-\d+|CVE-\d+-\d+|[A-Z]\w+/);
  },
);

describe('defects', () => {
  it.each<[string, string[]]>([
    ['3.4.13', []],
    ['3.8.0', ['ZOOKEEPER-4712', 'ZOOKEEPER-4785']],
    ['3.8.4', ['ZOOKEEPER-4712']],
    ['3.9.3', ['ZOOKEEPER-4925']],
    ['3.9.4', []],
  ])('of %s: %j', (text, issues) => {
    expect(defectsOf(release(text)).map(({ issue }) => issue)).toEqual(issues);
  });

  it('are all fixed in the release that a finding names as the way out, and in the newest', () => {
    expect(defectsOf(release(SOUND))).toEqual([]);
    expect(defectsOf(NEWEST_RELEASE)).toEqual([]);
  });
});

describe('exits', () => {
  it.each(['3.4.13', '3.5.0', '3.5.6', '3.9.6'])('of %s: one row a status', (text) => {
    const statuses = exitRows(release(text)).map(({ status }) => status);
    expect(new Set(statuses).size).toBe(statuses.length);
  });

  it.each([
    ['3.4.13', false],
    ['3.5.5', false],
    ['3.5.6', true],
  ])('%s ends with 14: %s', (text, expected) => {
    expect(exitRows(release(text)).some(({ status }) => status === 14)).toBe(expected);
  });
});
