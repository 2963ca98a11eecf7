import { setTimeout as sleep } from 'node:timers/promises';
import { loopbackOf } from '../health/address.ts';
import { judgeRuok } from '../health/ruok.ts';
import { askFourLetter } from '../host/four-letter.ts';
import type { Settings } from '../settings/table.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
const TIMEOUT_MS = 1_000;

/** Asks until ZooKeeper answers `imok` for the first time; false when the life ended before. */
export async function awaitAnswer(
  { clientPort, clientAddress }: Pick<Settings, 'clientPort' | 'clientAddress'>,
  signal: AbortSignal,
): Promise<boolean> {
  const host = loopbackOf(clientAddress);
  for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(pauseMs * 1.2, LONGEST_PAUSE_MS)) {
    const exchange = await askFourLetter({
      host,
      port: clientPort,
      word: 'ruok',
      timeoutMs: TIMEOUT_MS,
      maxBytes: 64,
    });
    if (judgeRuok(exchange).ok) return true;
    // The pause must not keep a process alive that has nothing else to wait for.
    await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
  return false;
}
