import { setTimeout as sleep } from 'node:timers/promises';
import { isForeignSecret } from '../dialects/foreign-names.ts';
import { type Finding, findingLine } from '../findings/finding.ts';
import type { Ledger } from '../findings/ledger.ts';
import { carryOut } from '../host/files/carry-out.ts';
import { countOomKills } from '../host/machine/cgroup.ts';
import { monotonicMs } from '../host/monotonic.ts';
import type { LogContext } from '../host/output/json-line.ts';
import type { JvmOutput } from '../host/output/jvm-output.ts';
import { type Log, openLog } from '../host/output/log.ts';
import type { handOverPid1 } from '../host/process/init.ts';
import { killGroup, signalJvm, startJvm } from '../host/process/jvm.ts';
import { settleDown } from '../host/process/settle-down.ts';
import { catchSignals, catchWarnings } from '../host/process/signals.ts';
import { watchHold } from '../host/volume/hold-file.ts';
import { forgetMembership, tidyMembership } from '../host/volume/read-membership.ts';
import type { LifecycleEventBody } from '../lifecycle/state.ts';
import type { Prepared, Ready } from '../preparation/prepare.ts';
import { severeErrorsPath } from '../render/logging.ts';
import { makePlan } from '../render/plan.ts';
import type { PlanInput } from '../render/plan-input.ts';
import { isQuorumOfOne } from '../render/zoo-cfg.ts';
import { secretVariables } from '../settings/display.ts';
import { formatBytes } from '../settings/kinds/heap.ts';
import type { Variables } from '../settings/read-row.ts';
import { table } from '../settings/table.ts';
import { tlsStoresOf } from '../settings/tls.ts';
import type { MemberNow } from '../start/member.ts';
import { readVolumeOf } from '../start/read-volume-of.ts';
import { refusedBy, refusedOrBug } from '../start/refusals.ts';
import type { SuperUser } from '../start/super-user.ts';
import type { VolumeHold } from '../start/volume-hold.ts';
import { keepRecord, untilLedByOurList, untilServing, writeStarted } from '../start/write-record.ts';
import { visible } from '../text/visible.ts';
import { formatRelease } from '../zookeeper/release.ts';
import { awaitAnswer } from './await-answer.ts';
import { type BroughtUp, bringUp, pendingSignals } from './bring-up.ts';
import { endOfContainer } from './end.ts';
import { phaseFacts, type Times } from './phase-facts.ts';
import { watchSevereErrors } from './severe-errors.ts';
import { Supervisor } from './supervisor.ts';

interface LifeOptions {
  /** Reads the settings and makes the plan; may be given up by a signal at any moment. */
  prepare(): Promise<Prepared>;
  readonly pid1: ReturnType<typeof handOverPid1>;
  /** Called once, with the container's exit status. */
  ended(status: number): void;
}

const NO_INIT =
  'running as PID 1 without an init: orphaned processes (of probes, of the JVM) would stay zombies; put tini into the image';

const UNDER_A_SHELL =
  'PID 1 is a shell, which passes no signal on: a stop takes the whole grace period, and its reason is lost; ' +
  'write exec before the last command of the container';

/** A lock on a file system that has gone away is not waited for; the kernel gives it back with this process. */
const LONGEST_RELEASE_MS = 1_000;
/** For the last lines to be written, where somebody reads them. */
const LAST_WORDS_MS = 200;

/** One container's life: prepares, starts the JVM, and carries out what the lifecycle decides until it is over. */
export class Life {
  readonly #options: LifeOptions;
  readonly #supervisor: Supervisor;
  readonly #log: Log;
  readonly #aborted = new AbortController();
  readonly #oomKillsBefore = countOomKills();
  readonly #times: Times = {
    startedAtMs: Date.now(),
    jvmStartedAtMs: undefined,
    jvmPid: undefined,
    answeredAtMs: undefined,
  };
  #ready: Ready | undefined;
  #now: MemberNow | undefined;
  #hold: VolumeHold | undefined;
  #superUser: SuperUser | undefined;
  #wasCurrent = false;
  #ledger: Ledger | undefined;
  /** Before the settings are read, as their variable has it. */
  #format: 'text' | 'json' = /^json$/i.test(process.env[table.logFormat.variable]?.trim() ?? '')
    ? 'json'
    : 'text';
  #output: JvmOutput | undefined;
  /** What the server said of a thread without which it must not go on. */
  #severe: string | undefined;
  readonly #context: LogContext = { myid: () => this.#ready?.ensemble.myid, role: undefined };

  constructor(options: LifeOptions) {
    this.#options = options;
    this.#log = openLog({ context: this.#context, format: () => this.#format });
    this.#supervisor = new Supervisor({
      nowMs: monotonicMs,
      spawn: () => this.#spawn(),
      abortPreparing: () => this.#aborted.abort(),
      takeLeave: () => void this.#takeLeave(),
      arm: (afterMs, then) => void setTimeout(then, afterMs),
      send: signalJvm,
      killGroup,
      log: (level, message, fields) => this.#log.write(level, message, fields),
      finish: (reason, unexplained) => {
        this.#aborted.abort();
        // Only what the JVM has ended with by itself is clean: a start that was given up has stopped nothing.
        if (reason.status === 0 && this.#times.jvmStartedAtMs !== undefined) this.#noteCleanStop();
        else if (unexplained !== undefined && this.#times.answeredAtMs === undefined) this.#noteFailedStart();
        const end = {
          reason,
          unexplained,
          oomKillsBefore: this.#oomKillsBefore,
          ready: this.#ready,
          severe: this.#severe,
        };
        const over = () => this.#sayTheEnd(end);
        // The end does not hang on its own last line.
        const done = Promise.all([this.#hold?.release(), this.#output?.over()]);
        Promise.race([done, sleep(LONGEST_RELEASE_MS)]).then(over, over);
      },
    });
  }

  begin(): void {
    const dispatch = (event: LifecycleEventBody) => this.#supervisor.dispatch(event);
    catchSignals(dispatch);
    catchWarnings((warning) => this.#log.write('warn', warning));
    if (this.#options.pid1 === 'no-init') this.#log.write('warn', NO_INIT);
    if (this.#options.pid1 === 'under-a-shell') this.#log.write('warn', UNDER_A_SHELL);
    void this.#prepare().then(dispatch, (error: unknown) => dispatch(refusedOrBug(error)));
  }

  async #sayTheEnd(end: Omit<Parameters<typeof endOfContainer>[0], 'log'>): Promise<void> {
    const status = endOfContainer({ ...end, log: this.#log });
    await this.#log.settled(LAST_WORDS_MS);
    this.#options.ended(status);
  }

  /** Everything before the JVM; what it returns is the next event. A stop meanwhile makes that event void. */
  async #prepare(): Promise<LifecycleEventBody> {
    const prepared = await this.#options.prepare();
    this.#ready = prepared.ready;
    const { ledger, settings } = prepared;
    this.#format = settings.logFormat;
    this.#ledger = ledger;
    ledger.tellTo((found) => this.#tell(found));
    // Taking the volume writes; a stop that has come by now is seen before.
    await pendingSignals();
    const up = await bringUp(prepared, {
      log: this.#log,
      signal: this.#aborted.signal,
      phase: () => phaseFacts(this.#supervisor.state, this.#times),
      holds: (hold) => {
        this.#hold = hold;
      },
      mayBeHeld: ({ dataDir }) => this.#watchHold(dataDir),
    });
    if (up === 'released') return { type: 'released' };
    if (prepared.ready === undefined || up === undefined) return refusedBy(ledger.findings);
    this.#supervisor.budgets = budgetsOf(up.now.member);
    this.#now = up.now;
    this.#ready = up.now.member.ready;
    this.#superUser = up.superUser;
    this.#wasCurrent = up.isCurrent;
    if (!this.#aborted.signal.aborted && !(await this.#writeTls(up, ledger)))
      return refusedBy(ledger.findings);
    if (!this.#aborted.signal.aborted) this.#write(up);
    if (this.#format === 'json') {
      const { JvmOutput } = await import('../host/output/jvm-output.ts');
      this.#output = new JvmOutput(this.#context);
    }
    await pendingSignals();
    return { type: 'prepared' };
  }

  /** A member that is held while it waits or serves ends, and its next start holds. */
  #watchHold(dataDir: string): void {
    watchHold(dataDir, {
      signal: this.#aborted.signal,
      held: () => this.#supervisor.dispatch({ type: 'held' }),
      failed: (problem) =>
        this.#log.write(
          'warn',
          `${dataDir} ${problem}; zk-entrypoint hold takes effect at the next start alone`,
        ),
    });
  }

  /** Makes what ZooKeeper reads of mounted certificates, and keeps it so; loaded where there are some. */
  async #writeTls({ now }: BroughtUp, ledger: Ledger): Promise<boolean> {
    const { ready } = now.member;
    if (tlsStoresOf(ready.settings).length === 0) return true;
    const { keepTlsFiles } = await import('./tls-files.ts');
    return keepTlsFiles(ready, { ledger, log: this.#log, signal: this.#aborted.signal });
  }

  #write({ now, forgets, ...admitted }: BroughtUp): void {
    const { plan: usual, input, settings } = now.member.ready;
    if (settings.membership === 'dynamic') tidyMembership(settings, now.member.committed);
    else if (forgets && now.look.membership.kind === 'committed') forgetMembership(settings);
    const trusted = admitted.used.some(({ kind }) => kind === 'trust-empty-snapshots');
    const plan = trusted ? makePlan({ ...input, trustEmptySnapshots: true }) : usual;
    for (const { file, written } of carryOut(plan)) this.#log.write('info', `${file.path} ${written}`);
    const record = writeStarted(now.member, { ...admitted, look: now.look });
    now.look = { ...now.look, record };
  }

  /** Room and memory, for as long as the server serves; loaded once it does. */
  async #lookAfter(): Promise<void> {
    const now = this.#now;
    if (now === undefined || this.#aborted.signal.aborted) return;
    const { Resources } = await import('./resources.ts');
    const { ready } = now.member;
    const ledger = this.#ledger;
    if (ledger === undefined) return;
    const resources = new Resources({
      ready,
      ledger,
      log: this.#log,
      signal: this.#aborted.signal,
      nowMs: monotonicMs,
    });
    now.resources = () => resources.facts;
    resources.begin();
  }

  /** Records the voters once this member serves, and then asks no more. */
  async #noteServing(settings: Ready['settings']): Promise<void> {
    const now = this.#now;
    if (now === undefined) return;
    const lookAgain = () => {
      now.look = readVolumeOf(now.member);
    };
    if (!(await untilServing(settings, { signal: this.#aborted.signal, lookAgain }))) return;
    if (now.look.record?.failedStart !== undefined) keepRecord(now, { failedStart: undefined }, this.#log);
    void this.#noteVoters(now);
    // The volume fills up also while this member waits long to join.
    await this.#lookAfter();
    await this.#becomeMember(now);
  }

  /** Records the voters, once the leader counts by the same list. With a dynamic membership there is only one list. */
  async #noteVoters(now: MemberNow): Promise<void> {
    const isDynamic = now.member.ready.settings.membership === 'dynamic';
    if (!isDynamic && !(await untilLedByOurList(now.member, this.#aborted.signal))) return;
    keepRecord(now, { members: now.member.voters }, this.#log);
  }

  /** With a dynamic membership, a new member asks to join. Loaded only if it is needed. */
  async #becomeMember(now: MemberNow): Promise<void> {
    const superUser = this.#superUser;
    if (superUser === undefined) return;
    const { liveAsMember } = await import('./dynamic-member.ts');
    const wasCurrent = this.#wasCurrent;
    await liveAsMember({ now, superUser, wasCurrent, log: this.#log, signal: this.#aborted.signal });
  }

  /** Loaded if the stop waits for others. The stop always continues when its wait is over. */
  async #takeLeave(): Promise<void> {
    const now = this.#now;
    if (now === undefined) return;
    const { stopWaitMs } = this.#supervisor.budgets;
    const untilMs = monotonicMs() + stopWaitMs;
    const signal = AbortSignal.any([this.#aborted.signal, AbortSignal.timeout(stopWaitMs)]);
    try {
      const { takeLeave } = await import('./take-leave.ts');
      await takeLeave({ now, superUser: this.#superUser, log: this.#log, signal, untilMs });
    } finally {
      this.#supervisor.dispatch({ type: 'leave-taken' });
    }
  }

  /** The next start looks closer at what this one may have ended over. */
  #noteFailedStart(): void {
    if (this.#now !== undefined) keepRecord(this.#now, { failedStart: new Date().toISOString() }, this.#log);
  }

  #noteCleanStop(): void {
    if (this.#now !== undefined)
      keepRecord(this.#now, { lastCleanStop: new Date().toISOString() }, this.#log);
  }

  #tell(found: Finding): void {
    const levels = { error: 'error', warning: 'warn', note: 'info' } as const;
    this.#log.write(levels[found.severity], findingLine(found));
  }

  #spawn(): void {
    const { input, plan } = this.#ready as Ready;
    this.#log.write('info', introduce(input));
    this.#watchSevere(severeErrorsPath(input));
    startJvm({
      command: plan.java,
      env: jvmEnvironment(process.env),
      kept: this.#hold?.descriptors ?? [],
      output: this.#output,
      onSpawned: (pid) => void this.#spawned(pid),
      onFailed: (failure) => this.#supervisor.dispatch({ type: 'spawn-failed', ...failure }),
      onExited: (exit) => this.#supervisor.dispatch({ type: 'exited', ...exit }),
    });
  }

  #watchSevere(path: string | undefined): void {
    if (path === undefined) return;
    watchSevereErrors(path, {
      signal: this.#aborted.signal,
      found: (line) => {
        const { jvmPid } = this.#times;
        // What fails while it stops, stops.
        if (jvmPid === undefined || this.#supervisor.state.phase === 'stopping') return;
        this.#severe = line;
        killGroup(jvmPid);
        this.#log.write('error', `ZooKeeper says "${visible(line)}" and is killed, since it would go on`);
      },
      failed: (problem) =>
        this.#log.write('warn', `${path} ${problem}; a thread of ZooKeeper that fails is not noticed`),
    });
  }

  async #spawned(pid: number): Promise<void> {
    this.#times.jvmStartedAtMs = Date.now();
    this.#times.jvmPid = pid;
    this.#supervisor.dispatch({ type: 'spawned', pid });
    const { settings } = this.#ready as Ready;
    if (!(await awaitAnswer(settings, this.#aborted.signal))) return;
    this.#times.answeredAtMs = Date.now();
    this.#supervisor.dispatch({ type: 'answered' });
    settleDown();
    await this.#noteServing(settings);
  }
}

/** A single member has no peers, so there is nothing to wait for. */
function budgetsOf({ ready: { settings, ensemble } }: MemberNow['member']): Supervisor['budgets'] {
  const isAlone = ensemble.members.length < 2 && settings.membership === 'static';
  return isAlone ? { ...settings, stopWaitMs: 0 } : settings;
}

/** The line in the log that names this member and what it starts with. */
export function introduce({ ensemble, distribution, settings, java, ...heaps }: PlanInput): string {
  const size = ensemble.members.length;
  const alone = isQuorumOfOne({ settings, ensemble, distribution }) ? 'a quorum of one' : 'standalone';
  const role = ensemble.self.role;
  const who =
    size === 1 ? `server ${ensemble.myid}, ${alone}` : `server ${ensemble.myid} of ${size}, ${role}`;
  const where = `client port ${settings.clientPort}, data ${settings.dataDir}, log ${settings.dataLogDir}`;
  return `starting ZooKeeper ${formatRelease(distribution.release)} as ${who}: ${where}, heap ${heapWords(heaps)}, ${java}`;
}

function heapWords({ heapBytes, heapInUse }: Pick<PlanInput, 'heapBytes' | 'heapInUse'>): string {
  if (heapInUse === undefined || heapInUse.bytes === heapBytes) return formatBytes(heapBytes);
  return `${formatBytes(heapInUse.bytes)} (${heapInUse.subject} wins over ${formatBytes(heapBytes)})`;
}

/** Our environment without what may hold secrets of ours: /proc/<jvm>/environ outlives every care taken elsewhere. */
export function jvmEnvironment(variables: Variables): Record<string, string | undefined> {
  const secret = new Set(secretVariables());
  return Object.fromEntries(
    Object.entries(variables).filter(([name]) => !secret.has(name) && !isForeignSecret(name)),
  );
}
