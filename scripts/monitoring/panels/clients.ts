import { average, one, type Row } from './panel.ts';

/** What clients see: the ensemble and its requests. */
export const clientRows: readonly Row[] = [
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
];
