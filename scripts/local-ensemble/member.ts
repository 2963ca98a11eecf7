import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askFourLetter } from '../../src/host/network/four-letter.ts';
import { readSrvr, type Srvr } from '../../src/zookeeper/four-letter/srvr.ts';
import type { Launch, MemberPorts } from './launch.ts';
import { childrenOf, mark, sendSignal } from './owned.ts';

/** How a process ended: one of the two is null. */
export interface Exit {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

interface MemberOptions {
  readonly ports: MemberPorts;
  readonly all: readonly MemberPorts[];
  /** The folder of the ensemble. */
  readonly parent: string;
  readonly launch: Launch;
}

const SRVR_TIMEOUT_MS = 1_000;

/** One member on this machine: a process, the JVM it may have below it, a folder, and what they wrote. */
export class LocalMember {
  readonly id: number;
  readonly name: string;
  readonly host: string;
  /** The port for clients. */
  readonly port: number;
  /** The port of its health endpoint, the same for all. */
  readonly healthPort: number;
  readonly folder: string;
  /** Standard output and error of every start, one after the other. */
  readonly logFile: string;
  readonly #options: MemberOptions;
  #child: ChildProcess | undefined;
  #exited: Promise<Exit> = Promise.resolve({ status: 0, signal: null });

  constructor(options: MemberOptions) {
    const { ports, parent } = options;
    this.#options = options;
    this.id = ports.id;
    this.name = `zk-${ports.id - 1}`;
    this.host = ports.host;
    this.port = ports.clientPort;
    this.healthPort = ports.healthPort;
    this.folder = join(parent, this.name);
    this.logFile = join(this.folder, 'output.log');
    mkdirSync(this.folder, { recursive: true });
  }

  /**
   * Starts it, in a process group of its own, so that Ctrl-C in a terminal does not reach it; with another list or
   * launcher than the ensemble's where they are given.
   */
  start({ all, launch }: Pick<MemberOptions, 'all' | 'launch'> = this.#options): void {
    const { parent } = this.#options;
    const { file, args, env } = launch({ id: this.id, folder: this.folder, all });
    const output = openSync(this.logFile, 'a');
    const child = spawn(file, args, {
      cwd: this.folder,
      detached: true,
      env: { ...env, ...mark(parent) },
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    this.#child = child;
    this.#exited = once(child, 'exit').then(([status, signal]) => ({ status, signal }));
    // A program that is not there is told by whoever awaits the exit, and must not end this process before.
    this.#exited.catch(() => {});
  }

  /** Settles when the process of the last start has ended. */
  get exited(): Promise<Exit> {
    return this.#exited;
  }

  /** The process that was started: the entrypoint, or java itself; undefined when it has ended. */
  get pid(): number | undefined {
    const ended = this.#child?.exitCode !== null || this.#child.signalCode !== null;
    return ended ? undefined : this.#child?.pid;
  }

  /** The JVM: the process itself or a child of it; undefined while there is none. */
  jvmPid(): number | undefined {
    if (this.pid === undefined) return undefined;
    if (readFileSync(`/proc/${this.pid}/comm`, 'utf8').trim() === 'java') return this.pid;
    return childrenOf(this.pid).find(({ name }) => name === 'java')?.pid;
  }

  /** Sends a signal to the process that was started; returns false when it has ended. */
  kill(signal: NodeJS.Signals): boolean {
    return this.pid !== undefined && sendSignal(this.pid, signal);
  }

  /** Waits until the process has ended, and starts it again as a kubelet would: same folder, same variables. */
  async restart(changed?: Pick<MemberOptions, 'all' | 'launch'>): Promise<void> {
    await this.exited;
    this.start(changed);
  }

  /** What the member says of itself now. */
  async srvr(): Promise<Srvr> {
    const address = { host: this.host, port: this.port };
    return readSrvr(
      await askFourLetter({ ...address, word: 'srvr', timeoutMs: SRVR_TIMEOUT_MS, maxBytes: 65_536 }),
    );
  }

  /** Everything the starts of this member have written so far. */
  log(): string {
    return readFileSync(this.logFile, 'utf8');
  }
}
