import packageJson from '../../package.json' with { type: 'json' };
import { formatRelease } from '../distribution/release.ts';
import type { Finding } from '../findings/finding.ts';
import type { Ledger } from '../findings/ledger.ts';
import { clientPortFindings } from '../host/client-port.ts';
import { configFingerprint } from '../host/fingerprint.ts';
import type { Log } from '../host/log.ts';
import { machineFindings } from '../host/volume.ts';
import type { Prepared, Ready } from '../preparation/prepare.ts';
import { shownPlan } from '../preparation/shown.ts';
import { Admission } from './admission.ts';
import type { SupervisorView } from './health-endpoint.ts';
import type { phaseFacts } from './phase-facts.ts';
import { RecordKeeper } from './record-keeper.ts';
import { Standing } from './standing.ts';

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
}

/**
 * Reports what machine, volume and peers show; undefined when that refuses the start. The health endpoint is opened last,
 * since an open port is a promise to answer.
 */
export async function lookAround(
  { draft, ready, ledger, settings, certificates }: Prepared,
  lent: Lent,
): Promise<Arrival | undefined> {
  if (draft === undefined) return undefined;
  const standing = new Standing(draft);
  const admission = new Admission(standing, { ...lent, ledger });
  ledger.report(await lookAtAll(draft, { standing, admission }));
  if (ready === undefined || ledger.refuses) return undefined;
  if (settings.healthPort !== 0) {
    const { openHealthEndpoint } = await import('./health-endpoint.ts');
    const view = viewOf(ready, { ...lent, standing, admission, ledger, certificates });
    ledger.report(await openHealthEndpoint(settings, view));
  }
  return { admission, keeper: new RecordKeeper(standing, lent.log) };
}

async function lookAtAll(
  draft: Ready,
  { standing, admission }: { standing: Standing; admission: Admission },
): Promise<Finding[]> {
  const { clientPort, clientAddress } = draft.settings;
  const [port, peers] = await Promise.all([clientPortFindings(clientPort, clientAddress), admission.look()]);
  return [...machineFindings({ ...draft, ...standing.forVolume }), ...port, ...peers];
}

interface Witnesses extends Lent {
  readonly standing: Standing;
  readonly admission: Admission;
  readonly ledger: Ledger;
  readonly certificates: Prepared['certificates'];
}

function viewOf(
  ready: Ready,
  { phase, standing, admission, ledger, certificates }: Witnesses,
): SupervisorView {
  const version = formatRelease(ready.distribution.release);
  let fingerprint: string | undefined;
  return () => {
    // Worked out for whoever asks first: the start does not wait for it.
    fingerprint ??= configFingerprint(shownPlan(ready.input));
    return {
      ...phase(),
      findings: ledger.findings,
      certificates,
      configFingerprint: fingerprint,
      entrypointVersion: packageJson.version,
      zookeeperVersion: version,
      waiting: admission.waiting,
      member: () => standing.fact(admission.waiting !== undefined),
    };
  };
}
