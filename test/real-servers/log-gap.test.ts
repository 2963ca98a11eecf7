import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type LocalEnsemble, makeEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { cutPower, stop } from '../../scripts/local-ensemble/volumes.ts';
import { missingAt } from '../../scripts/local-ensemble/writer.ts';
import { askFourLetter } from '../../src/host/network/four-letter.ts';
import { connectMember } from '../../src/host/zookeeper-client/zookeeper-client.ts';
import { readSrvr } from '../../src/zookeeper/four-letter/srvr.ts';
import { builtEntrypoint, testHome } from './members.ts';

const SERVING = { timeoutMs: 60_000 };
/** More than the changes that a leader keeps in memory (zookeeper.commitLogCount, 500). */
const CHANGES = 700;
/** Each log takes 64 MiB at once by itself, too much beside a snapshot of some megabytes. */
const LARGE_NODES = 200;
const LARGE = 'x'.repeat(10_000);
const SMALL_LOGS = 'preAllocSize=64';

let ensemble: LocalEnsemble | undefined;
afterEach(async () => {
  await ensemble?.close();
  ensemble = undefined;
});

type Five = readonly [LocalMember, LocalMember, LocalMember, LocalMember, LocalMember];

async function create({ host, port }: LocalMember, paths: readonly string[], value: string): Promise<void> {
  const session = await connectMember({ host, port, timeoutMs: 10_000 });
  if (session.kind === 'failed') throw new Error(session.sentence);
  try {
    for (const path of paths) {
      const made = await session.create({ path, value, ephemeral: false });
      if (made.kind === 'failed') throw new Error(made.sentence);
    }
  } finally {
    await session.close();
  }
}

async function leader(): Promise<number | undefined> {
  const roles = [...((await ensemble?.roles()) ?? [])];
  return roles.find(([, mode]) => mode === 'leader')?.[0].id;
}

/** Removes the logs of the first epoch, after which every member has begun another. */
function purge(folder: string): void {
  const logs = join(folder, 'datalog', 'version-2');
  for (const name of readdirSync(logs).filter((each) => each.startsWith('log.1'))) rmSync(join(logs, name));
}

async function zxid({ host, port }: LocalMember): Promise<string | undefined> {
  const srvr = readSrvr(
    await askFourLetter({ host, port, word: 'srvr', timeoutMs: 2_000, maxBytes: 65_536 }),
  );
  return srvr.serving ? srvr.zxid : undefined;
}

/** The acknowledged writes that the last member lacks, when it comes back to a leader that was away itself. */
async function missingAfterwards(extra: string): Promise<number[]> {
  ensemble = await makeEnsemble({ size: 5, launch: builtEntrypoint({ ZK_EXTRA_CONFIG: extra }) });
  const five = ensemble.members as unknown as Five;
  const [one, two, three, four, last] = five;
  const serving = (...members: readonly LocalMember[]) =>
    ensemble?.waitUntilServing({ ...SERVING, members }) ?? Promise.resolve();
  for (const member of five) member.start();
  await serving(...five);
  await create(one, ['/w', '/large'], '');
  const names = Array.from({ length: LARGE_NODES }, (_, place) => `/large/${place}`);
  await create(one, names, LARGE);
  // A log of its own for what comes next: it is small.
  await stop(four);
  four.start();
  await serving(...five);
  await create(one, ['/last-that-both-have'], '');
  // The end of that session too.
  await expect
    .poll(() => Promise.all([four, last].map(zxid)), { timeout: 10_000 })
    .toEqual([await zxid(one), await zxid(one)]);
  await cutPower(four, last);
  const numbers = Array.from({ length: CHANGES }, (_, number) => number);
  await create(
    one,
    numbers.map((number) => `/w/${String(number).padStart(10, '0')}`),
    LARGE.slice(0, 3_000),
  );
  // Who leads takes a snapshot first, and a purge removes the logs before it.
  await stop(one, two, three);
  for (const member of [one, two, three]) member.start();
  await serving(one, two, three);
  for (const { folder } of [one, two, three]) purge(folder);
  // So it gets the whole tree, and its own log has a gap from then on.
  four.start();
  await serving(one, two, three, four);
  expect(await missingAt(four, '/w', numbers)).toEqual([]);
  // The highest of those that know the same is elected.
  const led = five[((await leader()) ?? 0) - 1] as LocalMember;
  await stop(led);
  await serving(...[one, two, three, four].filter((each) => each !== led));
  led.start();
  await serving(one, two, three, four);
  expect(await leader()).toBe(4);
  last.start();
  await serving(...five);
  return missingAt(last, '/w', numbers);
}

// The releases before 3.5 send nothing from the disk.
describe.skipIf(testHome().includes('3.4'))('a leader with a gap in its log', () => {
  it('brings a member up to date whole', { timeout: 240_000 }, async () => {
    expect(await missingAfterwards(SMALL_LOGS)).toEqual([]);
  });

  it('negative control: does not with what ZooKeeper does by itself (ZOOKEEPER-2846)', {
    timeout: 240_000,
  }, async () => {
    const missing = await missingAfterwards(`${SMALL_LOGS}\nsnapshotSizeFactor=0.33`);
    expect(missing.length).toBeGreaterThan(CHANGES - 10);
  });
});
