/** The value that half of all lie below; NaN for none. */
export function median(values: readonly number[]): number {
  return (quantile(values, 0.5, Math.floor) + quantile(values, 0.5, Math.ceil)) / 2;
}

/** The value that the given share (0 to 1) of all do not exceed; NaN for none. */
export function quantile(
  values: readonly number[],
  share: number,
  round: (position: number) => number = Math.ceil,
): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[round(share * (sorted.length - 1))] ?? Number.NaN;
}

/**
 * Runs A B C A B C … and returns what each gave, by name; so whatever else the machine does falls on all alike. The
 * first round warms up caches and does not count.
 */
export async function interleave<Name extends string, T>(
  rounds: number,
  measurements: Readonly<Record<Name, () => T | Promise<T>>>,
): Promise<Record<Name, T[]>> {
  const names = Object.keys(measurements) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>;
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const result = await measurements[name]();
      if (round > 0) results[name].push(result);
    }
  }
  return results;
}
