import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keysOf } from '../../scripts/zookeeper-keys.ts';
import { testHome } from './members.ts';

/** The lists that the table of keys is held to are those of the very jars that the servers of these tests run. */
it('the keys that the jar looks for are those of its release’s list', () => {
  const home = testHome();
  const release = readdirSync(join(home, 'lib')).flatMap(
    (name) => /^zookeeper-(\d+\.\d+\.\d+)/.exec(name)?.[1] ?? [],
  )[0];
  const list = join(import.meta.dirname, `../zookeeper/keys/${release}.txt`);
  expect(keysOf(home)).toEqual(readFileSync(list, 'utf8').trim().split('\n'));
});
