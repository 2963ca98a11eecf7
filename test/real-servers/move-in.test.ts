import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { play } from '../../scripts/move-in/play.ts';
import { sources } from '../../scripts/move-in/sources.ts';
import { testHome, testJavaHome } from './members.ts';

/** Other images' folders are at the root, so each member needs a root of its own; some machines forbid that. */
function mayMount(): boolean {
  try {
    execFileSync('unshare', ['--map-root-user', '--mount', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The short form: two layouts, there and not back; scripts/move-in/start plays all, with 10,000 nodes, and back. */
const SHORT = ['docker-library, ids from 0', 'CloudPirates, ids from 0'];

/** Before 3.5 a list has no client ports, and no image of that time is left. */
const isOld = /zookeeper-3\.4/.test(testHome());

describe.skipIf(isOld || !mayMount())('an ensemble of another image', () => {
  it.each(SHORT)('%s, is taken over member by member, and nothing is lost or moved', async (name) => {
    const source = sources.find((each) => each.name === name);
    if (source === undefined) throw new RangeError(`no source is called ${name}`);
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
