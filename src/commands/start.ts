import packageJson from '../../package.json' with { type: 'json' };
import { formatRelease } from '../distribution/release.ts';
import { type Finding, findingLine, hasErrors } from '../findings/finding.ts';
import { carryOut, WriteFailure } from '../host/carry-out.ts';
import { clientPortFindings } from '../host/client-port.ts';
import type { handOverPid1 } from '../host/init.ts';
import { killGroup, signalJvm, startJvm } from '../host/jvm.ts';
import { type Log, openLog } from '../host/log.ts';
import { thisMachine } from '../host/machine.ts';
import { countOomKills } from '../host/oom-kills.ts';
import { dropPrivileges, NotPermitted, ownerOfFiles } from '../host/privileges.ts';
import { settleDown } from '../host/settle-down.ts';
import { catchSignals } from '../host/signals.ts';
import { machineFindings } from '../host/volume.ts';
import type { LifecycleEventBody } from '../lifecycle/event.ts';
import { ownStatus } from '../lifecycle/statuses.ts';
import { type Prepared, prepare, type Ready } from '../preparation/prepare.ts';
import { awaitAnswer } from '../supervision/await-answer.ts';
import { endOfContainer } from '../supervision/end.ts';
import { introduce } from '../supervision/introduce.ts';
import { jvmEnvironment } from '../supervision/jvm-environment.ts';
import { phaseFacts, type Times } from '../supervision/phase-facts.ts';
import { Supervisor } from '../supervision/supervisor.ts';
import { Refusal, type ViewFlags, wishesOf } from './io.ts';

/** Lives as long as the JVM: prepares, starts it, supervises it, and ends with its status and a reason. */
export function start(flags: StartFlags, pid1: ReturnType<typeof handOverPid1>): Promise<number> {
  return new Promise((resolve) => {
    const life = new Life(flags, resolve);
    life.begin(pid1);
  });
}

const NO_INIT =
  'running as PID 1 without an init: orphaned processes (of probes, of the JVM) would stay zombies; put tini into the image';

type StartFlags = Pick<ViewFlags, 'envFile'>;

class Life {
  readonly #flags: StartFlags;
  readonly #supervisor: Supervisor;
  readonly #log: Log;
  readonly #aborted = new AbortController();
  readonly #oomKillsBefore = countOomKills();
  #ready: Ready | undefined;
  readonly #times: Times = { startedAtMs: Date.now(), jvmStartedAtMs: undefined, answeredAtMs: undefined };

  constructor(flags: StartFlags, resolve: (status: number) => void) {
    this.#flags = flags;
    this.#log = openLog(() => this.#ready?.ensemble.myid);
    this.#supervisor = new Supervisor({
      nowMs: () => performance.now(),
      spawn: () => this.#spawn(),
      abortPreparing: () => this.#aborted.abort(),
      arm: (afterMs, then) => void setTimeout(then, afterMs),
      send: signalJvm,
      killGroup,
      log: (level, message, fields) => this.#log.write(level, message, fields),
      toggleDebug: () => this.#log.toggleDebug(),
      finish: (reason, unexplained) => {
        this.#aborted.abort();
        const end = { reason, unexplained, oomKillsBefore: this.#oomKillsBefore, ready: this.#ready };
        void this.#log.flush().then(() => resolve(endOfContainer({ ...end, log: this.#log })));
      },
    });
  }

  begin(pid1: ReturnType<typeof handOverPid1>): void {
    const dispatch = (event: LifecycleEventBody) => this.#supervisor.dispatch(event);
    catchSignals(dispatch);
    if (pid1 === 'no-init') this.#log.write('warn', NO_INIT);
    void this.#prepare().then(dispatch, (error: unknown) => dispatch(asEvent(error)));
  }

  /** Everything before the JVM; what it returns is the next event. A stop meanwhile makes that event void. */
  async #prepare(): Promise<LifecycleEventBody> {
    const prepared = await prepare(thisMachine(), { ...wishesOf(this.#flags), assume: { kind: 'nothing' } });
    this.#report(prepared.findings);
    this.#ready = prepared.ready;
    if (prepared.ready === undefined) return refused(prepared.findings);
    const { plan, settings, ensemble } = prepared.ready;
    const found = [
      ...machineFindings({ plan, myid: ensemble.myid, user: settings.user }),
      ...(await clientPortFindings(settings.clientPort, settings.clientAddress)),
    ];
    this.#report(found);
    if (hasErrors(found)) return refused(found);
    this.#supervisor.budgets = settings;
    // Signals that arrived while the above ran must be seen before anything is written or started.
    await new Promise((seen) => setImmediate(seen));
    if (this.#aborted.signal.aborted) return { type: 'prepared' };
    await this.#openHealth(prepared);
    const owner = ownerOfFiles(settings.user);
    for (const { file, written } of carryOut(plan, owner)) this.#log.write('info', `${file.path} ${written}`);
    if (owner !== undefined) dropPrivileges(owner);
    await new Promise((seen) => setImmediate(seen));
    return { type: 'prepared' };
  }

  /** Loaded only where it is wanted; a port that is taken refuses the start before anything is written. */
  async #openHealth({ ready, findings }: Prepared): Promise<void> {
    if (ready === undefined || ready.settings.healthPort === 0) return;
    const { openHealthEndpoint } = await import('../supervision/health-endpoint.ts');
    await openHealthEndpoint(ready.settings, () => ({
      ...phaseFacts(this.#supervisor.state, this.#times),
      findings,
      entrypointVersion: packageJson.version,
      zookeeperVersion: formatRelease(ready.distribution.release),
    }));
  }

  #report(findings: readonly Finding[]): void {
    const levels = { error: 'error', warning: 'warn', note: 'info' } as const;
    for (const found of findings) this.#log.write(levels[found.severity], findingLine(found));
  }

  #spawn(): void {
    const { input, plan, settings } = this.#ready as Ready;
    this.#log.write('info', introduce(input));
    startJvm({
      command: plan.java,
      env: jvmEnvironment(process.env),
      onSpawned: (pid) => {
        this.#times.jvmStartedAtMs = Date.now();
        this.#supervisor.dispatch({ type: 'spawned', pid });
        void this.#log.flush();
        void awaitAnswer(settings, this.#aborted.signal).then((answered) => {
          if (!answered) return;
          this.#times.answeredAtMs = Date.now();
          this.#supervisor.dispatch({ type: 'answered' });
          settleDown();
        });
      },
      onFailed: (failure) => this.#supervisor.dispatch({ type: 'spawn-failed', ...failure }),
      onExited: (exit) => this.#supervisor.dispatch({ type: 'exited', ...exit }),
    });
  }
}

function refused(findings: readonly Finding[]): LifecycleEventBody {
  const [first, ...others] = findings.filter(({ severity }) => severity === 'error');
  const more = others.length === 0 ? '' : ` (and ${others.length} more, see the log)`;
  const reason =
    first === undefined ? 'no plan could be made' : `${first.code} ${first.subject}: ${first.problem}`;
  return {
    type: 'refused',
    status: ownStatus.refused,
    reason: `${reason}${more}`,
    ...(first && { remedy: first.remedy }),
  };
}

function asEvent(error: unknown): LifecycleEventBody {
  if (error instanceof WriteFailure) {
    return {
      type: 'refused',
      status: ownStatus.cannotWrite,
      reason: `cannot write: ${error.message}`,
      remedy: error.remedy,
    };
  }
  if (error instanceof NotPermitted)
    return { type: 'refused', status: ownStatus.notPermitted, reason: error.message };
  if (error instanceof Error && error.name === 'HealthPortError') {
    return { type: 'refused', status: ownStatus.refused, reason: error.message };
  }
  if (error instanceof Refusal) return { type: 'refused', status: error.status, reason: error.message };
  return { type: 'bug', message: error instanceof Error ? error.message : String(error) };
}
