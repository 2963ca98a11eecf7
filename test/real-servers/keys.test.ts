import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keysOf, stringsOf } from '../../scripts/zookeeper-keys.ts';
import { exitRows } from '../../src/zookeeper/exits.ts';
import { FOUR_LETTER_WORDS, wordsOf } from '../../src/zookeeper/four-letter/known-words.ts';
import { plainKeys } from '../../src/zookeeper/four-letter/mntr-names.ts';
import { formatRelease, NEWEST_RELEASE, parseRelease, type Release } from '../../src/zookeeper/release.ts';
import { testHome } from './members.ts';

const home = testHome();
const version = readdirSync(join(home, 'lib')).flatMap(
  (name) => /^zookeeper-(\d+\.\d+\.\d+)/.exec(name)?.[1] ?? [],
)[0] as string;
const release = parseRelease(version) as Release;

/** The lists that the table of keys is held to are those of the very jars that the servers of these tests run. */
it('the keys that the jar looks for are those of its release’s list', () => {
  const list = join(import.meta.dirname, `../zookeeper/keys/${version}.txt`);
  expect(keysOf(home)).toEqual(readFileSync(list, 'utf8').trim().split('\n'));
});

it('the names of the jar’s exit statuses are those of the table', () => {
  const names = stringsOf(home, /^org\/apache\/zookeeper\/server\/ExitCode$/);
  expect(exitRows(release).flatMap(({ name }) => name ?? [])).toEqual(names);
});

it('the jar answers the four-letter words of the table, and no other', () => {
  const strings = stringsOf(
    home,
    /^org\/apache\/zookeeper\/server\/(ServerCnxn|command\/FourLetterCommands)$/,
  );
  const words = strings.filter((text) => /^[a-z]{4}$/.test(text) && text !== 'true');
  expect(wordsOf(release).toSorted()).toEqual([...new Set(words)].sort());
  expect(FOUR_LETTER_WORDS).toEqual(expect.arrayContaining([...words]));
});

/** What only 3.4 says. */
const OLD = ['fsync_threshold_exceed_count', 'followers'];

it('the newest jar has every name of mntr that the tables have, but for those of 3.4', () => {
  const strings = new Set(stringsOf(home, /^org\/apache\/zookeeper\/server\//));
  const missing = plainKeys.filter((key) => !strings.has(key) && !strings.has(`zk_${key}`));
  if (version === formatRelease(NEWEST_RELEASE)) expect(missing).toEqual(OLD);
  if (version.startsWith('3.4.')) for (const key of OLD) expect(missing).not.toContain(key);
});
