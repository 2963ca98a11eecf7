import { setTimeout as sleep } from 'node:timers/promises';
import { finding } from '../findings/finding.ts';
import type { Ledger } from '../findings/ledger.ts';
import type { WaitingFact } from '../health/facts.ts';
import type { Log } from '../host/output/log.ts';
import { type Held, HOLD_FILE, readHold } from '../host/volume/hold-file.ts';
import { visible } from '../text/visible.ts';
import { Progress } from './progress.ts';

const PAUSE_MS = 1_000;
/** In characters, of what a person gave as the reason. */
const LONGEST_REASON = 300;

const REMEDY = 'repair the volume, then: zk-entrypoint release';

interface Holding {
  readonly log: Log;
  /** Aborted when the start is given up. */
  readonly signal: AbortSignal;
  readonly ledger: Ledger;
  /** For the probes and `status`. */
  setWaiting(waiting: WaitingFact | undefined): void;
  /** Called once it is known that the member is held, and the health endpoint reports it. */
  begins(): Promise<void>;
}

/**
 * Waits as long as the member of this data directory is held. There is no JVM, only the file of the hold is read, and
 * nothing is written. A separate bundle (tsup.config.ts). True if it was held and is released now. It also returns when the
 * start is given up.
 */
export async function whileHeld(
  dataDir: string,
  { log, signal, ledger, setWaiting, begins }: Holding,
): Promise<boolean> {
  let held = readHold(dataDir);
  if (held === undefined) return false;
  const sentence = heldSentence(held);
  const found = [
    finding('ZK-VOLUME-050', { subject: `${dataDir}/${HOLD_FILE}`, problem: sentence, remedy: REMEDY }),
  ];
  ledger.report(found);
  setWaiting({ sentence, sinceMs: held.sinceMs, remedy: REMEDY, isReady: false, kind: 'held' });
  await begins();
  const progress = new Progress((line) => log.write('info', line));
  while (held !== undefined && !signal.aborted) {
    progress.say(`${sentence}; ${REMEDY}`);
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    held = readHold(dataDir);
  }
  if (held !== undefined) return false;
  setWaiting(undefined);
  ledger.withdraw(found);
  log.write('info', 'this member is released');
  return true;
}

function heldSentence({ reason }: Held): string {
  const why = reason === '' ? '' : ` (${visible(reason, LONGEST_REASON)})`;
  return `this member is held${why}: the pod runs, its JVM does not`;
}
