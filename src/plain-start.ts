import { start } from './commands/start.ts';
import { handOverPid1 } from './host/init.ts';

export { endNow } from './host/end-now.ts';

/** The plain form `start`, the container's command, without the command line parser; undefined for every other form. */
export function run(words: readonly string[]): Promise<number> | undefined {
  return words.length === 1 ? start({}, handOverPid1()) : undefined;
}
