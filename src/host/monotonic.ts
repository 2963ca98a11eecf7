/**
 * Milliseconds of a clock that cannot be set. Not `performance.now()`, because its first use loads a module: that would cost time
 * in every probe, and in a start before its JVM.
 */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
}
