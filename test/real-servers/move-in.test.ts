import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { read, stop, write } from '../../scripts/local-ensemble/volumes.ts';
import { play } from '../../scripts/move-in/play.ts';
import { sources } from '../../scripts/move-in/sources.ts';
import { builtEntrypoint, plainZooKeeper, testHome, testJavaHome } from './members.ts';

/** Other images' folders are at the root, so each member needs a root of its own; some machines forbid that. */
function mayMount(): boolean {
  try {
    execFileSync('unshare', ['--map-root-user', '--mount', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The short form: one layout, there and not back; scripts/move-in/start plays all, with 10,000 nodes, and back. */
const SHORT = 'CloudPirates, ids from 0';

/** Before 3.5 a list has no client ports, and no image of that time is left. */
const isOld = /zookeeper-3\.4/.test(testHome());

describe.skipIf(isOld || !mayMount())('an ensemble of another image', () => {
  it('is taken over member by member, and nothing is lost or moved', { timeout: 240_000 }, async () => {
    const source = sources.find(({ name }) => name === SHORT);
    if (source === undefined) throw new RangeError(`no source is called ${SHORT}`);
    const played = await play(source, {
      javaHome: testJavaHome(),
      program: fileURLToPath(new URL('../../bin/zk-entrypoint', import.meta.url)),
      theirs: testHome(),
      ours: testHome(),
      nodes: 300,
      back: false,
    });
    expect(played.problems).toEqual([]);
    expect(played.acknowledged).toBeGreaterThan(50);
  });
});

describe.skipIf(isOld)('a member that is taken over with another list', () => {
  it('is refused while members of the other image serve with theirs, and starts with it', async () => {
    const ensemble = await makeEnsemble({ size: 5, launch: plainZooKeeper() });
    try {
      const [one, two, three] = ensemble.members as [LocalMember, LocalMember, LocalMember];
      const old = { all: ensemble.all.slice(0, 3), launch: plainZooKeeper() };
      for (const member of [one, two, three]) member.start(old);
      await ensemble.waitUntilServing({ timeoutMs: 60_000, members: [one, two, three] });
      await write(one, '/before', 'agreed');
      await stop(three);
      // The harness's plain server has its logs beside its snapshots.
      const inOne = builtEntrypoint({ ZK_DATA_LOG_DIR: join(three.folder, 'data') });
      three.start({ all: ensemble.all, launch: inOne });
      expect(await three.exited).toEqual({ status: 78, signal: null });
      expect(three.log()).toMatch(
        /error ZK-PEER-008 .*127\.0\.0\.1, 127\.0\.0\.2 serve with the voters 1, 2, 3, and there would be two quorums/,
      );
      three.start({ all: old.all, launch: inOne });
      await ensemble.waitUntilServing({ timeoutMs: 60_000, members: [one, two, three] });
      expect(await read(three, '/before')).toBe('agreed');
    } finally {
      await ensemble.close();
    }
  });
});
