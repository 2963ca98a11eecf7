/** How the values of a panel are written: Grafana's names for them. */
export type Unit = 'none' | 'short' | 'bytes' | 's' | 'ms' | 'percentunit' | 'ops' | 'Bps' | 'dtdurations';

/** One curve, or one for each member. */
interface Query {
  /** PromQL with MEMBERS in the braces of every selector, as in the alerts. */
  readonly expr: string;
  /** Labels in double braces are filled in, as Grafana does. */
  readonly legend: string;
}

/** One field of the dashboard. */
export interface Panel {
  readonly title: string;
  /** What a person learns from it. */
  readonly about: string;
  readonly kind: 'timeseries' | 'stat' | 'table';
  readonly unit: Unit;
  readonly queries: readonly Query[];
  /** From here on a value is shown in red; below it where the limit is a lower one. */
  readonly limit?: { readonly at: number; readonly is: 'upper' | 'lower' };
}

/** A row of panels under one heading. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

const POD = '{{instance}}';

function one(expr: string, legend = POD): readonly Query[] {
  return [{ expr, legend }];
}

/** The average of a summary over five minutes, by what is asked of it. */
const average = (name: string) => `rate(${name}_sum{MEMBERS}[5m]) / rate(${name}_count{MEMBERS}[5m])`;

/** The whole dashboard, from the question of every night down to those of a slow afternoon. */
export const rows: readonly Row[] = [
  {
    title: 'Ensemble',
    panels: [
      {
        title: 'Voters that serve',
        about: 'Members that lead or follow. Below half of the voters plus one nobody can write.',
        kind: 'stat',
        unit: 'none',
        queries: one('sum(zookeeper_mode{mode=~"leader|follower",MEMBERS})', 'serve'),
        limit: { at: 2, is: 'lower' },
      },
      {
        title: 'Voters known',
        about: 'Voters that the members know of.',
        kind: 'stat',
        unit: 'none',
        queries: one('max(zk_entrypoint_members{role="voter",MEMBERS})', 'voters'),
      },
      {
        title: 'Leader',
        about: 'Which member leads.',
        kind: 'stat',
        unit: 'none',
        queries: one('zookeeper_mode{mode=~"leader|standalone",MEMBERS} == 1'),
      },
      {
        title: 'Without a quorum',
        about: 'The longest time that a member is without a quorum now.',
        kind: 'stat',
        unit: 's',
        queries: one('max(zk_entrypoint_without_quorum_seconds{MEMBERS})', 'longest'),
        limit: { at: 1, is: 'upper' },
      },
      {
        title: 'Findings',
        about: 'Errors and warnings of the last check; zk-entrypoint check shows them.',
        kind: 'stat',
        unit: 'none',
        queries: one('sum by (severity) (zk_entrypoint_findings{MEMBERS})', '{{severity}}'),
      },
      {
        title: 'Members',
        about: 'Release, fingerprint of the configuration and zone of each member.',
        kind: 'table',
        unit: 'none',
        queries: [
          { expr: 'zk_entrypoint_info{MEMBERS}', legend: '{{instance}} {{version}} {{config}}' },
          { expr: 'zookeeper_info{MEMBERS}', legend: '{{instance}} ZooKeeper {{version}}' },
          { expr: 'zk_entrypoint_zone{MEMBERS}', legend: '{{instance}} {{zone}}' },
        ],
      },
      {
        title: 'Mode of each member',
        about: '1 while the member serves in this mode.',
        kind: 'timeseries',
        unit: 'none',
        queries: one('zookeeper_mode{MEMBERS} == 1', '{{instance}} {{mode}}'),
      },
      {
        title: 'Time without a quorum',
        about: 'Per member, 0 with one.',
        kind: 'timeseries',
        unit: 's',
        queries: one('zk_entrypoint_without_quorum_seconds{MEMBERS}'),
        limit: { at: 60, is: 'upper' },
      },
      {
        title: 'Learners and those in sync',
        about: 'As the leader counts them; they should be equal.',
        kind: 'timeseries',
        unit: 'none',
        queries: [
          { expr: 'learners{MEMBERS}', legend: '{{instance}} learners' },
          { expr: 'synced_followers{MEMBERS}', legend: '{{instance}} followers in sync' },
          { expr: 'synced_observers{MEMBERS}', legend: '{{instance}} observers in sync' },
        ],
      },
    ],
  },
  {
    title: 'Requests',
    panels: [
      {
        title: 'Packets received',
        about: 'Requests and pings of clients.',
        kind: 'timeseries',
        unit: 'ops',
        queries: one('rate(packets_received{MEMBERS}[5m])'),
      },
      {
        title: 'Writes committed',
        about: 'Transactions of the whole ensemble, as each member commits them.',
        kind: 'timeseries',
        unit: 'ops',
        queries: one('rate(commit_count{MEMBERS}[5m])'),
      },
      {
        title: 'Latency of reads',
        about: 'Average from the arrival of a read to its answer.',
        kind: 'timeseries',
        unit: 'ms',
        queries: one(average('readlatency')),
      },
      {
        title: 'Latency of writes',
        about: 'Average from the arrival of a write to its answer.',
        kind: 'timeseries',
        unit: 'ms',
        queries: one(average('updatelatency')),
      },
      {
        title: 'Requests that wait',
        about: 'More than a few for long: the disk or the heap is too small.',
        kind: 'timeseries',
        unit: 'short',
        queries: one('outstanding_requests{MEMBERS}'),
        limit: { at: 100, is: 'upper' },
      },
      {
        title: 'Connections and sessions',
        about: 'Clients by member, and the sessions of the ensemble.',
        kind: 'timeseries',
        unit: 'short',
        queries: [
          { expr: 'num_alive_connections{MEMBERS}', legend: '{{instance}} connections' },
          { expr: 'max(global_sessions{MEMBERS})', legend: 'sessions' },
        ],
      },
      {
        title: 'Connections refused',
        about: 'At maxClientCnxns or maxCnxns, in five minutes.',
        kind: 'timeseries',
        unit: 'short',
        queries: one('increase(connection_rejected{MEMBERS}[5m])'),
      },
      {
        title: 'Znodes and watches',
        about: 'What the heap holds.',
        kind: 'timeseries',
        unit: 'short',
        queries: [
          { expr: 'znode_count{MEMBERS}', legend: '{{instance}} znodes' },
          { expr: 'watch_count{MEMBERS}', legend: '{{instance}} watches' },
        ],
      },
      {
        title: 'Size of the data',
        about: 'Of all paths and values.',
        kind: 'timeseries',
        unit: 'bytes',
        queries: one('approximate_data_size{MEMBERS}'),
      },
    ],
  },
  {
    title: 'Disk',
    panels: [
      {
        title: 'Flush of the transaction log',
        about: 'Average time of an fsync; every write waits for it.',
        kind: 'timeseries',
        unit: 'ms',
        queries: one(average('fsynctime')),
        limit: { at: 100, is: 'upper' },
      },
      {
        title: 'Free space',
        about: 'Of each volume, as a part of its size.',
        kind: 'timeseries',
        unit: 'percentunit',
        queries: one(
          'zk_entrypoint_volume_free_bytes{MEMBERS} / zk_entrypoint_volume_size_bytes{MEMBERS}',
          '{{instance}} {{volume}}',
        ),
        limit: { at: 0.1, is: 'lower' },
      },
      {
        title: 'Time until full',
        about: 'If the volume goes on to fill as it does now; none while it does not.',
        kind: 'timeseries',
        unit: 'dtdurations',
        queries: one('zk_entrypoint_volume_full_seconds{MEMBERS}', '{{instance}} {{volume}}'),
        limit: { at: 86_400, is: 'lower' },
      },
      {
        title: 'Snapshots and logs',
        about: 'What lies on the volume of each member.',
        kind: 'timeseries',
        unit: 'bytes',
        queries: [
          { expr: 'zk_entrypoint_snapshots_bytes{MEMBERS}', legend: '{{instance}} snapshots' },
          { expr: 'zk_entrypoint_logs_bytes{MEMBERS}', legend: '{{instance}} logs' },
        ],
      },
      {
        title: 'Since the last purge',
        about: 'Without one, snapshots and logs stay until the volume is full.',
        kind: 'timeseries',
        unit: 'dtdurations',
        queries: one('time() - zk_entrypoint_last_purge_timestamp_seconds{MEMBERS}'),
      },
      {
        title: 'Certificates end in',
        about: 'Those that ZooKeeper uses.',
        kind: 'timeseries',
        unit: 'dtdurations',
        queries: one(
          'zk_entrypoint_certificate_expiry_timestamp_seconds{MEMBERS} - time()',
          '{{instance}} {{certificate}}',
        ),
        limit: { at: 1_209_600, is: 'lower' },
      },
    ],
  },
  {
    title: 'Memory and processors',
    panels: [
      {
        title: 'Heap in use',
        about: 'As a part of the largest that it may be.',
        kind: 'timeseries',
        unit: 'percentunit',
        queries: one(
          'jvm_memory_bytes_used{area="heap",MEMBERS} / jvm_memory_bytes_max{area="heap",MEMBERS}',
        ),
        limit: { at: 0.9, is: 'upper' },
      },
      {
        title: 'Memory of the container',
        about: 'As a part of its limit; above it the kernel kills the JVM.',
        kind: 'timeseries',
        unit: 'percentunit',
        queries: one('zk_entrypoint_memory_used_bytes{MEMBERS} / zk_entrypoint_memory_limit_bytes{MEMBERS}'),
        limit: { at: 0.95, is: 'upper' },
      },
      {
        title: 'Collecting garbage',
        about: 'The part of the time that goes into collections.',
        kind: 'timeseries',
        unit: 'percentunit',
        queries: one('sum without (gc) (rate(jvm_gc_collection_seconds_sum{MEMBERS}[5m]))'),
        limit: { at: 0.1, is: 'upper' },
      },
      {
        title: 'Processors in use',
        about: 'By the JVM, and the limit of the container.',
        kind: 'timeseries',
        unit: 'short',
        queries: [
          { expr: 'rate(process_cpu_seconds_total{MEMBERS}[5m])', legend: POD },
          { expr: 'zk_entrypoint_cpu_limit{MEMBERS}', legend: '{{instance}} limit' },
        ],
      },
      {
        title: 'Throttled',
        about: 'The part of the periods in which the container stood still at its CPU limit.',
        kind: 'timeseries',
        unit: 'percentunit',
        queries: one(
          'rate(zk_entrypoint_cpu_throttled_periods_total{MEMBERS}[5m]) / rate(zk_entrypoint_cpu_periods_total{MEMBERS}[5m])',
        ),
        limit: { at: 0.25, is: 'upper' },
      },
      {
        title: 'Threads and file descriptors',
        about: 'Of the JVM.',
        kind: 'timeseries',
        unit: 'short',
        queries: [
          { expr: 'jvm_threads_current{MEMBERS}', legend: '{{instance}} threads' },
          { expr: 'open_file_descriptor_count{MEMBERS}', legend: '{{instance}} descriptors' },
        ],
      },
    ],
  },
  {
    title: 'Supervisor',
    panels: [
      {
        title: 'Starts',
        about: 'Of the container, in an hour.',
        kind: 'timeseries',
        unit: 'none',
        queries: one('changes(zk_entrypoint_start_time_seconds{MEMBERS}[1h])'),
      },
      {
        title: 'From the start of the JVM to its first imok',
        about: 'Grows with the snapshot that is loaded.',
        kind: 'timeseries',
        unit: 's',
        queries: one('zk_entrypoint_time_to_imok_seconds{MEMBERS}'),
      },
      {
        title: 'Probes that failed',
        about: 'A second, by probe.',
        kind: 'timeseries',
        unit: 'ops',
        queries: one(
          'rate(zk_entrypoint_request_duration_seconds_count{result="failed",MEMBERS}[5m])',
          '{{instance}} {{probe}}',
        ),
      },
      {
        title: 'Four-letter words',
        about: 'That reach ZooKeeper, a second; at most two for each word, whoever asks.',
        kind: 'timeseries',
        unit: 'ops',
        queries: one(
          'sum without (ending) (rate(zk_entrypoint_exchange_duration_seconds_count{MEMBERS}[5m]))',
          '{{instance}} {{word}}',
        ),
      },
    ],
  },
];
