import type { Finding } from '../findings/finding.ts';
import { clientPortFindings } from '../host/client-port.ts';
import type { Log } from '../host/log.ts';
import { machineFindings } from '../host/volume.ts';
import type { Prepared, Ready } from '../preparation/prepare.ts';
import { Admission } from './admission.ts';
import { HealthDesk } from './health-desk.ts';
import type { phaseFacts } from './phase-facts.ts';
import { RecordKeeper } from './record-keeper.ts';
import { Standing } from './standing.ts';
import { VolumeHold } from './volume-hold.ts';

/** What the life lends for the look. */
interface Lent {
  readonly log: Log;
  /** Aborted when the start is given up. */
  readonly signal: AbortSignal;
  phase(): ReturnType<typeof phaseFacts>;
}

/** Who goes on once nothing refuses the start. */
export interface Arrival {
  readonly admission: Admission;
  readonly keeper: RecordKeeper;
  readonly hold: VolumeHold;
}

/**
 * Takes the volume, then reports what machine, volume and peers show; undefined when that refuses the start. The health
 * endpoint is opened last, since an open port is a promise to answer; or while the volume is waited for.
 */
export async function lookAround(prepared: Prepared, lent: Lent): Promise<Arrival | undefined> {
  const { draft, ready, ledger } = prepared;
  if (draft === undefined) return undefined;
  const desk = new HealthDesk(prepared, lent.phase);
  const waits = () => desk.openWhileWaiting(() => hold.waiting);
  const hold = new VolumeHold(draft.settings, { ...lent, waits });
  // A start that is refused anyway, or given up, takes nothing.
  if (ready !== undefined && !lent.signal.aborted) ledger.report(await hold.take());
  // Of a volume that another server has, nothing is read and nothing is told.
  if (hold.waiting !== undefined || lent.signal.aborted) return undefined;
  const standing = new Standing(draft);
  const admission = new Admission(standing, { ...lent, ledger });
  ledger.report(await lookAtAll(draft, { standing, admission }));
  if (ready === undefined || ledger.refuses) return undefined;
  ledger.report(await desk.open({ standing, admission }));
  return { admission, keeper: new RecordKeeper(standing, lent.log), hold };
}

async function lookAtAll(
  draft: Ready,
  { standing, admission }: { standing: Standing; admission: Admission },
): Promise<Finding[]> {
  const { clientPort, clientAddress } = draft.settings;
  const [port, peers] = await Promise.all([clientPortFindings(clientPort, clientAddress), admission.look()]);
  return [...machineFindings({ ...draft, ...standing.forVolume }), ...port, ...peers];
}
