import type { PeerStatus, PeerWaiting } from '../admission/peer-status.ts';
import type { Exchange } from '../zookeeper/four-letter/exchange.ts';
import type { Details } from './details.ts';

/** A member to ask: where its clients connect, and what is known of it before it answers. */
export interface SurveyMember {
  readonly name: string;
  /** Unknown for a member that was given by its address alone. */
  readonly id: number | undefined;
  readonly host: string;
  readonly port: number;
  readonly votes: boolean;
  /** The port of its supervisor; 0 if it cannot be asked. */
  readonly healthPort: number;
  /** Where clients connect with TLS, where that is the only way. */
  readonly securePort?: number;
  /** The address of its supervisor, if it differs from `host`. */
  readonly healthHost?: string | undefined;
}

/** What came of asking one member. */
export interface MemberAnswers {
  /** The address of the name; undefined if the name did not resolve. */
  readonly address: string | undefined;
  /** Undefined if the answer of its supervisor was enough, so that ZooKeeper was not asked. */
  readonly srvr?: Exchange | undefined;
  readonly mntr?: Exchange | undefined;
  /** The answer of its supervisor, if there was one. */
  readonly told?: PeerStatus | undefined;
  /** The same answer, read for what people look at. */
  readonly details?: Details | undefined;
}

/** What one member reports about itself. A missing value is undefined. */
export interface MemberState extends SurveyMember {
  readonly address: string | undefined;
  /** True if its ZooKeeper or its supervisor answered, with any answer. */
  readonly heard: boolean;
  /** True when a ZooKeeper answered, whether it serves or not. */
  readonly answers: boolean;
  /** True when it serves clients in a quorum, or alone where the ensemble is one member. */
  readonly serves: boolean;
  readonly mode: string | undefined;
  /** What it waits for before it starts its server; undefined for a member that does not. */
  readonly waiting: PeerWaiting | undefined;
  /** The last transaction, as ZooKeeper writes it: 0x100000007. */
  readonly zxid: string | undefined;
  /** Transactions behind the leader; undefined also where the two are of different epochs. */
  readonly lag: number | undefined;
  readonly connections: number | undefined;
  readonly latencyMs: { readonly min: number; readonly avg: number; readonly max: number } | undefined;
  /** See `isSynced`. */
  readonly synced: boolean | undefined;
  readonly version: string | undefined;
  /** Since it joined the quorum (3.6 and later say it). */
  readonly uptimeSeconds: number | undefined;
  /** Further facts from its supervisor; undefined without an answer. */
  readonly details: Details | undefined;
  /** Why it is not well, in sentences; empty for a member that is. */
  readonly problems: readonly string[];
}
