const SECOND_MS = 1_000;
const UNITS = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3_600 },
  { name: 'min', seconds: 60 },
  { name: 's', seconds: 1 },
] as const;

/** A span of time for people, by its two largest units: `850 ms`, `12 s`, `5 min 3 s`, `3 h 12 min`, `2 d 4 h`. */
export function formatSpan(ms: number): string {
  if (ms < SECOND_MS) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.floor(ms / SECOND_MS);
  const first = UNITS.findIndex((unit) => seconds >= unit.seconds);
  return UNITS.slice(first, first + 2)
    .map((unit, index) => ({ unit, count: countOf(seconds, first + index) }))
    .filter(({ count }, index) => index === 0 || count > 0)
    .map(({ unit, count }) => `${count} ${unit.name}`)
    .join(' ');
}

/** How many whole units of that index are left after the larger ones are taken off. */
function countOf(seconds: number, index: number): number {
  const larger = UNITS[index - 1]?.seconds ?? Number.POSITIVE_INFINITY;
  return Math.floor((index === 0 ? seconds : seconds % larger) / (UNITS[index]?.seconds ?? 1));
}
