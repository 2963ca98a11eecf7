import { parseMntr } from '../zookeeper/four-letter/mntr.ts';
import type { ServingSrvr } from '../zookeeper/four-letter/srvr.ts';
import type {
  FindingFact,
  MemberFact,
  Phase,
  ResourceFacts,
  Snapshot,
  VerdictFacts,
  WaitingFact,
} from './facts.ts';
import { isSynced, uptimeSeconds } from './synced.ts';
import { liveness, readiness, startup, type Verdict } from './verdict.ts';

/** What `/status` answers, and `zk-entrypoint status` may read; a value that is not known is null. */
export interface Status {
  readonly entrypoint: {
    readonly version: string;
    readonly myid: number | null;
    readonly state: Phase;
    readonly startedAt: string;
    readonly uptimeSeconds: number;
    readonly jvmStarts: number;
    readonly timeToImokSeconds: number | null;
    readonly configFingerprint: string | null;
    /** What a start that is held back waits for, since when, and what can be done; null while it does not wait. */
    readonly waiting: WaitingStatus | null;
  };
  /** Null where the start came not so far that it knew. */
  readonly member: MemberFact | null;
  readonly zookeeper: {
    readonly version: string | null;
    /** leader, follower, observer, standalone, read-only; null while it does not serve. */
    readonly mode: string | null;
    readonly zxid: string | null;
    readonly connections: number | null;
    readonly outstanding: number | null;
    readonly latencyMs: { readonly min: number; readonly avg: number; readonly max: number } | null;
    readonly nodeCount: number | null;
    readonly jvmUptimeSeconds: number | null;
    readonly withoutQuorumSeconds: number | null;
  };
  /** Null where nothing is looked after yet. */
  readonly resources: ResourceFacts | null;
  readonly probes: Readonly<Record<'live' | 'ready' | 'startup', ProbeStatus>>;
  readonly findings: readonly FindingFact[];
}

interface WaitingStatus {
  readonly for: string;
  /** ISO 8601. */
  readonly since: string;
  readonly remedy: string;
  readonly kind?: WaitingFact['kind'] & string;
}

/** What `/status?verbose` adds for `zk-entrypoint status`, which cannot ask ZooKeeper where its port is not open to it. */
export interface StatusSurvey {
  readonly clientPort: number | null;
  /** Why it does not serve, in one sentence; null while it does. */
  readonly problem: string | null;
  readonly synced: boolean | null;
  /** Since it joined its quorum. */
  readonly uptimeSeconds: number | null;
}

interface ProbeStatus {
  readonly ok: boolean;
  readonly reasons: readonly string[];
}

/** Puts the status together from the supervisor's facts and ZooKeeper's `srvr`. */
export function statusOf({ supervisor }: Snapshot, facts: VerdictFacts): Status {
  return {
    entrypoint: entrypointStatus(supervisor),
    member: supervisor.member?.() ?? null,
    zookeeper: zookeeperStatus(supervisor, facts.srvr?.serving === true ? facts.srvr : undefined),
    resources: supervisor.resources?.() ?? null,
    probes: {
      live: probeStatus(liveness(facts)),
      ready: probeStatus(readiness(facts)),
      startup: probeStatus(startup(facts)),
    },
    findings: supervisor.findings,
  };
}

/** The status with what the survey of all members needs beside it. */
export function verboseStatusOf(
  snapshot: Snapshot,
  facts: VerdictFacts,
): Status & { readonly survey: StatusSurvey } {
  const { supervisor, exchanges } = snapshot;
  const { srvr } = facts;
  const mntr = parseMntr(exchanges.mntr?.kind === 'answer' ? exchanges.mntr.text : '');
  const problem = supervisor.jvmRunning ? srvr?.serving === false && srvr.sentence : NO_JVM;
  return {
    ...statusOf(snapshot, facts),
    survey: {
      clientPort: supervisor.clientPort ?? null,
      problem: problem || null,
      synced: (srvr?.serving === true ? isSynced(srvr.mode, mntr) : undefined) ?? null,
      uptimeSeconds: uptimeSeconds(mntr) ?? null,
    },
  };
}

const NO_JVM = 'its JVM does not run: see its log';

type Supervisor = Snapshot['supervisor'];

function entrypointStatus(facts: Supervisor): Status['entrypoint'] {
  return {
    version: facts.entrypointVersion,
    myid: facts.myid ?? null,
    state: facts.phase,
    startedAt: new Date(facts.startedAtMs).toISOString(),
    uptimeSeconds: secondsSince(facts.startedAtMs, facts.nowMs) ?? 0,
    jvmStarts: facts.jvmStarts,
    timeToImokSeconds: facts.timeToImokMs === undefined ? null : facts.timeToImokMs / 1_000,
    configFingerprint: facts.configFingerprint ?? null,
    waiting: facts.waiting === undefined ? null : waitingStatus(facts.waiting),
  };
}

function waitingStatus({ sentence, sinceMs, remedy, kind }: WaitingFact): WaitingStatus {
  return {
    for: sentence,
    since: new Date(sinceMs).toISOString(),
    remedy,
    ...(kind === undefined ? {} : { kind }),
  };
}

function zookeeperStatus(facts: Supervisor, srvr: ServingSrvr | undefined): Status['zookeeper'] {
  return {
    version: srvr?.version ?? facts.zookeeperVersion ?? null,
    mode: srvr?.mode ?? null,
    zxid: srvr?.zxid ?? null,
    connections: srvr?.connections ?? null,
    outstanding: srvr?.outstanding ?? null,
    latencyMs: srvr?.latencyMs ?? null,
    nodeCount: srvr?.nodeCount ?? null,
    jvmUptimeSeconds: facts.jvmRunning ? secondsSince(facts.jvmStartedAtMs, facts.nowMs) : null,
    withoutQuorumSeconds: secondsSince(facts.withoutQuorumSinceMs, facts.nowMs),
  };
}

function secondsSince(sinceMs: number | undefined, nowMs: number): number | null {
  return sinceMs === undefined ? null : Math.max(0, Math.floor((nowMs - sinceMs) / 1_000));
}

function probeStatus({ ok, checks, notes }: Verdict): ProbeStatus {
  const reasons = checks.filter((check) => !check.ok).map(({ name, sentence }) => `${name}: ${sentence}`);
  return { ok, reasons: [...reasons, ...notes] };
}
