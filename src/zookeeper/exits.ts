import { isAtLeast, type Release } from './release.ts';

/** Why ZooKeeper ends by itself, by the status it ends with. */
export type ExitCause =
  | 'shut-itself-down'
  | 'unexpected'
  /** In 3.4 one status for both. */
  | 'unexpected-or-data-dir'
  | 'config-refused'
  /** The JVM's own, which ends with 3 where -XX:+ExitOnOutOfMemoryError is given. */
  | 'out-of-heap'
  | 'data-dir-or-heap'
  | 'no-election-socket'
  | 'admin-server'
  | 'snapshot-failed'
  | 'commit-unmatched'
  | 'leader-not-understood'
  | 'election-port';

/** One status in some releases. */
export interface ExitRow {
  readonly status: number;
  readonly cause: ExitCause;
  /** ZooKeeper's own name for it. */
  readonly name?: string;
  /** The first release that ends so; left out where all older ones did. */
  readonly since?: string;
  /** The first release that no longer does. */
  readonly until?: string;
}

/** The release up to which this table has been held to `org.apache.zookeeper.server.ExitCode`. */
export const EXITS_REVIEWED_UP_TO = '3.9.6';

/** The first release that has names for its statuses. */
const NAMED = '3.5.0';

/** ZooKeeper 3.4 ends with numbers (QuorumPeerMain, ZooKeeperServerMain, and System.exit elsewhere), 3.5 and newer with an ExitCode. */
const EXITS: readonly ExitRow[] = [
  { status: 0, cause: 'shut-itself-down', until: NAMED },
  { status: 1, cause: 'unexpected-or-data-dir', until: NAMED },
  { status: 2, cause: 'config-refused', until: NAMED },
  { status: 3, cause: 'out-of-heap', until: NAMED },
  { status: 4, cause: 'no-election-socket', until: NAMED },
  { status: 10, cause: 'snapshot-failed', until: NAMED },
  { status: 12, cause: 'commit-unmatched', until: NAMED },
  { status: 13, cause: 'leader-not-understood', until: NAMED },
  { status: 0, cause: 'shut-itself-down', name: 'EXECUTION_FINISHED', since: NAMED },
  { status: 1, cause: 'unexpected', name: 'UNEXPECTED_ERROR', since: NAMED },
  { status: 2, cause: 'config-refused', name: 'INVALID_INVOCATION', since: NAMED },
  { status: 3, cause: 'data-dir-or-heap', name: 'UNABLE_TO_ACCESS_DATADIR', since: NAMED },
  { status: 4, cause: 'admin-server', name: 'ERROR_STARTING_ADMIN_SERVER', since: NAMED },
  { status: 10, cause: 'snapshot-failed', name: 'TXNLOG_ERROR_TAKING_SNAPSHOT', since: NAMED },
  { status: 12, cause: 'commit-unmatched', name: 'UNMATCHED_TXN_COMMIT', since: NAMED },
  { status: 13, cause: 'leader-not-understood', name: 'QUORUM_PACKET_ERROR', since: NAMED },
  { status: 14, cause: 'election-port', name: 'UNABLE_TO_BIND_QUORUM_PORT', since: '3.5.6' },
];

/** The statuses that a release ends with by itself, one row each. */
export function exitRows(release: Release): readonly ExitRow[] {
  return EXITS.filter(
    ({ since, until }) =>
      (since === undefined || isAtLeast(release, since)) &&
      (until === undefined || !isAtLeast(release, until)),
  );
}
