import type { Exchange, Word } from '../zookeeper/four-letter/exchange.ts';
import type { RuokVerdict } from '../zookeeper/four-letter/ruok.ts';
import type { Srvr } from '../zookeeper/four-letter/srvr.ts';
import type { Family } from './exposition.ts';
import type { TallyReading } from './tally.ts';

/** Where the supervisor is in its life. */
export const phases = ['preparing', 'starting', 'serving', 'stopping', 'stopped'] as const;
export type Phase = (typeof phases)[number];

/** What `ZK_READINESS` asks of a ready member: that it answers `ruok`, or that it serves in a quorum. */
export type Readiness = 'ruok' | 'serving';

/** Under which names ZooKeeper's own figures are shown (ZK_METRIC_NAMES). */
export type MetricNames = 'provider' | 'prometheus' | 'exporter';

/** What the supervisor knows without asking ZooKeeper; times are epoch milliseconds unless a span is named. */
export interface SupervisorFacts {
  readonly phase: Phase;
  readonly jvmRunning: boolean;
  /** True once ZooKeeper has answered `imok` in this life. */
  readonly everOk: boolean;
  readonly readiness: Readiness;
  readonly metricNames: readonly MetricNames[];
  /** Room and memory, as of the last look; looked up only when it is asked for. */
  readonly resources?: (() => ResourceFacts | undefined) | undefined;
  readonly nowMs: number;
  readonly startedAtMs: number;
  readonly withoutQuorumSinceMs?: number | undefined;
  readonly entrypointVersion: string;
  /** Undefined where the settings do not say who this member is. */
  readonly myid?: number | undefined;
  readonly zookeeperVersion?: string | undefined;
  readonly configFingerprint?: string | undefined;
  readonly jvmStarts: number;
  readonly jvmStartedAtMs?: number | undefined;
  /** From the JVM's start to the first `imok`, in milliseconds. */
  readonly timeToImokMs?: number | undefined;
  /** As `check` and `start` last found them; nothing in them is secret. */
  readonly findings: readonly FindingFact[];
  readonly certificates?: readonly CertificateFact[] | undefined;
  /** What the start waits for before there is a JVM; undefined while it does not. */
  readonly waiting?: WaitingFact | undefined;
  /** How many voters the settings name. */
  readonly votersWished?: number | undefined;
  /** Where clients connect. */
  readonly clientPort?: number | undefined;
  /** The zone of the node that this member runs on, where a setting names it. */
  readonly zone?: string | undefined;
  /** The JVM and the container's processors, read from files when metrics are asked for and not before. */
  readonly figures?: (() => readonly Family[]) | undefined;
  /** What this member tells its peers; looked up only when it is asked for, since it looks at the volume. */
  readonly member?: (() => MemberFact) | undefined;
}

/** One volume: where data and logs lie on one, it is that of the data. */
export interface VolumeFact {
  readonly name: 'data' | 'log';
  readonly freeBytes: number;
  readonly sizeBytes: number;
  /** If it goes on as it did lately; undefined where it does not fill, or too little is known. */
  readonly fullInMs: number | undefined;
}

/** What the supervisor looks after beside the JVM. */
export interface ResourceFacts {
  readonly volumes: readonly VolumeFact[];
  readonly snapshots: { readonly count: number; readonly bytes: number };
  readonly logs: { readonly count: number; readonly bytes: number };
  /** Of this supervisor's own purges, in epoch milliseconds. */
  readonly lastPurgeMs: number | undefined;
  /** How many times damaged data of this member lies aside on the volume (ZK_REPAIR). */
  readonly setAside: number;
  readonly memory: {
    readonly usedBytes: number | undefined;
    readonly limitBytes: number | undefined;
    /** memory.high, and how often the kernel has slowed the container down for it; left out where there is none. */
    readonly highBytes?: number | undefined;
    readonly throttles?: number | undefined;
    readonly heapLimitBytes: number;
  };
}

/** A start that is held back. */
export interface WaitingFact {
  /** For whom or what, in one sentence. */
  readonly sentence: string;
  readonly sinceMs: number;
  /** What a person can do about it. */
  readonly remedy: string;
  /**
   * False where it must not count as ready: another server has the volume, or the list of voters has changed and the next
   * member of a roll-out must not be stopped before this one goes on.
   */
  readonly isReady?: boolean;
  /** For programs: a person holds this member (`zk-entrypoint hold`), or its damaged data is to be set aside. */
  readonly kind?: 'held' | 'repair';
}

/** What a member tells its peers of itself, so that they know whether the ensemble's data is somewhere. */
export interface MemberFact {
  readonly id: number;
  /** New at every start. A member that gets its own id as an answer has asked itself. */
  readonly instance: string;
  /** Null where it is not known. */
  readonly ensemble: string | null;
  readonly domain: string | null;
  /** The lines of its list: `1=zk-0.zk:2888:3888`. */
  readonly servers: readonly string[];
  readonly voters: readonly number[];
  /** `data` once something may have been served from it. */
  readonly volume: 'empty' | 'data';
  /** The voters that held the data of the ensemble, as its volume records them. */
  readonly known: readonly number[];
  readonly waiting: boolean;
  /** What the ensemble has committed on its members, as this volume has it; null with a static list. */
  readonly committed?: CommittedFact | null;
  /** What it says to the other members: nothing encrypted, or how far it is on the way (ZK_QUORUM_TLS). */
  readonly quorumTls?: 'plain' | 'accept' | 'both' | 'tls';
  /** Whether it logs in to the other members (ZK_QUORUM_LOGIN). */
  readonly quorumLogin?: 'off' | 'accept' | 'both' | 'require';
}

/** A committed configuration, as members tell it to each other. */
export interface CommittedFact {
  /** Hexadecimal: the zxid of the change. */
  readonly version: string;
  /** `server.1=zk-0.zk:2888:3888:participant;2181` */
  readonly servers: readonly string[];
}

export interface FindingFact {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly subject: string;
  readonly problem: string;
  readonly remedy: string;
}

export interface CertificateFact {
  /** The property that names its store: `ssl.keyStore`, `ssl.quorum.trustStore`. */
  readonly name: string;
  readonly expiresAtMs: number;
}

/** What a verdict is made of; `ruok` and `srvr` are there when they were asked. */
export interface VerdictFacts
  extends Pick<
    SupervisorFacts,
    'phase' | 'jvmRunning' | 'everOk' | 'readiness' | 'waiting' | 'withoutQuorumSinceMs'
  > {
  readonly nowMs: number;
  readonly ruok?: RuokVerdict | undefined;
  readonly srvr?: Srvr | undefined;
}

/** Everything an answer is made of, as of one moment. */
export interface Snapshot {
  readonly supervisor: SupervisorFacts;
  readonly exchanges: Partial<Readonly<Record<Word, Exchange>>>;
  readonly tally: TallyReading;
  /** Writes the answer of /metrics; there when that was asked for, since no start needs what writes it. */
  readonly writeMetrics?: ((snapshot: Snapshot) => string) | undefined;
}
