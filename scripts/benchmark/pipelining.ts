import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, type Comparison, type Row, valueTarget } from './row.ts';
import { quantile } from './statistics.ts';
import { anonymousMiB, httpProbe, SERVING_JAVA, type Supervised, startSupervised } from './supervised.ts';

const ATTACKERS = 10;
const BYTES = 500_000;
const SECONDS = 20;
const PAUSE_MS = 5;
const REQUEST = 'GET /livez HTTP/1.1\r\nHost: pod\r\n\r\n';
/** A supervisor that is stuck is not waited for longer. */
const GIVEN_UP_MS = 30_000;

/** What those who ask without end and never listen do to the others, to memory and to a stop. */
export const pipelining: Comparison = { title: 'pipelined requests that nobody reads', measure };

async function measure({ stage, rounds }: Bench): Promise<Row[]> {
  const supervised = await startSupervised(stage, { javaHome: stage.fakeJava(SERVING_JAVA), index: 0 });
  const end = attack(supervised.healthPort);
  try {
    const { wrong, tookMs } = await probe(supervised, rounds(SECONDS));
    const memory = anonymousMiB(supervised.pid);
    const stopMs = await stop(supervised);
    const during = `while ${ATTACKERS} clients pipeline ${BYTES / 1_000} kB each`;
    const runs = tookMs.length;
    return [
      {
        what: `p99 of /livez ${during}`,
        unit: 'ms',
        value: quantile(tookMs, 0.99),
        target: valueTarget('below', 20),
        runs,
      },
      {
        what: `wrong answers of /livez ${during}`,
        unit: 'in all',
        value: wrong,
        target: valueTarget('at most', 0),
        runs,
      },
      { what: `memory ${during}`, unit: 'MiB', value: memory, target: valueTarget('at most', 24), runs: 1 },
      {
        what: `TERM to the end ${during}`,
        unit: 'ms',
        value: stopMs,
        target: valueTarget('below', 100),
        runs: 1,
      },
    ];
  } finally {
    end();
    supervised.child.kill('SIGKILL');
  }
}

/** Each comes back as soon as it is thrown out; returns how to stop. */
function attack(port: number): () => void {
  const open = new Set<Socket>();
  const words = REQUEST.repeat(BYTES / REQUEST.length);
  let over = false;
  const visit = () => {
    if (over) return;
    const socket = connect(port, '127.0.0.1', () => socket.write(words));
    open.add(socket);
    socket.pause().on('error', () => undefined);
    socket.on('close', () => {
      open.delete(socket);
      setTimeout(visit, PAUSE_MS);
    });
  };
  for (let count = 0; count < ATTACKERS; count += 1) visit();
  return () => {
    over = true;
    for (const socket of open) socket.destroy();
  };
}

async function probe(
  { healthPort }: Supervised,
  seconds: number,
): Promise<{ wrong: number; tookMs: number[] }> {
  const tookMs: number[] = [];
  let wrong = 0;
  for (const untilMs = performance.now() + seconds * 1_000; performance.now() < untilMs; ) {
    const late = sleep(3_000, { status: 0, tookMs: 3_000 }, { ref: false });
    const answer = await Promise.race([httpProbe(healthPort, '/livez'), late]);
    tookMs.push(answer.tookMs);
    if (answer.status !== 200) wrong += 1;
    await sleep(PAUSE_MS);
  }
  return { wrong, tookMs };
}

async function stop({ child }: Supervised): Promise<number> {
  const begunMs = performance.now();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await Promise.race([ended, sleep(GIVEN_UP_MS, undefined, { ref: false })]);
  return performance.now() - begunMs;
}
