import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type LocalEnsemble, startEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { cutPower, health, read, recordOf, stop, write } from '../../scripts/local-ensemble/volumes.ts';
import { missingAt, Writer } from '../../scripts/local-ensemble/writer.ts';
import { builtEntrypoint, testHome } from './members.ts';

const SERVING = { timeoutMs: 60_000 };

let ensemble: LocalEnsemble | undefined;
afterEach(async () => {
  await ensemble?.close();
  ensemble = undefined;
});

async function three(repair: 'off' | 'quorum') {
  const launch = builtEntrypoint({ ZK_REPAIR: repair });
  ensemble = await startEnsemble({ size: 3, launch });
  await ensemble.waitUntilServing(SERVING);
  return ensemble.members as unknown as readonly [LocalMember, LocalMember, LocalMember];
}

async function says(member: LocalMember, words: RegExp): Promise<void> {
  await expect.poll(() => member.log(), { timeout: 30_000 }).toMatch(words);
}

function newest({ folder }: LocalMember, directory: 'data' | 'datalog', kind: 'snapshot' | 'log'): string {
  const path = join(folder, directory, 'version-2');
  const names = readdirSync(path).filter((name) => name.startsWith(`${kind}.`));
  const zxid = (name: string) => Number.parseInt(name.split('.')[1] ?? '', 16);
  return join(path, names.toSorted((one, other) => zxid(one) - zxid(other)).at(-1) ?? '');
}

/** One bit of the value that was written last but a few, so that whole records follow it. */
function flipBit(path: string, text: string): void {
  const bytes = readFileSync(path);
  const at = bytes.indexOf(text);
  expect(at).toBeGreaterThan(16);
  bytes[at] = (bytes[at] as number) ^ 1;
  writeFileSync(path, bytes);
}

const folderOf = ({ folder }: LocalMember) => join(folder, 'data/zk-entrypoint.set-aside');

describe('a member with damaged data', () => {
  it('copies it anew from the quorum when its snapshots are cut, under a writer that loses nothing', async () => {
    const [first, second, third] = await three('quorum');
    await write(first, '/writes', '');
    const writer = new Writer([first, second], '/writes');
    await stop(third);
    for (const name of readdirSync(join(third.folder, 'data/version-2')))
      if (name.startsWith('snapshot.')) truncateSync(join(third.folder, 'data/version-2', name), 40);
    await third.restart();
    await ensemble?.waitUntilServing(SERVING);
    const { acknowledged } = await writer.end();
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(await missingAt(third, '/writes', acknowledged)).toEqual([]);
    expect(third.log()).toMatch(/warning ZK-VOLUME-052 [^\n]*ZK-VOLUME-005/);
    expect(readdirSync(folderOf(third))).toHaveLength(1);
  });

  it('finds the flipped bit that its JVM has ended over, and copies the data anew', async () => {
    const [first, , third] = await three('quorum');
    await write(first, '/early', 'a value that flips');
    for (const path of ['/later', '/last']) await write(first, path, 'kept');
    await stop(third);
    flipBit(newest(third, 'datalog', 'log'), 'a value that flips');
    await third.restart();
    expect((await third.exited).status).not.toBe(0);
    await third.restart();
    await ensemble?.waitUntilServing(SERVING);
    expect(third.log()).toMatch(/ZK-VOLUME-051 [^\n]*wrong checksum, at byte \d+/);
    expect(await read(third, '/early')).toBe('a value that flips');
    // Healthy again, it looks no closer than others do.
    await expect.poll(() => recordOf(third).failedStart, { timeout: 10_000 }).toBeUndefined();
  });

  // 3.4 snapshots at every start, so that no log of an epoch before is read.
  it.runIf(!testHome().includes('3.4.'))(
    'finds a log that was cut short before one of a later epoch, which ZooKeeper starts with',
    async () => {
      const [first, second, third] = await three('quorum');
      for (const path of ['/one', '/two', '/three']) await write(second, path, 'kept');
      await cutPower(first, second, third);
      for (const member of [first, second, third]) await member.restart();
      await ensemble?.waitUntilServing(SERVING);
      await write(second, '/four', 'kept');
      await stop(first);
      // By its name alone the log before the newest; the highest id leads, and takes a snapshot at that.
      const logs = readdirSync(join(first.folder, 'datalog/version-2')).toSorted();
      expect(logs).toHaveLength(2);
      expect(logs[0]).toBe('log.100000001');
      const log = join(first.folder, 'datalog/version-2', logs[0] as string);
      truncateSync(log, readFileSync(log).indexOf('/three'));
      await first.restart();
      await ensemble?.waitUntilServing(SERVING);
      expect(first.log()).toMatch(
        /warning ZK-VOLUME-052 [^\n]*ZK-VOLUME-054 [^\n]*log\.100000001 ends within a record/,
      );
      for (const path of ['/one', '/two', '/three', '/four']) expect(await read(first, path)).toBe('kept');
    },
  );

  it('waits, alive and with its data, while the others are no quorum', async () => {
    const [first, second, third] = await three('quorum');
    await write(first, '/node', 'kept');
    await cutPower(second);
    await stop(third);
    writeFileSync(join(third.folder, 'data/version-2/currentEpoch'), '');
    await third.restart();
    await says(third, /waits to be set aside: \d of 2 other voters serve, 2 are needed/);
    expect(await health(third, '/livez')).toMatch(/^200 /);
    expect(existsSync(folderOf(third))).toBe(false);
    expect(third.jvmPid()).toBeUndefined();
    await second.restart();
    await ensemble?.waitUntilServing(SERVING);
    expect(await read(third, '/node')).toBe('kept');
    expect(existsSync(folderOf(third))).toBe(true);
  });

  it('is refused as ever where ZK_REPAIR is off, with the commands that would do it', async () => {
    const [, , third] = await three('off');
    await stop(third);
    writeFileSync(join(third.folder, 'data/version-2/currentEpoch'), 'x');
    await third.restart();
    expect((await third.exited).status).toBe(78);
    expect(third.log()).toMatch(
      /note ZK-VOLUME-053 ZK_REPAIR: is off, and the other members are a quorum[^\n]*kubectl delete pvc data-/,
    );
    expect(existsSync(folderOf(third))).toBe(false);
  });
});
