import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from '../../local-ensemble/launch.ts';
import { mark, sendSignal } from '../../local-ensemble/owned.ts';
import { memberMark, processesOf } from '../machine/processes.ts';
import { Output } from './output.ts';
import type { End } from './records.ts';

/** terminationGracePeriodSeconds: more than ZK_STOP_TIMEOUT of the members. */
const GRACE_MS = 6_000;
const LINGER_MS = 1_000;
const PAUSE_MS = 50;

interface ContainerOptions {
  /** The folder of the run. */
  readonly folder: string;
  readonly name: string;
  readonly start: number;
  readonly command: Command;
}

/** One start of a member: the supervisor, and what it starts. */
export class Container {
  readonly #options: ContainerOptions;
  readonly #child: ChildProcess;
  readonly #startedAtMs = Date.now();
  readonly #jvms = new Set<number>();
  readonly #exited: Promise<[number | null, string | null]>;
  #asked: string | undefined;
  #killed = false;
  over = false;
  readonly output: Output;

  constructor(options: ContainerOptions) {
    const { folder, name, command } = options;
    this.#options = options;
    this.output = new Output(options);
    const { descriptor } = this.output;
    writeFileSync(join(folder, name, 'termination-log'), '');
    const env = { ...command.env, ...mark(folder), ...memberMark(name) };
    this.#child = spawn(command.file, command.args, {
      detached: true,
      env,
      stdio: ['ignore', descriptor, descriptor],
    });
    this.output.handedOn();
    this.#exited = once(this.#child, 'exit').then(([status, signal]) => [status, signal]);
    this.#exited.catch(() => {});
  }

  /** The supervisor; undefined once it has ended. */
  get pid(): number | undefined {
    return this.over || this.#child.exitCode !== null || this.#child.signalCode !== null
      ? undefined
      : this.#child.pid;
  }

  /** Its JVM, while there is one, wherever below it. */
  jvmPid(): number | undefined {
    if (this.pid === undefined) return undefined;
    const { folder, name } = this.#options;
    const found = processesOf(folder, name).find((process) => process.name === 'java');
    if (found !== undefined) this.#jvms.add(found.pid);
    return found?.pid;
  }

  /** TERM, and KILL to everything of the container when the grace is over, as a kubelet does. */
  async end(why: string): Promise<void> {
    if (this.pid === undefined) return;
    this.#asked ??= why;
    sendSignal(this.pid, 'SIGTERM');
    await Promise.race([this.#exited, sleep(GRACE_MS, undefined, { ref: false })]);
    if (this.pid === undefined) return;
    this.#killed = true;
    this.killAll();
    await this.#exited;
  }

  killAll(): void {
    for (const { pid } of processesOf(this.#options.folder, this.#options.name)) sendSignal(pid, 'SIGKILL');
  }

  /** Settles when the container has ended and nothing of it runs any more. */
  async ended(): Promise<End> {
    const [status, signal] = await this.#exited;
    this.over = true;
    const { folder, name, start } = this.#options;
    const leftovers = await this.#leftovers();
    await this.output.end();
    const reason = readFileSync(join(folder, name, 'termination-log'), 'utf8');
    const now = Date.now();
    return {
      member: name,
      start,
      atMs: now,
      ranMs: now - this.#startedAtMs,
      status,
      signal,
      reason,
      asked: this.#asked,
      killedByKubelet: this.#killed,
      leftovers,
      jvms: this.#jvms.size,
    };
  }

  /** What outlives the supervisor by more than a moment; a kernel needs one to end what was killed with it. */
  async #leftovers(): Promise<string[]> {
    const { folder, name } = this.#options;
    const deadline = Date.now() + LINGER_MS;
    let left = processesOf(folder, name);
    while (left.length > 0 && Date.now() < deadline) {
      await sleep(PAUSE_MS);
      left = processesOf(folder, name);
    }
    const stuck = left.filter(({ pid }) => !waitsForDisk(pid));
    while (left.length > 0) {
      for (const { pid } of left) sendSignal(pid, 'SIGKILL');
      await sleep(PAUSE_MS);
      left = processesOf(folder, name);
    }
    return stuck.map(({ pid, name: what }) => `${what} (${pid})`);
  }
}

/** Uninterruptible: it is killed already, and goes when its disk answers. */
function waitsForDisk(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.startsWith('D') === true;
  } catch {
    return true;
  }
}
