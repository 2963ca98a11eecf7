import type { Ledger } from '../findings/ledger.ts';
import { becomeUser, staysRoot } from '../host/account/become-user.ts';
import { userToBecome } from '../host/account/privileges.ts';
import { clientPortFindings } from '../host/network/client-port.ts';
import type { Log } from '../host/output/log.ts';
import { machineFindings } from '../host/volume/volume.ts';
import type { Prepared, Ready } from '../preparation/prepare.ts';
import { Admission } from '../start/admission.ts';
import { RecordKeeper } from '../start/record-keeper.ts';
import { Standing } from '../start/standing.ts';
import { VolumeHold } from '../start/volume-hold.ts';
import { HealthDesk } from './health-desk.ts';
import type { phaseFacts } from './phase-facts.ts';

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
  // Root answers nobody: where it is to become a user later, the port stays closed until then.
  const mayAnswer = userToBecome(draft.settings.user) === undefined;
  const waits = async () => (mayAnswer ? desk.openWhileWaiting(() => hold.waiting) : undefined);
  const hold = new VolumeHold(draft.settings, { ...lent, waits });
  // A start that is refused anyway, or given up, takes nothing.
  if (ready !== undefined && !lent.signal.aborted) ledger.report(await hold.take());
  // Of a volume that another server has, nothing is read and nothing is told.
  if (hold.waiting !== undefined || lent.signal.aborted) return undefined;
  const standing = new Standing(draft);
  const admission = new Admission(standing, { ...lent, ledger });
  await lookAtAll(draft, { standing, admission, ledger });
  if (ready === undefined || ledger.refuses) return undefined;
  const keeper = new RecordKeeper(standing, lent.log);
  keeper.promise();
  ledger.report(await desk.open({ standing, admission }));
  return { admission, keeper, hold };
}

interface Looking {
  readonly standing: Standing;
  readonly admission: Admission;
  readonly ledger: Ledger;
}

/** The last that root does comes before anybody outside is asked or answered. */
async function lookAtAll(draft: Ready, { standing, admission, ledger }: Looking): Promise<void> {
  const { plan, settings } = draft;
  ledger.report(machineFindings({ ...draft, ...standing.forVolume }));
  ledger.report(admission.lookAtVolume());
  // Root that cannot become somebody else asks nobody: the start is refused.
  if (staysRoot(ledger.findings, settings.user)) return;
  ledger.report(becomeUser({ plan, user: settings.user, handsOver: !ledger.refuses }));
  const port = clientPortFindings(settings.clientPort, settings.clientAddress);
  for (const found of await Promise.all([port, admission.lookAtPeers()])) ledger.report(found);
}
