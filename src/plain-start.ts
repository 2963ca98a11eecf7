import { start } from './commands/start.ts';
import { handOverPid1 } from './host/process/init.ts';

export { endNow } from './host/process/end-now.ts';

/** The plain form `start`, the container's command, without the command line parser; undefined for every other form. */
export function run(words: readonly string[]): Promise<number> | undefined {
  return words.length === 1 ? start({}, handOverPid1()) : undefined;
}
