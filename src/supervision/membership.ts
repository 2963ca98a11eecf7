import { setTimeout as sleep } from 'node:timers/promises';
import { loopbackOf } from '../health/address.ts';
import type { Log } from '../host/output/log.ts';
import { clientWay } from '../host/zookeeper-client/client-way.ts';
import { type Asking, proposeChange, readCommitted } from '../host/zookeeper-client/configuration.ts';
import { type Change, changeOfNothing, nextPromotion } from '../membership/change.ts';
import { type CommittedConfiguration, holds, readConfiguration } from '../membership/configuration.ts';
import { specOf } from '../membership/place.ts';
import type { Ready } from '../preparation/prepare.ts';
import type { Role } from '../settings/kinds/ensemble-list.ts';
import { clientLoginOf, needsCertificate } from '../settings/logins.ts';
import type { SuperUser } from '../start/super-user.ts';

const ASK_TIMEOUT_MS = 10_000;
/** A change that came second reads anew and asks again; by chance, so that two do not meet for ever. */
const AGAIN_MS = 100;
/** The longest pause, also where a person must mend something first: each question is a session in everybody's log. */
const PATIENCE_MS = 5_000;

/** What came of reading or changing the configuration through the own server. */
export type Changed =
  | { readonly kind: 'done'; readonly configuration: CommittedConfiguration }
  /** `sentence` is a predicate of this member's server. */
  | {
      readonly kind: 'failed';
      readonly again: boolean;
      readonly sentence: string;
      readonly lacksQuorum?: boolean;
    };

/** The own server, through which this supervisor reads and changes the configuration of the ensemble. */
export interface OwnServer {
  readonly ready: Pick<Ready, 'settings' | 'ensemble'>;
  readonly superUser: SuperUser;
}

/** Reads the configuration after a sync. */
export async function readThrough({ ready }: OwnServer): Promise<Changed> {
  const asking = await clientOf(ready);
  return 'kind' in asking ? asking : asConfiguration(await readCommitted(asking));
}

/** Proposes one change with the rights of the super user of this JVM. */
export async function changeThrough({ ready, superUser }: OwnServer, change: Change): Promise<Changed> {
  const { password } = superUser;
  const asking = await clientOf(ready);
  return 'kind' in asking ? asking : asConfiguration(await proposeChange({ ...asking, change, password }));
}

/** The plain port on loopback, with a login where the server wants one; or the port for TLS where it wants a certificate. */
async function clientOf({ settings, ensemble }: OwnServer['ready']): Promise<Asking | Failed> {
  const { clientPort, clientAddress, secureClientPort } = settings;
  const timeoutMs = ASK_TIMEOUT_MS;
  const own = { host: loopbackOf(clientAddress), port: clientPort, timeoutMs };
  if (clientLoginOf(settings) !== 'require') return own;
  const way = await clientWay(settings);
  if ('problem' in way)
    return { kind: 'failed', again: true, sentence: `wants a certificate, and ${way.path} ${way.problem}` };
  return needsCertificate(settings)
    ? { host: ensemble.self.host, port: secureClientPort, timeoutMs, way }
    : { ...own, way: { user: way.user } };
}

type Failed = Extract<Changed, { kind: 'failed' }>;

function asConfiguration(answer: Awaited<ReturnType<typeof readCommitted>>): Changed {
  if (answer.kind === 'failed') return answer;
  const reading = readConfiguration(answer.text);
  return reading.kind === 'read'
    ? { kind: 'done', configuration: reading.configuration }
    : {
        kind: 'failed',
        again: false,
        sentence: `has a configuration that is not supported: "${reading.line}"`,
      };
}

interface Joining extends OwnServer {
  /** Whether the server was started by what was committed then, as one of its members. */
  readonly wasCurrent: boolean;
  /** What this member is to be in the end. */
  readonly role: Role;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Makes this member join once its server serves: asks the leader through the own server until the committed configuration
 * holds this member in its wished role. Undefined if the life ends before. A serving server is synced, and the leader
 * refuses a change after which the voters would have no synced majority (NewConfigNoQuorum).
 */
export async function becomeMember(joining: Joining): Promise<CommittedConfiguration | undefined> {
  const { ready, role, wasCurrent, log, signal } = joining;
  const { ensemble, settings } = ready;
  const spec = specOf({ ...ensemble.self, role }, settings, ensemble.self);
  let said = '';
  let againMs = AGAIN_MS;
  let isObserver = true;
  while (!signal.aborted) {
    const read = await readThrough(joining);
    let problem: Changed = read;
    if (read.kind === 'done') {
      // Whoever removes a member that starts counts on its going: if it joined again, its end would cost the ensemble a voter.
      // What was decided before its start is another thing: it was started since, so it is wished.
      if (wasCurrent && !holds(read.configuration, ensemble.myid)) {
        log.write('warn', REMOVED);
        return undefined;
      }
      const step = nextPromotion({
        committed: read.configuration,
        myid: ensemble.myid,
        role,
        spec,
        synced: true,
      });
      if (step.kind === 'done') return read.configuration;
      if (step.kind === 'change') problem = await changeThrough(joining, step.change);
      if (problem.kind === 'done') {
        log.write(
          'info',
          `this member is in the committed configuration ${hex(problem.configuration)} as ${role}`,
        );
        return problem.configuration;
      }
      if (problem.kind === 'failed' && problem.lacksQuorum === true && isObserver) {
        const nothing = changeOfNothing(read.configuration);
        if (nothing !== undefined) await changeThrough(joining, nothing);
        isObserver = false;
      }
    }
    if (problem.kind === 'failed' && !problem.again && problem.sentence !== said) {
      said = problem.sentence;
      log.write('warn', `this member cannot join yet: its server ${said}`);
    }
    const isSoon = problem.kind === 'failed' && problem.again;
    const pauseMs = isSoon ? againMs * (1 + Math.random()) : PATIENCE_MS;
    againMs = Math.min(2 * againMs, PATIENCE_MS);
    await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
  return undefined;
}

const REMOVED =
  'this member was removed from the ensemble while it started; it does not join again until its container is restarted';

function hex({ version }: CommittedConfiguration): string {
  return version.toString(16);
}
