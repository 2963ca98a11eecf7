import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { stop } from '../../scripts/local-ensemble/volumes.ts';
import { overToNewSet, type Settings, twoSets } from '../../scripts/move-in/new-set.ts';
import { type Source, sources } from '../../scripts/move-in/sources.ts';
import { isLong } from '../long.ts';
import { testHome, testJavaHome } from './members.ts';

function mayMount(): boolean {
  try {
    execFileSync('unshare', ['--map-root-user', '--mount', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function sourceOf(name: string): Source {
  const source = sources.find((each) => each.name === name);
  if (source === undefined) throw new RangeError(`no source is called ${name}`);
  return source;
}

const stage = () => ({
  javaHome: testJavaHome(),
  program: fileURLToPath(new URL('../../bin/zk-entrypoint', import.meta.url)),
  theirs: testHome(),
  ours: testHome(),
  nodes: 300,
  back: false,
});

/** Before 3.5 a list has no client ports, and no image of that time is left. */
const isOld = /zookeeper-3\.4/.test(testHome());

const CASES: readonly (readonly [string, Settings])[] = [
  ['Bitnami, ids from 0', 'theirs'],
  ['Bitnami, ids from 1', 'ours'],
  ['docker-library, ids from 0', 'ours'],
];

describe.skipIf(isOld || !mayMount())('a new StatefulSet on the claims of an old one', () => {
  it.each(isLong ? CASES : CASES.slice(0, 1))(
    'of %s, under the names of %s, has ids and data, and never makes two quorums',
    {
      timeout: 240_000,
    },
    async (name, settings) => {
      expect(await overToNewSet(sourceOf(name), stage(), settings)).toEqual([]);
    },
  );

  it('is refused with the claims of another pod, and beside an old pod of our image on the same claims', {
    timeout: 240_000,
  }, async () => {
    const sets = await twoSets(sourceOf('Bitnami, ids from 1'), stage(), 'ours');
    try {
      const [one, two] = sets.fresh.members as [LocalMember, LocalMember];
      const [first, second] = sets.old.members as [LocalMember, LocalMember];
      await stop(...sets.old.members);
      sets.rebind(2, 1);
      one.start();
      expect(await one.exited).toEqual({ status: 78, signal: null });
      expect(one.log()).toMatch(/error ZK-VOLUME-001 .*\b2\b/);
      sets.giveBack(2, 1);
      for (const id of [1, 2, 3]) sets.rebind(id);
      for (const member of sets.fresh.members) member.start();
      await sets.fresh.waitUntilServing({ timeoutMs: 60_000 });
      sets.mountTwice(1);
      expect(await first.exited).toEqual({ status: 78, signal: null });
      expect(first.log()).toMatch(
        /error ZK-VOLUME-031 \/bitnami\/zookeeper\/data: is used by another server/,
      );
      await sets.fresh.waitUntilServing({ timeoutMs: 60_000, members: [one, two] });
      expect(await sets.problems()).toEqual([]);
      expect(second.pid).toBeUndefined();
    } finally {
      await sets.close();
    }
  });
});
