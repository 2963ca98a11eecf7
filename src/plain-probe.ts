import { parseTimeout, probe } from './commands/probe.ts';

export { endNow } from './host/process/end-now.ts';

/**
 * The plain forms `live`, `ready` and `… --timeout 3s`, without the command line parser and everything behind it;
 * undefined for every other form, which the whole program then reads.
 */
export function run(words: readonly string[]): Promise<number> | undefined {
  const [name, flag, value, ...rest] = words;
  if ((name !== 'live' && name !== 'ready') || rest.length > 0) return undefined;
  if (flag === undefined) return probe(name);
  const timeout = flag === '--timeout' && value !== undefined ? parseTimeout(value) : undefined;
  return timeout?.ok ? probe(name, timeout.value) : undefined;
}
