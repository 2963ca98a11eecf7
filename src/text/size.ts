const UNITS = [
  ['GiB', 2 ** 30],
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
] as const;

/** A number of bytes for people, in the largest unit that fits: `2 GiB`, `1.5 MiB`, `384 MiB`, `0 bytes`. */
export function formatSize(bytes: number): string {
  const [unit, size] = UNITS.find(([, least]) => bytes >= least) ?? ['bytes', 1];
  const count = bytes / size;
  return `${count.toFixed(count >= 10 || Number.isInteger(count) ? 0 : 1)} ${unit}`;
}
