/**
 * Random hexadecimal digits for names, never for secrets. V8 seeds its random numbers from the system. node:crypto is not used,
 * because it needs 10 ms to load.
 */
export function randomDigits(count: number): string {
  return Array.from({ length: count }, () => Math.trunc(Math.random() * 16).toString(16)).join('');
}
