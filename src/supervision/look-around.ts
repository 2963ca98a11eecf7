import packageJson from '../../package.json' with { type: 'json' };
import { formatRelease } from '../distribution/release.ts';
import type { Ledger } from '../findings/ledger.ts';
import { becomeUser, staysRoot } from '../host/become-user.ts';
import { clientPortFindings } from '../host/client-port.ts';
import { configFingerprint } from '../host/fingerprint.ts';
import type { Log } from '../host/log.ts';
import { machineFindings } from '../host/volume.ts';
import type { Prepared, Ready } from '../preparation/prepare.ts';
import { shownPlan } from '../preparation/shown.ts';
import { Admission } from './admission.ts';
import { watchCertificates } from './certificates.ts';
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
  { draft, ready, ledger, settings, facts }: Prepared,
  lent: Lent,
): Promise<Arrival | undefined> {
  if (draft === undefined) return undefined;
  const standing = new Standing(draft);
  const admission = new Admission(standing, { ...lent, ledger });
  await lookAtAll(draft, { standing, admission, ledger });
  if (ready === undefined || ledger.refuses) return undefined;
  if (settings.healthPort !== 0) {
    const { openHealthEndpoint } = await import('./health-endpoint.ts');
    const certificates = await watchCertificates({
      facts,
      ledger,
      jvmStartedAtMs: () => lent.phase().jvmStartedAtMs,
      clockMs: () => performance.now(),
    });
    const view = viewOf(ready, { ...lent, standing, admission, ledger, certificates });
    ledger.report(await openHealthEndpoint(settings, view));
  }
  return { admission, keeper: new RecordKeeper(standing, lent.log) };
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

interface Witnesses extends Lent {
  readonly standing: Standing;
  readonly admission: Admission;
  readonly ledger: Ledger;
  certificates(): Prepared['certificates'];
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
      // Before the findings, which a renewed certificate may change.
      certificates: certificates(),
      findings: ledger.findings,
      configFingerprint: fingerprint,
      entrypointVersion: packageJson.version,
      zookeeperVersion: version,
      clientPort: ready.settings.clientPort,
      waiting: admission.waiting,
      member: () => standing.fact(admission.waiting !== undefined),
    };
  };
}
