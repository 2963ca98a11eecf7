import { startHealthServer } from '../../src/host/network/health-server.ts';
import type { Bench, Comparison } from './bench.ts';
import { startImokServer } from './imok-server.ts';
import { type Row, ratioTarget } from './row.ts';
import { timeInShell } from './shell-timer.ts';
import { interleave, median } from './statistics.ts';

const ROUNDS = 12;
const RUNS_A_ROUND = 5;
const MOST = 1.35;

/** What a liveness probe costs, against what Node costs for doing nothing. */
export const probeCpu: Comparison = { title: 'CPU of a probe', measure };

async function measure({ stage, rounds }: Bench): Promise<Row[]> {
  const zooKeeper = await startImokServer(0);
  const supervisor = await startHealthServer({
    address: '127.0.0.1',
    port: 0,
    answer: async () => ({ status: 200, contentType: 'text/plain; charset=utf-8', body: 'ok\n' }),
  });
  const live = [stage.program, 'live'];
  try {
    const cpu = await interleave(rounds(ROUNDS), {
      nothing: () => cpuOf([process.execPath, '-e', '0'], stage.environment()),
      supervisor: () => cpuOf(live, stage.environment({ ZK_HEALTH_PORT: String(supervisor.port) })),
      zooKeeper: () =>
        cpuOf(live, stage.environment({ ZK_HEALTH_PORT: '0', ZK_CLIENT_PORT: String(zooKeeper.port) })),
    });
    const row = (answerer: 'supervisor' | 'zooKeeper', what: string): Row => ({
      what,
      unit: 'ms',
      value: median(cpu[answerer]),
      reference: { what: 'node -e 0', value: median(cpu.nothing) },
      target: ratioTarget('at most', MOST),
      runs: cpu.nothing.length * RUNS_A_ROUND,
    });
    return [
      row('supervisor', 'CPU of live, the supervisor answers'),
      row('zooKeeper', 'CPU of live, ZooKeeper answers'),
    ];
  } finally {
    await supervisor.close();
    zooKeeper.close();
  }
}

async function cpuOf(command: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const { cpuMs, status } = await timeInShell({ runs: RUNS_A_ROUND, command, env });
  if (status !== 0) throw new Error(`${command.at(-1)} ended with ${status} instead of 0`);
  return cpuMs;
}
