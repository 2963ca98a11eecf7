import { endNow } from './host/process/end-now.ts';
import { noteStops } from './host/process/signals.ts';

/**
 * The entry of the single executable, in the launcher's place: the plain forms first, each read only when it is run.
 * What `bin/zk-entrypoint` does by three files is done here by functions that are called late.
 */
async function runBinary(words: readonly string[]): Promise<void> {
  const [name] = words;
  if (name === 'start') noteStops();
  const plain =
    name === 'start'
      ? (await import('./plain-start.ts')).run
      : name === 'live' || name === 'ready'
        ? (await import('./plain-probe.ts')).run
        : undefined;
  const running = plain?.(words);
  if (running) endNow(await running);
  await import('./main.ts');
}

void runBinary(process.argv.slice(2));
