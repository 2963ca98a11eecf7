import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { startImokServer } from './imok-server.ts';
import { type Bench, type Comparison, type Row, valueTarget } from './row.ts';
import type { Stage } from './stage.ts';
import { median } from './statistics.ts';

const ROUNDS = 5;
const TIMEOUT_MS = 1_000;
const MOST_MS = TIMEOUT_MS + 300;
const SIZES = [3, 7, 15] as const;

/** How long `status` takes where a third of the members hang. */
export const statusTime: Comparison = { title: 'status with members that hang', measure };

async function measure({ stage, rounds }: Bench): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of SIZES) {
    const hanging = Math.floor(size / 3);
    const members = await startMembers(size, hanging);
    try {
      const took: number[] = [];
      for (let run = 0; run < rounds(ROUNDS); run++) took.push(await timeStatus(stage, members.ports));
      rows.push({
        what: `status of ${size} members, ${hanging} hang, a timeout of 1 s`,
        unit: 'ms',
        value: median(took),
        target: valueTarget('at most', MOST_MS),
        runs: took.length,
      });
    } finally {
      members.close();
    }
  }
  return rows;
}

async function startMembers(size: number, hanging: number) {
  const well = await Promise.all(Array.from({ length: size - hanging }, () => startImokServer(0)));
  const hung = await Promise.all(Array.from({ length: hanging }, startHungServer));
  return {
    ports: [...well.map(({ port }) => port), ...hung.map(portOf)],
    close: () => {
      for (const server of well) server.close();
      for (const server of hung) server.close();
    },
  };
}

async function startHungServer(): Promise<Server> {
  const server = createServer((socket) => socket.on('error', () => undefined));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function timeStatus({ program, environment }: Stage, ports: readonly number[]): Promise<number> {
  const connect = ports.map((port) => `127.0.0.1:${port}`).join(',');
  const begunMs = performance.now();
  const words = ['status', '--connect', connect, '--timeout', `${TIMEOUT_MS}ms`];
  const child = spawn(program, words, { env: environment(), stdio: 'ignore' });
  const [status] = await once(child, 'exit');
  // The stand-ins say they are standalone, which is no quorum of several; what is measured is the time.
  if (status !== 69) throw new Error(`status ended with ${status} instead of 69`);
  return performance.now() - begunMs;
}
