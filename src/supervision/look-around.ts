import packageJson from '../../package.json' with { type: 'json' };
import { formatRelease } from '../distribution/release.ts';
import { type Finding, hasErrors } from '../findings/finding.ts';
import { underPolicy } from '../findings/policy.ts';
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

/** What has been found, and who goes on from there; nobody where settings do not tell who this member is. */
export interface Surroundings {
  readonly findings: readonly Finding[];
  readonly arrival: Arrival | undefined;
}

interface Arrival {
  readonly admission: Admission;
  readonly keeper: RecordKeeper;
}

/** What machine, volume and peers say; the health endpoint is opened last, since an open port is a promise to answer. */
export async function lookAround(
  { draft, ready, findings, settings, certificates }: Prepared,
  lent: Lent,
): Promise<Surroundings> {
  if (draft === undefined) return { findings, arrival: undefined };
  const standing = new Standing(draft);
  const admission = new Admission(standing, lent);
  const looked = await lookAtAll(draft, { standing, admission });
  const found = [...findings, ...underPolicy(looked, settings).findings];
  if (ready === undefined || hasErrors(found)) return { findings: found, arrival: undefined };
  const arrival = { admission, keeper: new RecordKeeper(standing, lent.log) };
  if (settings.healthPort === 0) return { findings: found, arrival };
  const { openHealthEndpoint } = await import('./health-endpoint.ts');
  const opened = await openHealthEndpoint(
    settings,
    viewOf(ready, { ...lent, standing, admission, found, certificates }),
  );
  return { findings: [...found, ...opened], arrival };
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
  readonly found: readonly Finding[];
  readonly certificates: Prepared['certificates'];
}

function viewOf(
  ready: Ready,
  { phase, standing, admission, found, certificates }: Witnesses,
): SupervisorView {
  const version = formatRelease(ready.distribution.release);
  let fingerprint: string | undefined;
  return () => {
    // Worked out for whoever asks first: the start does not wait for it.
    fingerprint ??= configFingerprint(shownPlan(ready.input));
    return {
      ...phase(),
      findings: found,
      certificates,
      configFingerprint: fingerprint,
      entrypointVersion: packageJson.version,
      zookeeperVersion: version,
      waiting: admission.waiting,
      member: () => standing.fact(admission.waiting !== undefined),
    };
  };
}
