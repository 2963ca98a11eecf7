import { throttleFindings } from '../checks/jvm/memory.ts';
import { type Finding, finding } from '../findings/finding.ts';
import type { Ledger } from '../findings/ledger.ts';
import type { ResourceFacts, VolumeFact } from '../health/facts.ts';
import { describeErrno } from '../host/errno.ts';
import { identityOf } from '../host/files/identity-of.ts';
import { countThrottles, readMemory, usedMemory } from '../host/machine/cgroup.ts';
import type { Log } from '../host/output/log.ts';
import { isVolume } from '../host/volume/read-places.ts';
import {
  heldFiles,
  keepReserve,
  purgeNow,
  releaseReserve,
  reserveIn,
  sampleVolume,
} from '../host/volume/room.ts';
import { setAsideTimes } from '../host/volume/set-aside.ts';
import type { Ready } from '../preparation/prepare.ts';
import { usesNetty } from '../settings/memory.ts';
import type { Memory } from '../settings/row.ts';
import { formatSize } from '../text/size.ts';
import { formatSpan } from '../text/span.ts';
import { fullInMs, type Pressure, pressureOf, reserveBytes, type VolumeSample } from '../volume/pressure.ts';
import { smallestLimit } from '../zookeeper/heap-room.ts';

/** A look costs a tenth of a millisecond; the next comes before a quarter of the room can be written, at 50 MB a second. */
const SELDOMEST_MS = 30_000;
const OFTENEST_MS = 500;
const FASTEST_BYTES_PER_MS = 50_000;
/** A limit that is changed under a running member is told within ten seconds. */
const MEMORY_EVERY_MS = 8_000;
const LIST_EVERY_MS = 30_000;
const SAMPLES = 200;
const TELL_AGAIN_MS = 300_000;
const NO_HIGH =
  'set resources.requests.memory to the value of resources.limits.memory, so that there is no memory.high; or lower ZK_HEAP_SIZE';
/** What a purge could not remove a moment ago, it need not try again at once. */
const PURGE_PAUSE_MS = 1_000;

interface Watching {
  readonly ready: Ready;
  readonly ledger: Ledger;
  readonly log: Log;
  /** Aborted at the end of this life. */
  readonly signal: AbortSignal;
  nowMs(): number;
}

interface Volume {
  readonly name: VolumeFact['name'];
  readonly directory: string;
  /** Whether it is mounted for this alone, and not the root of a container or a machine. */
  readonly isMount: boolean;
  samples: readonly VolumeSample[];
  /** What was told last of it. */
  scarce?: { readonly pressure: Pressure; readonly atMs: number; readonly found: Finding };
}

/**
 * Looks after room and memory while the JVM runs: purges before its time when room is short, gives the reserve up when there is
 * nearly none and puts it back later, and tells of what a person must change. A bundle of its own (tsup.config.ts).
 */
export class Resources {
  readonly #watching: Watching;
  readonly #volumes: readonly Volume[];
  readonly #place: number;
  #held = heldNothing();
  #setAside = 0;
  #purgedAtMs = Number.NEGATIVE_INFINITY;
  #listedAtMs = Number.NEGATIVE_INFINITY;
  #lastPurgeMs: number | undefined;
  #told: readonly Finding[] = [];
  #toldOfMemory: readonly Finding[] = [];
  readonly #limitBefore = readMemory();
  #throttles = countThrottles() ?? 0;
  #throttledAtMs = Number.NEGATIVE_INFINITY;

  constructor(watching: Watching) {
    this.#watching = watching;
    const { settings, ensemble } = watching.ready;
    const at = (name: VolumeFact['name'], directory: string): Volume => ({
      name,
      directory,
      isMount: isVolume(directory),
      samples: [],
    });
    const data = at('data', settings.dataDir);
    const isOne =
      settings.dataDir === settings.dataLogDir || sameDevice(settings.dataDir, settings.dataLogDir);
    this.#volumes = isOne ? [data] : [data, at('log', settings.dataLogDir)];
    const ids = ensemble.members.map(({ id }) => id).toSorted((one, other) => one - other);
    this.#place = Math.max(0, ids.indexOf(ensemble.myid));
  }

  begin(): void {
    const again = async () => {
      if (this.#watching.signal.aborted) return;
      await this.look();
      setTimeout(() => void again(), this.#untilNextMs).unref();
    };
    void again();
    const memory = setInterval(() => this.#lookAtMemory(), MEMORY_EVERY_MS).unref();
    this.#watching.signal.addEventListener('abort', () => clearInterval(memory), { once: true });
  }

  get #untilNextMs(): number {
    const free = this.#volumes.map(({ samples }) => samples.at(-1)?.freeBytes ?? 0);
    const leastMs = Math.min(...free) / FASTEST_BYTES_PER_MS / 4;
    return Math.min(SELDOMEST_MS, Math.max(OFTENEST_MS, leastMs));
  }

  /** One look at the volumes, and what follows from it. */
  async look(): Promise<void> {
    const { ledger, log } = this.#watching;
    const findings: Finding[] = [];
    try {
      if (this.#watching.nowMs() - this.#listedAtMs >= LIST_EVERY_MS) this.#list();
      for (const volume of this.#volumes) {
        let pressure = await this.#sample(volume);
        if (pressure !== 'ample' && this.#purge()) pressure = await this.#sample(volume);
        if (pressure === 'full' && releaseReserve(volume.directory)) {
          log.write('warn', `${volume.directory} is nearly full: its reserve is given up`);
          pressure = await this.#sample(volume);
        }
        if (pressure === 'ample') await this.#putBack(volume);
        else findings.push(this.#scarceNow(volume, pressure));
      }
    } catch (error) {
      log.write('warn', `the free space on the volume is not known: ${describeErrno(error)}`);
    }
    ledger.replace(this.#told, findings);
    this.#told = findings;
  }

  /** As of the last look. */
  get facts(): ResourceFacts {
    const { ready } = this.#watching;
    const { memoryBytes, memoryIs, highBytes } = readMemory();
    return {
      volumes: this.#volumes.map(({ name, samples }) => {
        const last = samples.at(-1);
        return {
          name,
          freeBytes: last?.freeBytes ?? 0,
          sizeBytes: last?.sizeBytes ?? 0,
          fullInMs: fullInMs(samples),
        };
      }),
      snapshots: this.#held.snapshots,
      logs: this.#held.logs,
      lastPurgeMs: this.#lastPurgeMs,
      setAside: this.#setAside,
      memory: {
        usedBytes: usedMemory(),
        limitBytes: memoryIs === 'limit' ? memoryBytes : undefined,
        highBytes,
        throttles: highBytes === undefined ? undefined : countThrottles(),
        heapLimitBytes: ready.heapBytes,
      },
    };
  }

  #list(): void {
    this.#listedAtMs = this.#watching.nowMs();
    this.#held = heldFiles(this.#watching.ready.settings);
    this.#setAside = setAsideTimes(this.#watching.ready.settings.dataDir).length;
  }

  async #sample(volume: Volume) {
    const sample = {
      atMs: this.#watching.nowMs(),
      ...(await sampleVolume(volume.directory)),
      reserveBytes: reserveIn(volume.directory),
    };
    volume.samples = [...volume.samples, sample].slice(-SAMPLES);
    return pressureOf({ ...sample, snapshotBytes: this.#held.snapshots.newestBytes });
  }

  /** True when something was removed. */
  #purge(): boolean {
    const { ready, log, nowMs } = this.#watching;
    if (nowMs() - this.#purgedAtMs < PURGE_PAUSE_MS) return false;
    this.#purgedAtMs = nowMs();
    const { snapshots, logs, bytes } = purgeNow(ready.settings, ready.settings.snapRetainCount);
    if (snapshots.length + logs.length === 0) return false;
    this.#lastPurgeMs = Date.now();
    this.#list();
    log.write('info', purged({ snapshots, logs, bytes }));
    return true;
  }

  async #putBack({ directory, samples, isMount }: Volume): Promise<void> {
    const { ready, log } = this.#watching;
    const last = samples.at(-1);
    // On the disk of a container or a laptop, which is shared with everything else, it would help nobody.
    if (ready.settings.diskReserve === 0 || last === undefined || !isMount) return;
    const wanted = reserveBytes(last.sizeBytes, this.#place, ready.settings.diskReserve);
    const held = reserveIn(directory);
    // One that was cut off in the middle of its making is made anew.
    if (held >= wanted / 2) return;
    if (held > 0) releaseReserve(directory);
    const left = {
      ...last,
      freeBytes: last.freeBytes - 2 * wanted,
      snapshotBytes: this.#held.snapshots.newestBytes,
    };
    if (pressureOf(left) !== 'ample') return;
    try {
      await keepReserve(directory, wanted);
    } catch (error) {
      log.write('warn', `${directory} ${describeErrno(error)}; it has no reserve`);
    }
  }

  /** The figures in it change with every look, which is no news: it is told again when the pressure changes, or after minutes. */
  #scarceNow(volume: Volume, pressure: Pressure): Finding {
    const nowMs = this.#watching.nowMs();
    const last = volume.scarce;
    if (last !== undefined && last.pressure === pressure && nowMs - last.atMs < TELL_AGAIN_MS)
      return last.found;
    const found = this.#scarce(volume);
    volume.scarce = { pressure, atMs: nowMs, found };
    return found;
  }

  #scarce({ directory, samples }: Volume): Finding {
    const last = samples.at(-1);
    const full = fullInMs(samples);
    const when = full === undefined ? '' : `, and is full in ${formatSpan(full)} if it goes on like this`;
    return finding('ZK-SPACE-005', {
      subject: directory,
      problem: `has ${formatSize(last?.freeBytes ?? 0)} free of ${formatSize(last?.sizeBytes ?? 0)}${when}; files that a purge may remove are removed now`,
      remedy:
        'enlarge the volume, or let clients write less; members stop when it is full, and come back when there is room',
    });
  }

  #lookAtMemory(): void {
    const { ledger, ready } = this.#watching;
    const now = readMemory();
    const findings = [
      ...resized(this.#limitBefore, now, ready),
      ...this.#throttled(now),
      ...this.#treeFindings(),
    ];
    ledger.replace(this.#toldOfMemory, findings);
    this.#toldOfMemory = findings;
  }

  /** A memory.high that was set or lowered meanwhile, as the start's own check tells of one; and one that is reached. */
  #throttled(now: Memory): Finding[] {
    const { ready, nowMs } = this.#watching;
    const count = countThrottles() ?? 0;
    if (count > this.#throttles) this.#throttledAtMs = nowMs();
    this.#throttles = count;
    const { highBytes } = now;
    if (highBytes !== undefined && nowMs() - this.#throttledAtMs < TELL_AGAIN_MS)
      return [
        finding('ZK-MEMORY-007', {
          subject: 'memory.high',
          problem: `is ${formatSize(highBytes)}, and the container has reached it: the kernel slows the container down, and sessions may expire`,
          remedy: NO_HIGH,
        }),
      ];
    if (highBytes === this.#limitBefore.highBytes) return [];
    return throttleFindings(now, {
      heapBytes: ready.heapBytes,
      usesNetty: usesNetty(ready.settings),
    });
  }

  /** The tree in the heap takes about three times what its snapshot has; a copy is made while one is sent. */
  #treeFindings(): Finding[] {
    const { heapBytes } = this.#watching.ready;
    const { newestBytes } = this.#held.snapshots;
    if (3 * newestBytes <= heapBytes) return [];
    return [
      finding('ZK-MEMORY-004', {
        subject: 'ZK_HEAP_SIZE',
        problem: `is ${formatSize(heapBytes)}, and the newest snapshot has ${formatSize(newestBytes)}: the data takes about three times as much in the heap`,
        remedy: `raise it to ${formatSize(4 * newestBytes)} and the memory limit with it, or remove data`,
      }),
    ];
  }
}

function resized(
  before: ReturnType<typeof readMemory>,
  now: ReturnType<typeof readMemory>,
  { heapBytes, settings }: Pick<Ready, 'heapBytes' | 'settings'>,
): Finding[] {
  const facts = { usesNetty: usesNetty(settings) };
  if (now.memoryIs !== 'limit' || now.memoryBytes === before.memoryBytes) return [];
  const [limit, was] = [formatSize(now.memoryBytes), formatSize(before.memoryBytes)];
  const needed = smallestLimit(heapBytes, facts);
  if (now.memoryBytes < needed)
    return [
      finding('ZK-MEMORY-005', {
        subject: 'memory limit',
        problem: `was changed from ${was} to ${limit} while the JVM runs, which can use ${formatSize(needed)}: the kernel would kill it`,
        remedy: `set the limit to ${formatSize(needed)} or more now; or lower ZK_HEAP_SIZE and restart the members one after the other`,
      }),
    ];
  return [
    finding('ZK-MEMORY-006', {
      subject: 'memory limit',
      problem: `was changed from ${was} to ${limit} while the JVM runs, whose heap stays at ${formatSize(heapBytes)}`,
      remedy: 'restart the members one after the other, so that their heap matches the limit',
    }),
  ];
}

function purged({ snapshots, logs, bytes }: ReturnType<typeof purgeNow>): string {
  return `little space is left: purged ${snapshots.length} snapshots and ${logs.length} logs early, ${formatSize(bytes)}`;
}

function heldNothing(): ReturnType<typeof heldFiles> {
  const none = { count: 0, bytes: 0, newestBytes: 0 };
  return { snapshots: none, logs: none };
}

function sameDevice(one: string, other: string): boolean {
  return identityOf(one)?.split(':')[0] === identityOf(other)?.split(':')[0];
}

/**
 * Before a start that would find no room: gives the reserve up and removes what a purge may remove. Returns what was done, a
 * sentence each.
 */
export function makeRoom(settings: Ready['settings']): string[] {
  const done: string[] = [];
  for (const directory of new Set([settings.dataDir, settings.dataLogDir]))
    if (releaseReserve(directory)) done.push(`${directory} is full: its reserve is given up`);
  const gone = purgeNow(settings, settings.snapRetainCount);
  if (gone.snapshots.length + gone.logs.length > 0) done.push(purged(gone));
  return done;
}
