import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
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

const STAND_IN = fileURLToPath(new URL('stand-in.ts', import.meta.url));

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
