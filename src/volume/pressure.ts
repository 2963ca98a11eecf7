/** One volume at one moment. */
export interface VolumeSample {
  readonly atMs: number;
  readonly freeBytes: number;
  readonly sizeBytes: number;
  /** What our own reserve takes of it. */
  readonly reserveBytes: number;
}

/** `low`: a purge must run early. `full`: the server must soon stop, so the reserve is released. */
export type Pressure = 'ample' | 'low' | 'full';

const MIB = 1_048_576;

/** What lies on the volume beside free bytes. */
export interface PressureLook extends Pick<VolumeSample, 'freeBytes' | 'sizeBytes'> {
  /** Of the newest snapshot; 0 where there is none. */
  readonly snapshotBytes: number;
}

/** Room for two snapshots, or a tenth of the volume, is little; less than one and a fiftieth is as good as none. */
export function pressureOf({ freeBytes, sizeBytes, snapshotBytes }: PressureLook): Pressure {
  const full = Math.max(MIB, Math.min(sizeBytes / 50, 64 * MIB), Math.min(snapshotBytes, sizeBytes / 8));
  const low = Math.max(
    full,
    Math.min(sizeBytes / 10, 1_024 * MIB),
    Math.min(2 * snapshotBytes, sizeBytes / 4),
  );
  if (freeBytes < full) return 'full';
  return freeBytes < low ? 'low' : 'ample';
}

/**
 * The size of a member's reserve in bytes: a twentieth of the volume, at most 64 MiB. Each next member in the order of ids
 * has half of that in addition, so that members that fill up equally do not stop at the same moment. When two of three have
 * stopped, no client can write.
 */
export function reserveBytes(sizeBytes: number, place: number, given?: number): number {
  const base = given ?? Math.min(Math.floor(sizeBytes / 20), 64 * MIB);
  const steps = Math.min(place, 4);
  return Math.floor((base * (2 + steps)) / 2 / 4_096) * 4_096;
}

const LEAST_SPAN_MS = 60_000;

/**
 * How long until the volume is full if it goes on as between these samples, in milliseconds; undefined where it does not fill, or
 * less than a minute is known. Our own reserve, put there or given up meanwhile, fills nothing. The largest step is left out: one
 * step is no trend, since ZooKeeper takes 64 MiB at once for a new log (preAllocSize).
 */
export function fullInMs(samples: readonly VolumeSample[]): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || last.atMs - first.atMs < LEAST_SPAN_MS) return undefined;
  const left = ({ freeBytes, reserveBytes }: VolumeSample) => freeBytes + reserveBytes;
  const steps = samples.slice(1).map((sample, index) => left(samples[index] ?? sample) - left(sample));
  const taken = left(first) - left(last) - Math.max(0, ...steps);
  return taken <= 0 ? undefined : Math.round((last.freeBytes * (last.atMs - first.atMs)) / taken);
}
