/** What a plain `mntr` key is: its name in Prometheus' conventions, what kind of number, and what it counts. */
export interface PlainMetric {
  /** Without prefix, unit and `_total`, which follow from the rest. */
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly unit?: 'bytes' | 'milliseconds';
  readonly help: string;
}

function gauge(name: string, help: string, unit?: PlainMetric['unit']): PlainMetric {
  return { name, type: 'gauge', help, ...(unit && { unit }) };
}

function counter(name: string, help: string, unit?: PlainMetric['unit']): PlainMetric {
  return { name, type: 'counter', help, ...(unit && { unit }) };
}

/** The release up to which these tables have been held to MonitorCommand, LeaderZooKeeperServer and ServerMetrics, from 3.4.13 on. */
export const MNTR_REVIEWED_UP_TO = '3.9.6';

/** The keys people look at, without `zk_`; from MonitorCommand and LeaderZooKeeperServer. */
const known: Readonly<Record<string, PlainMetric>> = {
  num_alive_connections: gauge('connections', 'Connections of clients that are open.'),
  outstanding_requests: gauge('outstanding_requests', 'Requests that are waiting to be processed.'),
  znode_count: gauge('znodes', 'Znodes in the tree.'),
  watch_count: gauge('watches', 'Watches that are set.'),
  watch_bytes: gauge('watches', 'Size of the paths that are watched.', 'bytes'),
  ephemerals_count: gauge('ephemerals', 'Ephemeral znodes in the tree.'),
  approximate_data_size: gauge('approximate_data', 'Size of the tree: paths and data.', 'bytes'),
  open_file_descriptor_count: gauge('open_file_descriptors', 'File descriptors that the JVM holds open.'),
  max_file_descriptor_count: gauge('max_file_descriptors', 'File descriptors that the JVM may open.'),
  packets_received: counter('packets_received', 'Packets received from clients; reset by the word srst.'),
  packets_sent: counter('packets_sent', 'Packets sent to clients; reset by the word srst.'),
  fsync_threshold_exceed_count: counter(
    'fsync_threshold_exceeded',
    'Fsyncs longer than fsync.warningthresholdms.',
  ),
  followers: gauge('learners', 'Followers and observers of this leader.'),
  learners: gauge('learners', 'Followers and observers of this leader.'),
  synced_followers: gauge('synced_followers', 'Followers that are in sync with this leader.'),
  synced_observers: gauge(
    'synced_observers',
    'Observers that are in sync with this leader or observer master.',
  ),
  synced_non_voting_followers: gauge(
    'synced_non_voting_followers',
    'Followers in sync that do not vote yet.',
  ),
  pending_syncs: gauge('pending_syncs', 'Sync requests of clients that this leader has not answered.'),
  quorum_size: gauge('quorum_size', 'Voting members in the configuration of the ensemble.'),
  observer_master_id: gauge('observer_master_id', 'Server id of the member this observer follows.'),
  global_sessions: gauge('global_sessions', 'Sessions that the whole ensemble knows.'),
  local_sessions: gauge('local_sessions', 'Sessions that only this member knows.'),
  connection_drop_probability: gauge(
    'connection_drop_probability',
    'Chance of a new connection being dropped.',
  ),
  uptime: gauge('uptime', 'Time since this server joined a quorum or began to serve alone.', 'milliseconds'),
  leader_uptime: gauge('leader_uptime', 'Time since this server became the leader.', 'milliseconds'),
  outstanding_tls_handshake: gauge('outstanding_tls_handshakes', 'TLS handshakes under way.'),
  auth_failed_count: counter('auth_failed', 'Authentications that failed.'),
  non_mtls_local_conn_count: counter(
    'non_mtls_local_connections',
    'Connections from this host without mutual TLS.',
  ),
  non_mtls_remote_conn_count: counter(
    'non_mtls_remote_connections',
    'Connections from other hosts without mutual TLS.',
  ),
  bytes_received_count: counter('received', 'Bytes received from clients.', 'bytes'),
  response_bytes: counter('response', 'Bytes of responses to clients.', 'bytes'),
  commit_count: counter('commits', 'Transactions committed.'),
  proposal_count: counter('proposals', 'Transactions proposed by this leader.'),
  looking_count: counter('looking', 'Times this server began to look for a leader.'),
  snap_count: counter('snap_syncs', 'Learners brought up to date with a whole snapshot.'),
  diff_count: counter('diff_syncs', 'Learners brought up to date with the transactions they lacked.'),
  connection_request_count: counter('connection_requests', 'Sessions asked for by clients.'),
  add_dead_watcher_stall_time: counter(
    'add_dead_watcher_stall',
    'Time that closing sessions waited for the cleaner of watches.',
    'milliseconds',
  ),
};

/** Further keys that ServerMetrics registers as counters. */
const counters: readonly string[] = [
  ...['cnxn_closed_without_zk_server_running', 'connection_drop_count', 'connection_rejected'],
  ...[
    'connection_revalidate_count',
    'dead_watchers_cleared',
    'dead_watchers_queued',
    'digest_mismatches_count',
  ],
  ...['ensemble_auth_fail', 'ensemble_auth_skip', 'ensemble_auth_success', 'insecure_admin_count'],
  ...['large_requests_rejected', 'learner_commit_received_count', 'learner_proposal_received_count'],
  ...['outstanding_changes_queued', 'outstanding_changes_removed', 'prep_processor_request_queued'],
  ...['quit_leading_due_to_disloyal_voter', 'request_commit_queued', 'request_throttle_wait_count'],
  ...[
    'requests_not_forwarded_to_commit_processor',
    'response_packet_cache_hits',
    'response_packet_cache_misses',
  ],
  ...['response_packet_get_children_cache_hits', 'response_packet_get_children_cache_misses'],
  ...[
    'restore_error_count',
    'restore_rate_limited_count',
    'revalidate_count',
    'sessionless_connections_expired',
  ],
  ...['skip_learner_request_to_next_processor_count', 'snapshot_error_count', 'snapshot_rate_limited_count'],
  ...['stale_replies', 'stale_requests', 'stale_requests_dropped', 'stale_sessions_expired'],
  ...[
    'sync_processor_request_queued',
    'throttled_ops',
    'tls_handshake_exceeded',
    'unrecoverable_error_count',
  ],
  'unsuccessful_handshake',
];

const counterKeys: ReadonlySet<string> = new Set(counters);

/** Every plain key of the tables, without `zk_`, whatever the release. */
export const plainKeys: readonly string[] = [...Object.keys(known), ...counters];

/** What a plain key (without `zk_`) is known to be, or undefined for a key of a ZooKeeper yet to come. */
export function plainMetric(key: string): PlainMetric | undefined {
  if (Object.hasOwn(known, key)) return known[key];
  if (!counterKeys.has(key)) return undefined;
  return counter(key.replace(/_count$/, ''), `zk_${key} of mntr.`);
}

/** Durations and sizes whose key says neither; the rest follows from how the key is spelt. */
export const spelling: Readonly<Record<string, string>> = {
  latency: 'request_latency',
  readlatency: 'read_latency',
  updatelatency: 'update_latency',
  fsynctime: 'fsync_time',
  snapshottime: 'snapshot_time',
  dbinittime: 'db_init_time',
};

/** Statistics of a size in bytes; every other `_size` counts items. */
export const byteSizes: ReadonlySet<string> = new Set([
  'proposal_size',
  'client_response_size',
  'netty_queued_buffer_capacity',
]);

/** Counters of MonitorCommand that ZooKeeper's own provider registers as gauges (ZooKeeperServer.registerMetrics). */
const GAUGES_OF_PROVIDER: readonly string[] = [
  'packets_received',
  'packets_sent',
  'fsync_threshold_exceed_count',
  'auth_failed_count',
  'non_mtls_local_conn_count',
  'non_mtls_remote_conn_count',
];

/** True for a plain key (without `zk_`) that ZooKeeper registers as a counter. */
export function isServerCounter(key: string): boolean {
  if (GAUGES_OF_PROVIDER.includes(key)) return false;
  return counterKeys.has(key) || (Object.hasOwn(known, key) && known[key]?.type === 'counter');
}
