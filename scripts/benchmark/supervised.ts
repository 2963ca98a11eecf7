import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { childrenOf } from '../local-ensemble/owned.ts';
import type { Stage } from './stage.ts';

/** An entrypoint that serves, above a stand-in JVM. */
export interface Supervised {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly jvmPid: number;
  readonly healthPort: number;
}

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
  const child = spawn(stage.program, ['start'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  await saysThatItServes(child);
  const pid = child.pid ?? 0;
  const [jvm] = childrenOf(pid);
  if (jvm === undefined) throw new Error('the entrypoint serves without a JVM');
  return { child, pid, jvmPid: jvm.pid, healthPort };
}

async function saysThatItServes({ stderr }: ChildProcess): Promise<void> {
  let said = '';
  for await (const chunk of stderr?.iterator({ destroyOnReturn: false }) ?? []) {
    said += chunk;
    if (SERVES.test(said)) return void stderr?.resume();
  }
  throw new Error(`start ended before it served: ${said.trim().split('\n').at(-1)}`);
}

/** Stops it as a kubelet would; what will not go within its own budget is left to the stage. */
export async function stopSupervised({ child }: Supervised): Promise<void> {
  const ended = once(child, 'exit');
  if (child.exitCode === null && child.kill('SIGTERM')) await ended;
}
