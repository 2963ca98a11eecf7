import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DEFECTS_REVIEWED_UP_TO } from '../../src/zookeeper/defects.ts';
import { EXITS_REVIEWED_UP_TO } from '../../src/zookeeper/exits.ts';
import { FEATURES_REVIEWED_UP_TO } from '../../src/zookeeper/features.ts';
import { MNTR_REVIEWED_UP_TO } from '../../src/zookeeper/four-letter/mntr-names.ts';
import { KEYS_REVIEWED_UP_TO } from '../../src/zookeeper/key-table.ts';
import { FAULTS_REVIEWED_UP_TO } from '../../src/zookeeper/known-faults.ts';
import { formatRelease, NEWEST_RELEASE } from '../../src/zookeeper/release.ts';

const root = join(import.meta.dirname, '../..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const answers = readdirSync(join(root, 'test/health/answers'));

/** What a release is asked for the recorded answers: `leader-srvr` and so on, as the oldest release has them. */
const kinds = answers.flatMap((name) => /^3\.4\.13-(.+)\.txt$/.exec(name)?.[1] ?? []);

/** The words of the first line that begins so. */
function list(path: string, begin: RegExp): string[] {
  const line = text(path)
    .split('\n')
    .find((line) => begin.test(line));
  return (line ?? '').replace(begin, '').match(/\d+(\.\d+)+/g) ?? [];
}

/** Scripts name a line, `3.9`, for its newest release. */
const named = (list: readonly string[], release: string) =>
  list.includes(release) || list.includes(release.replace(/\.\d+$/, ''));

/** Everything that has to know a release, and how it is seen that it does. CONTRIBUTING.md, "A release of ZooKeeper". */
const PLACES: Readonly<Record<string, (release: string) => boolean>> = {
  'src/zookeeper/key-table.ts': (release) => KEYS_REVIEWED_UP_TO === release,
  'src/zookeeper/features.ts': (release) => FEATURES_REVIEWED_UP_TO === release,
  'src/zookeeper/defects.ts': (release) => DEFECTS_REVIEWED_UP_TO === release,
  'src/zookeeper/known-faults.ts': (release) => FAULTS_REVIEWED_UP_TO === release,
  'src/zookeeper/exits.ts': (release) => EXITS_REVIEWED_UP_TO === release,
  'src/zookeeper/four-letter/mntr-names.ts': (release) => MNTR_REVIEWED_UP_TO === release,
  'test/zookeeper/keys': (release) => existsSync(join(root, `test/zookeeper/keys/${release}.txt`)),
  'test/health/answers': (release) => kinds.every((kind) => answers.includes(`${release}-${kind}.txt`)),
  'scripts/fetch-zookeeper': (release) => list('scripts/fetch-zookeeper', /^known=/).includes(release),
  'scripts/test': (release) => named(list('scripts/test', /^releases=/), release),
  'scripts/healthy-starts/start': (release) =>
    named(list('scripts/healthy-starts/start', /^\[ \$# -gt 0 \] \|\| set --/), release),
  'image/Dockerfile': (release) => named(list('image/Dockerfile', /^ARG ZOOKEEPER=/), release),
  'README.md': (release) => text('README.md').includes(`no ZooKeeper was found and ${release} is assumed`),
  '.github/ISSUE_TEMPLATE/fault.yml': (release) =>
    text('.github/ISSUE_TEMPLATE/fault.yml').includes(`ZooKeeper ${release}`),
};

const forgotten = (release: string) => Object.keys(PLACES).filter((place) => !PLACES[place]?.(release));

it('the newest release is known wherever it has to be', () => {
  expect(kinds.length).toBeGreaterThan(10);
  expect(forgotten(formatRelease(NEWEST_RELEASE))).toEqual([]);
});

it('a release that nobody has added is missing everywhere', () => {
  expect(forgotten('3.99.1')).toEqual(Object.keys(PLACES));
});

it('CONTRIBUTING.md names every place', () => {
  const section = text('CONTRIBUTING.md').split('## A release of ZooKeeper')[1]?.split('\n## ')[0] ?? '';
  expect(Object.keys(PLACES).filter((place) => !section.includes(place))).toEqual([]);
});

it('only src/zookeeper asks whether a release has something by the number of the release', () => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const asks = sources.filter((name) =>
    /\b(isAtLeast|reaches)\(|\.(major|minor|patch)\b/.test(text(`src/${name}`)),
  );
  expect(asks).toContain('zookeeper/features.ts');
  expect(asks.filter((name) => !name.startsWith('zookeeper/'))).toEqual([]);
});
