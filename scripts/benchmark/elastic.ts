import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { askStatus } from '../../src/host/network/ask-status.ts';
import { connectMember } from '../../src/host/zookeeper-client/zookeeper-client.ts';
import { type LocalEnsemble, makeEnsemble } from '../local-ensemble/ensemble.ts';
import { type Launch, throughEntrypoint } from '../local-ensemble/launch.ts';
import type { LocalMember } from '../local-ensemble/member.ts';
import { missingAt, Writer } from '../local-ensemble/writer.ts';
import { type Bench, type Comparison, type Row, type Target, valueTarget } from './row.ts';
import { median } from './statistics.ts';

const ROUNDS = 3;
const NODES = 10_000;
const AT_ONCE = 50;
const LONGEST_MS = 60_000;

/** An ensemble of three that becomes five and three again while a client writes. */
export const elastic: Comparison = { title: 'from 3 members to 5 and back under a writer', measure };

interface Round {
  readonly upMs: number;
  readonly upGapMs: number;
  readonly downMs: number;
  readonly downGapMs: number;
  readonly restarts: number;
  readonly lost: number;
}

async function measure({ stage, rounds }: Bench): Promise<Row[]> {
  const { javaHome, zkHome, program } = stage;
  const launch = throughEntrypoint({ zkHome, javaHome, program }, { ZK_MEMBERSHIP: 'dynamic' });
  const played: Round[] = [];
  for (let round = 0; round < rounds(ROUNDS); round += 1) played.push(await playOnce(launch));
  const row = (what: string, of: (round: Round) => number, target?: Target): Row => ({
    what,
    unit: what.startsWith('restarts') || what.startsWith('acknowledged') ? 'in all' : 'ms',
    value:
      what.startsWith('restarts') || what.startsWith('acknowledged')
        ? played.reduce((sum, each) => sum + of(each), 0)
        : median(played.map(of)),
    runs: played.length,
    ...(target === undefined ? {} : { target }),
  });
  return [
    row(`3 to 5 members with ${NODES} nodes, until both vote`, ({ upMs }) => upMs),
    row(
      'longest gap between acknowledged writes meanwhile',
      ({ upGapMs }) => upGapMs,
      valueTarget('below', 1_000),
    ),
    row('5 to 3 members, `scale 3`', ({ downMs }) => downMs),
    row(
      'longest gap between acknowledged writes meanwhile',
      ({ downGapMs }) => downGapMs,
      valueTarget('below', 2_000),
    ),
    row('restarts of those who stay', ({ restarts }) => restarts, valueTarget('at most', 0)),
    row('acknowledged writes lost', ({ lost }) => lost, valueTarget('at most', 0)),
  ];
}

async function playOnce(launch: Launch): Promise<Round> {
  const ensemble = await makeEnsemble({ size: 5, launch });
  try {
    return await playIn(ensemble, launch);
  } finally {
    await ensemble.close();
  }
}

async function playIn({ members, all, waitUntilServing }: LocalEnsemble, launch: Launch): Promise<Round> {
  const stay = members.slice(0, 3);
  const come = members.slice(3);
  const [one] = stay as [LocalMember];
  for (const member of stay) member.start({ all: all.slice(0, 3), launch });
  await waitUntilServing({ timeoutMs: LONGEST_MS, members: stay });
  await until(async () => (await votersAt(one)) === 3);
  await fill(one);
  const jvms = stay.map((member) => member.jvmPid());
  const writer = new Writer(stay, '/written');
  await until(async () => writer.count > 20);
  writer.takeLongestGapMs();

  const upFromMs = performance.now();
  for (const member of come) member.start({ all, launch });
  await until(async () => (await votersAt(one)) === 5);
  const [upMs, upGapMs] = [performance.now() - upFromMs, writer.takeLongestGapMs()];

  const downFromMs = performance.now();
  const { file, env } = launch({ id: one.id, folder: one.folder, all });
  const [status] = await once(spawn(file, ['scale', '3'], { env: { ...env }, stdio: 'ignore' }), 'exit');
  if (status !== 0) throw new Error(`scale ended with ${status}`);
  const [downMs, downGapMs] = [performance.now() - downFromMs, writer.takeLongestGapMs()];

  const { acknowledged } = await writer.end();
  const restarts = stay.filter((member, place) => member.jvmPid() !== jvms[place]).length;
  return {
    upMs,
    upGapMs,
    downMs,
    downGapMs,
    restarts,
    lost: (await missingAt(one, '/written', acknowledged)).length,
  };
}

/** What a joiner has to take over. */
async function fill({ host, port }: LocalMember): Promise<void> {
  const session = await connectMember({ host, port, timeoutMs: 10_000 });
  if (session.kind === 'failed') throw new Error(session.sentence);
  const make = async (path: string) => {
    const made = await session.create({ path, value: 'x'.repeat(100), ephemeral: false });
    if (made.kind === 'failed') throw new Error(made.sentence);
  };
  for (const path of ['/written', '/filled']) await make(path);
  for (let from = 0; from < NODES; from += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, (_, place) => make(`/filled/${from + place}`)));
  await session.close();
}

async function votersAt({ host, healthPort: port }: LocalMember): Promise<number> {
  const told = await askStatus({ host, port, timeoutMs: 1_000 });
  return told?.member?.committed?.servers.filter((line) => line.includes(':participant')).length ?? 0;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + LONGEST_MS;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('it did not come to that in a minute');
    await sleep(20);
  }
}
