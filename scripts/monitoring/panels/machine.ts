import { average, one, POD, type Row } from './panel.ts';

/** What the members need: disks, memory and processors, and their supervisors. */
export const machineRows: readonly Row[] = [
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
