import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type LocalEnsemble, makeEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { Launch } from '../../scripts/local-ensemble/launch.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { stop } from '../../scripts/local-ensemble/volumes.ts';
import { purgeNow } from '../../src/host/volume/room.ts';
import { connectMember } from '../../src/host/zookeeper-client/zookeeper-client.ts';
import { isLong } from '../long.ts';
import { builtEntrypoint, testHome, testJavaHome } from './members.ts';

const SERVING = { timeoutMs: 60_000 };
const VOLUME_MIB = 64;
const VALUE = 'x'.repeat(20_000);

let ensemble: LocalEnsemble | undefined;
let mounted: string[] = [];
afterEach(async () => {
  const ended = ensemble;
  ensemble = undefined;
  // Its folder is removed with the ensemble, and what is mounted cannot be.
  for (const path of mounted) execFileSync('umount', ['-l', path]);
  mounted = [];
  await ended?.close();
});

const volumeOf = ({ folder }: { readonly folder: string }) => join(folder, 'volume');

/** Each member with a small volume of its own. */
const onSmallVolumes: Launch = (spec) => {
  const launch = builtEntrypoint({
    ZK_DATA_DIR: join(volumeOf(spec), 'data'),
    ZK_DATA_LOG_DIR: join(volumeOf(spec), 'datalog'),
    ZK_PURGE_INTERVAL: '0',
  });
  return launch(spec);
};

function mount(path: string): void {
  mkdirSync(path, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${VOLUME_MIB}m`, 'tmpfs', path]);
  mounted.push(path);
}

/** Starts it, and again whenever it ends, as a kubelet does. */
function keepRunning(member: LocalMember): void {
  member.start();
  member.exited.then(() => {
    if (ensemble?.members.includes(member)) keepRunning(member);
  });
}

/** Writes the same few nodes again and again, until so much was acknowledged; the last value of each. */
async function overwrite(members: readonly LocalMember[], mib: number): Promise<ReadonlyMap<string, string>> {
  const acknowledged = new Map<string, string>();
  let [written, at] = [0, 0];
  for (let round = 0; written < mib * 1_048_576; round += 1) {
    const { host, port } = members[at++ % members.length] as LocalMember;
    const session = await connectMember({ host, port, timeoutMs: 3_000 });
    if (session.kind === 'failed') {
      if (round > 2_000) throw new Error(`no member takes writes any more: ${session.sentence}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
      continue;
    }
    for (;;) {
      const path = `/node-${written % 7}`;
      const value = `${written} ${VALUE}`;
      const made = acknowledged.has(path)
        ? await session.set(path, value)
        : await session.create({ path, value, ephemeral: false });
      if (made.kind === 'failed' && made.reason !== 'node-exists') break;
      acknowledged.set(path, made.kind === 'failed' ? '' : value);
      written += VALUE.length;
      if (written >= mib * 1_048_576) break;
    }
    await session.close();
  }
  return acknowledged;
}

/** Only root mounts. */
const mayMount = process.getuid?.() === 0;

describe.runIf(mayMount)('volumes that are filled several times over', () => {
  it('are purged before their time, with a reserve for the worst, and nothing is lost', {
    timeout: 240_000,
  }, async () => {
    ensemble = await makeEnsemble({ size: 3, launch: onSmallVolumes });
    for (const member of ensemble.members) mount(volumeOf(member));
    for (const member of ensemble.members) keepRunning(member);
    await ensemble.waitUntilServing(SERVING);
    const [first] = ensemble.members as [LocalMember];
    await expect
      .poll(() => existsSync(join(volumeOf(first), 'data/zk-entrypoint.reserve')), { timeout: 30_000 })
      .toBe(true);
    const acknowledged = await overwrite(ensemble.members, isLong ? 10 * VOLUME_MIB : 1.5 * VOLUME_MIB);
    await ensemble.waitUntilServing(SERVING);
    for (const member of ensemble.members) {
      const session = await connectMember({ host: member.host, port: member.port, timeoutMs: 5_000 });
      if (session.kind === 'failed') throw new Error(session.sentence);
      await session.sync('/');
      for (const [path, value] of acknowledged)
        expect(await session.get(path)).toEqual({ kind: 'done', value });
      await session.close();
      expect(member.log()).toMatch(/little space is left: purged \d+ snapshots and \d+ logs early/);
    }
  });

  it('end a server that could not write its log, so that nothing is acknowledged behind a torn record', {
    timeout: 120_000,
  }, async () => {
    ensemble = await makeEnsemble({ size: 3, launch: onSmallVolumes });
    const [first, , third] = ensemble.members as [LocalMember, LocalMember, LocalMember];
    mount(volumeOf(third));
    for (const member of ensemble.members) member.start();
    await ensemble.waitUntilServing(SERVING);
    const other = join(volumeOf(third), 'of-somebody-else');
    const { bavail, bsize } = statfsSync(volumeOf(third));
    // The member takes some of it at the same time: what is written fills the rest.
    expect(() => writeFileSync(other, Buffer.alloc(bavail * bsize + 1))).toThrow('ENOSPC');
    const before = await overwrite([first], 4);
    expect(await third.exited).toEqual({ status: 137, signal: null });
    expect(third.log()).toMatch(
      /ZooKeeper says "Severe unrecoverable error, from thread : ?SyncThread:3" and is killed/,
    );
    expect(third.log()).toMatch(/status 137: zk-entrypoint killed it after "Severe unrecoverable error/);
    rmSync(other);
    await third.restart();
    await ensemble.waitUntilServing(SERVING);
    await stop(third);
    await third.restart();
    await ensemble.waitUntilServing(SERVING);
    const session = await connectMember({ host: third.host, port: third.port, timeoutMs: 5_000 });
    if (session.kind === 'failed') throw new Error(session.sentence);
    await session.sync('/');
    for (const [path, value] of before)
      if (value !== '') expect(await session.get(path)).toEqual({ kind: 'done', value });
    await session.close();
  });

  it('are given room at a start that would find none', async () => {
    ensemble = await makeEnsemble({ size: 1, launch: onSmallVolumes });
    const [member] = ensemble.members as [LocalMember];
    mount(volumeOf(member));
    member.start();
    await ensemble.waitUntilServing(SERVING);
    const reserve = join(volumeOf(member), 'data/zk-entrypoint.reserve');
    await expect.poll(() => existsSync(reserve), { timeout: 30_000 }).toBe(true);
    member.kill('SIGTERM');
    await member.exited;
    const { bavail, bsize } = statfsSync(volumeOf(member));
    writeFileSync(join(volumeOf(member), 'of-somebody-else'), Buffer.alloc(bavail * bsize - 4_096));
    await member.restart();
    await ensemble.waitUntilServing(SERVING);
    expect(member.log()).toMatch(/is full: its reserve is given up/);
    expect(existsSync(reserve)).toBe(false);
    rmSync(join(volumeOf(member), 'of-somebody-else'));
    await expect.poll(() => existsSync(reserve), { timeout: 60_000 }).toBe(true);
  });
});

describe('a purge before its time', () => {
  it('removes exactly what that of ZooKeeper removes', () => {
    const java = join(testJavaHome(), 'bin/java');
    for (let round = 0; round < (isLong ? 200 : 8); round += 1) {
      const random = (below: number) => Math.floor(Math.random() * below);
      const keep = 3 + random(3);
      const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'purge-')));
      const names = Array.from({ length: 4 + random(12) }, () => `snapshot.${random(64).toString(16)}`);
      const logs = Array.from({ length: random(16) }, () => `log.${random(64).toString(16)}`);
      const damaged = new Set(names.filter(() => random(5) === 0));
      for (const folder of folders) {
        mkdirSync(join(folder, 'version-2'));
        for (const name of [...names, ...logs]) {
          const seal = damaged.has(name) ? [] : [0, 0, 0, 1, 0x2f];
          writeFileSync(
            join(folder, 'version-2', name),
            Buffer.from([...'ZKSN01234567'].map((c) => c.charCodeAt(0)).concat(seal)),
          );
        }
      }
      const [ours, theirs] = folders as [string, string];
      const whole = new Set(names.filter((name) => !damaged.has(name))).size;
      purgeNow({ dataDir: ours, dataLogDir: ours }, keep);
      const words = [
        '-cp',
        `${testHome()}/lib/*:${testHome()}/*`,
        'org.apache.zookeeper.server.PurgeTxnLog',
        theirs,
        '-n',
        String(keep),
      ];
      execFileSync(java, words, { stdio: 'ignore' });
      const left = (folder: string) => readdirSync(join(folder, 'version-2')).toSorted();
      // With fewer than three whole ones we remove nothing, and ZooKeeper may.
      if (whole >= 3) expect(left(ours)).toEqual(left(theirs));
      else expect(left(theirs).length).toBeLessThanOrEqual(left(ours).length);
      for (const folder of folders) rmSync(folder, { recursive: true });
    }
  });
});
