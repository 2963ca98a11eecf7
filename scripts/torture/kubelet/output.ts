import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { mark, sendSignal } from '../../local-ensemble/owned.ts';

/** What a container runtime reads of a container: a pipe, and a process that copies it to `output.log`. */
export class Output {
  /** For the container's standard output and error; closed here once it has been handed on. */
  readonly descriptor: number;
  readonly #both: number;
  readonly #reader: ChildProcess;
  readonly #over: Promise<unknown>;

  /** `folder` is that of the run, `name` the member's. */
  constructor({ folder, name }: { readonly folder: string; readonly name: string }) {
    const pipe = join(folder, name, 'output.pipe');
    if (!existsSync(pipe)) execFileSync('mkfifo', [pipe]);
    // Neither of the others has to wait for its other end.
    this.#both = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    this.descriptor = openSync(pipe, constants.O_WRONLY);
    const [input, file] = [
      openSync(pipe, constants.O_RDONLY),
      openSync(join(folder, name, 'output.log'), 'a'),
    ];
    const env = { ...process.env, ...mark(folder) };
    this.#reader = spawn('cat', [], { detached: true, env, stdio: [input, file, 'ignore'] });
    this.#over = once(this.#reader, 'exit');
    for (const descriptor of [input, file]) closeSync(descriptor);
  }

  handedOn(): void {
    closeSync(this.descriptor);
  }

  /** Nobody reads any more, and the pipe is full: whoever writes now waits. */
  stop(): void {
    this.#signal('SIGSTOP');
    try {
      for (;;) writeSync(this.#both, `${'.'.repeat(4_095)}\n`);
    } catch {
      // Full.
    }
  }

  goOn(): void {
    this.#signal('SIGCONT');
  }

  /** Settles when everything that was written has been read. */
  async end(): Promise<void> {
    this.goOn();
    closeSync(this.#both);
    await this.#over;
  }

  #signal(name: NodeJS.Signals): void {
    if (this.#reader.pid !== undefined && this.#reader.exitCode === null) sendSignal(this.#reader.pid, name);
  }
}
