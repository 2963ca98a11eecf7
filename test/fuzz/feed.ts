import { setFlagsFromString } from 'node:v8';
import { createContext, Script } from 'node:vm';
import fc from 'fast-check';

/** How many inputs each reader gets; `npm run fuzz` sets a million. */
export const RUNS = Number(process.env['ZK_ENTRYPOINT_FUZZ_RUNS'] ?? 10_000);

const BATCH = 1_000;

/** A reader that has not finished a batch by then hangs; a thousand inputs take some 20 ms. */
const HANG_MS = 20_000;

/** What a reader may keep of all it has read, whatever their number: the code that the engine compiled meanwhile. */
const GROWTH_BYTES = 1_500_000;

/** A reader and what it is fed with. */
export interface Feeding<T> {
  readonly inputs: fc.Arbitrary<T>;
  /** Throws when what it made of the input is wrong. */
  read(input: T): unknown;
  readonly runs?: number;
  readonly seed?: number;
  readonly hangMs?: number;
}

/** Feeds a reader; throws with the seed and the input when it throws, hangs, or keeps what it has read. */
export function feed<T>({
  inputs,
  read,
  runs = RUNS,
  seed = Date.now(),
  hangMs = HANG_MS,
}: Feeding<T>): void {
  const batches = Math.ceil(runs / BATCH);
  let before = 0;
  for (let batch = 0; batch < batches; batch += 1) {
    const samples = fc.sample(inputs, { numRuns: Math.min(BATCH, runs - batch * BATCH), seed: seed + batch });
    readAll({ samples, read, seed: seed + batch, hangMs });
    // The first batch warms up what is made once.
    if (batch === 0) before = heapInUse();
  }
  const growth = heapInUse() - before;
  if (growth > GROWTH_BYTES)
    throw new Error(`after ${runs} inputs (seed ${seed}) the heap has ${growth} bytes more`);
}

const context = createContext({ work: undefined });
const script = new Script('work()');

/** V8 interrupts even a loop without calls and a regular expression that backtracks. */
function readAll<T>({
  samples,
  read,
  seed,
  hangMs,
}: { samples: T[]; seed: number; hangMs: number } & Pick<Feeding<T>, 'read'>): void {
  let at = 0;
  context['work'] = () => {
    for (const sample of samples) {
      at += 1;
      read(sample);
    }
  };
  try {
    script.runInContext(context, { timeout: hangMs });
  } catch (error) {
    const shown = JSON.stringify(samples[at - 1])?.slice(0, 2_000);
    throw new Error(
      `input ${at} of seed ${seed}: ${shown}: ${error instanceof Error ? error.message : error}`,
      { cause: error },
    );
  } finally {
    context['work'] = undefined;
  }
}

/** The heap in bytes after a full collection. */
export function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect = new Script('gc').runInNewContext() as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
