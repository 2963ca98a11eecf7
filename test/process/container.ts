import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { execa, type ResultPromise } from 'execa';
import { onTestFinished, vi } from 'vitest';
import { launcher, memberIn, temporaryFolder } from './run.ts';

/** What fake-jvm.cjs can be told. */
export interface FakeJvm {
  readonly exitAfterMs?: number;
  readonly exitWith?: number;
  readonly ignore?: readonly string[];
  readonly onTerm?: number;
  readonly serve?: boolean;
  readonly mode?: 'leader' | 'follower' | 'standalone';
  readonly grandchild?: boolean;
  readonly lines?: number;
  readonly half?: boolean;
  readonly quiet?: boolean;
}

/** A JAVA_HOME whose java is the given shell script. */
export function javaHome(folder: string, script: string): string {
  mkdirSync(join(folder, 'java/bin'), { recursive: true });
  writeFileSync(join(folder, 'java/bin/java'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'java/bin/java'), 0o755);
  return join(folder, 'java');
}

/** The script that runs fake-jvm.cjs in the JVM's place. */
export function fakeJvm(told: FakeJvm): string {
  const program = join(import.meta.dirname, 'fake-jvm.cjs');
  return `FAKE_JVM='${JSON.stringify(told)}' exec '${process.execPath}' '${program}' "$@"`;
}

/** One `zk-entrypoint start` with a stand-in JVM. */
export interface Container {
  readonly process: ResultPromise;
  readonly pid: number;
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Both streams so far. */
  output(): string;
  /** Waits until the output matches. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Status and signal, when it has ended. */
  ended(): Promise<{ exitCode: number | undefined; signal: string | undefined }>;
  /** What stands in the termination message file. */
  terminationMessage(): string;
}

/** What to run and in which surroundings. */
export interface ContainerOptions {
  readonly variables?: Readonly<Record<string, string>>;
  /** Words before the launcher's own command line, such as `unshare … node`. */
  readonly before?: readonly string[];
  /** What stands in the launcher's place, such as the single executable. */
  readonly program?: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
  /** What is put into the member's folder before. */
  prepare?(folder: string): void;
}

/** Below the ports the system gives away, and another one for every start: `start` refuses one that is taken. */
let lastPort = 10_000 + ((process.pid * 64) % 20_000);
function nextPort(): number {
  lastPort += 1;
  return lastPort;
}

/** Starts a container's command; whatever is left of it is killed when the test ends. */
export function startContainer(script: string, options: ContainerOptions = {}): Container {
  const folder = temporaryFolder();
  options.prepare?.(folder);
  const terminationLog = join(folder, 'termination-log');
  writeFileSync(terminationLog, '');
  chmodSync(terminationLog, 0o666);
  const variables = {
    PATH: process.env['PATH'] ?? '',
    ...memberIn(folder, { ZK_CLIENT_PORT: String(nextPort()) }),
    JAVA_HOME: javaHome(folder, script),
    ...options.variables,
  };
  chmodSync(folder, options.uid === undefined ? 0o755 : 0o777);
  const [file, ...args] = [
    ...(options.before ?? []),
    ...(options.program ?? [process.execPath, '--', launcher]),
    'start',
  ] as unknown as [string, ...string[]];
  const child = execa(file, args, {
    env: variables,
    extendEnv: false,
    reject: false,
    all: true,
    buffer: false,
    stdin: 'ignore',
    encoding: 'buffer',
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.gid ?? options.uid }),
  });
  const chunks: Buffer[] = [];
  child.all?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const pid = child.nodeChildProcess.pid as number;
  const output = () => Buffer.concat(chunks).toString();
  onTestFinished(() => {
    for (const left of processesOf(folder)) killQuietly(left);
  });
  return {
    process: child as unknown as ResultPromise,
    pid,
    folder,
    variables,
    output,
    says: (pattern) =>
      seen(
        () => pattern.exec(output()),
        () => `${pattern} in:\n${output()}`,
      ),
    async ended() {
      const { exitCode, signal } = await child;
      return { exitCode, signal };
    },
    terminationMessage: () => readFileSync(terminationLog, 'utf8'),
  };
}

/** Waits until the look finds something. */
export async function seen<T>(look: () => T | null | undefined | false, what: () => string): Promise<T> {
  return vi.waitFor(
    () => {
      const found = look();
      if (!found) throw new Error(`not seen: ${what()}`);
      return found;
    },
    { timeout: 10_000, interval: 10 },
  );
}

/** True while the process exists and is not a zombie. */
export function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Every process whose environment names the test's own folder; no other is ever touched. */
export function processesOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && isRunning(pid) && environmentOf(pid).includes(`${folder}/`));
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile.
  }
}

/** A port of loopback that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = server.address();
        const port = typeof address === 'object' && address !== null ? address.port : 0;
        server.close(() => resolve(port));
      });
  });
}

/** A PATH that holds everything of ours but the named program. */
export function pathWithout(folder: string, program: string): string {
  const kept = join(folder, 'path');
  mkdirSync(kept, { recursive: true });
  for (const directory of (process.env['PATH'] ?? '').split(':').filter((entry) => existsSync(entry))) {
    for (const name of readdirSync(directory)) {
      if (name === program || existsSync(join(kept, name))) continue;
      try {
        writeFileSync(join(kept, name), `#!/bin/sh\nexec '${join(directory, name)}' "$@"\n`, { mode: 0o755 });
      } catch {
        // A name that cannot be made here is not needed either.
      }
    }
  }
  return kept;
}
