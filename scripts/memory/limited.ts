import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from '../local-ensemble/launch.ts';

const ROOT = '/sys/fs/cgroup';
/** The last process leaves its cgroup a moment after it has ended. */
const REMOVAL_TRIES = 50;
const REMOVAL_PAUSE_MS = 100;

/** A memory cgroup of its own, version 2 or 1, for what is started through it; nobody else's is touched. */
export class LimitedMemory {
  readonly #isV2 = existsSync(`${ROOT}/cgroup.controllers`);
  readonly #mount = this.#isV2 ? ROOT : `${ROOT}/memory`;
  readonly #path: string;

  constructor(name: string, limitBytes: number) {
    this.#path = join(this.#mount, `zk-entrypoint-memory-${process.pid}-${name}`);
    mkdirSync(this.#path);
    const file = this.#isV2 ? 'memory.max' : 'memory.limit_in_bytes';
    writeFileSync(join(this.#path, file), String(limitBytes));
  }

  /** The same command inside the limit, which sees this cgroup where a container sees its own. */
  inside({ file, args, env }: Command): Command {
    const script = 'echo $$ >"$0/cgroup.procs" && mount --bind "$0" "$1" && shift && exec "$@"';
    return {
      file: 'unshare',
      args: ['--mount', 'sh', '-c', script, this.#path, this.#mount, file, ...args],
      env,
    };
  }

  /** What the processes hold and the kernel cannot take back, in bytes. */
  get anonymousBytes(): number {
    const [, bytes] = /^(?:total_rss|anon) (\d+)$/m.exec(this.#read('memory.stat')) ?? [];
    return Number(bytes ?? 0);
  }

  get oomKills(): number {
    const text = this.#read(this.#isV2 ? 'memory.events' : 'memory.oom_control');
    return Number(/^oom_kill (\d+)$/m.exec(text)?.[1] ?? 0);
  }

  async remove(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        rmdirSync(this.#path);
        return;
      } catch (error) {
        if (tries === REMOVAL_TRIES) throw error;
        await sleep(REMOVAL_PAUSE_MS);
      }
    }
  }

  #read(file: string): string {
    return readFileSync(join(this.#path, file), 'utf8');
  }
}
