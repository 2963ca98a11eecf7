import { setTimeout as sleep } from 'node:timers/promises';
import { loopbackOf } from '../health/address.ts';
import { askFourLetter } from '../host/network/four-letter.ts';
import type { Settings } from '../settings/table.ts';
import { isAlive, judgeRuok } from '../zookeeper/four-letter/ruok.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
const TIMEOUT_MS = 1_000;

/**
 * Asks until ZooKeeper answers `imok` for the first time, or shows otherwise that it runs; false when the life ended
 * before. A reset is no sign yet: a JVM that ends while it loads leaves connections that it has never taken.
 */
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
    if (exchange.kind !== 'reset' && isAlive(judgeRuok(exchange))) return true;
    // The pause must not keep a process alive that has nothing else to wait for.
    await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
  return false;
}
