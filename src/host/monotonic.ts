/**
 * Milliseconds of a clock that nobody sets. Not `performance.now()`: its first use loads a module, for which a probe would
 * pay every few seconds, and a start before its JVM.
 */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
}
