import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { childrenOf } from '../local-ensemble/owned.ts';
import type { Stage } from './stage.ts';

/** An entrypoint that serves, above a stand-in JVM. */
export interface Supervised {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly jvmPid: number;
  readonly healthPort: number;
  readonly clientPort: number;
  /** Everything that the entrypoint and its JVM have said so far. */
  said(): string;
}

const LOOK_EVERY_MS = 20;

const STAND_IN = fileURLToPath(new URL('imok-server.ts', import.meta.url));

/** A JVM that does nothing but answer the four-letter words on its client port. */
export const SERVING_JAVA = `#!/bin/sh\nexec '${process.execPath}' '${STAND_IN}' "$@"\n`;

/** What the supervisor logs at the first imok, from which moment on it is idle. */
const SERVES = /ZooKeeper answers/;

/** Starts the entrypoint over `javaHome`, as the `index`th of those that run at once. */
export async function startSupervised(
  stage: Stage,
  { javaHome, index }: { javaHome: string; index: number },
): Promise<Supervised> {
  const healthPort = stage.healthPorts[index] ?? 0;
  const env = stage.serverEnvironment(stage.freshFolder(), {
    JAVA_HOME: javaHome,
    ZK_CLIENT_PORT: String(stage.memberPorts[index]),
    ZK_HEALTH_PORT: String(healthPort),
  });
  const child = spawn(stage.program, ['start'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = listenTo(child);
  await saysThatItServes(child, said);
  const pid = child.pid ?? 0;
  const [jvm] = childrenOf(pid);
  if (jvm === undefined) throw new Error('the entrypoint serves without a JVM');
  const clientPort = stage.memberPorts[index] ?? 0;
  return { child, pid, jvmPid: jvm.pid, healthPort, clientPort, said };
}

function listenTo({ stdout, stderr }: ChildProcess): () => string {
  let said = '';
  for (const stream of [stdout, stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk;
    });
  }
  return () => said;
}

async function saysThatItServes(child: ChildProcess, said: () => string): Promise<void> {
  const ended = once(child, 'exit').then(() => true);
  while (!SERVES.test(said())) {
    if (await Promise.race([ended, sleep(LOOK_EVERY_MS, false)])) {
      throw new Error(`start ended before it served: ${said().trim().split('\n').at(-1)}`);
    }
  }
}

/** Stops it as a kubelet would; what will not go within its own budget is left to the stage. */
export async function stopSupervised({ child }: Supervised): Promise<void> {
  const ended = once(child, 'exit');
  if (child.exitCode === null && child.kill('SIGTERM')) await ended;
}

/** How one probe by HTTP ended; the status is 0 where no answer came. */
export interface HttpProbe {
  readonly status: number;
  readonly tookMs: number;
  /** Of head and body. */
  readonly bytes: number;
}

/** Asks the health endpoint as a kubelet does, on a connection of its own, with as little work as that takes here. */
export function httpProbe(port: number, path: string): Promise<HttpProbe> {
  const begunMs = performance.now();
  return new Promise((resolve) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: pod\r\nUser-Agent: kube-probe/1.33\r\nConnection: close\r\n\r\n`,
      );
    });
    socket.on('data', (chunk) => {
      said += chunk;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(said)?.[1] ?? 0);
      resolve({ status, tookMs: performance.now() - begunMs, bytes: said.length });
    });
  });
}

/** What a process has used so far (Linux: read from /proc). */
export interface Usage {
  /** Of all its threads, in nanoseconds on a processor. */
  readonly cpuNs: number;
  /** How often its threads went to sleep by themselves, and so were woken. */
  readonly sleeps: number;
}

/** Pages that are the process's own and no file's, in MiB. */
export function anonymousMiB(pid: number): number {
  const kiB = /^Anonymous:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(kiB) / 1_024;
}

/** Sums over the threads that live now; the supervisor's do not come and go. */
export function usage(pid: number): Usage {
  const tasks = readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}`);
  return {
    cpuNs: sum(tasks.map((task) => Number(readFileSync(`${task}/schedstat`, 'utf8').split(' ')[0]))),
    sleeps: sum(tasks.map((task) => voluntarySwitches(readFileSync(`${task}/status`, 'utf8')))),
  };
}

function voluntarySwitches(status: string): number {
  return Number(/^voluntary_ctxt_switches:\s+(\d+)$/m.exec(status)?.[1]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
