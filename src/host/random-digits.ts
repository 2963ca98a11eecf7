/**
 * Hexadecimal digits that are not told twice; for names, never for secrets. V8 seeds this source of numbers from the
 * system's; node:crypto, with its 10 ms, is not loaded for it.
 */
export function randomDigits(count: number): string {
  return Array.from({ length: count }, () => Math.trunc(Math.random() * 16).toString(16)).join('');
}
