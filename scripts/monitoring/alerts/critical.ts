import { type Alert, ENSEMBLE, MEMBER, mode, type Series, SUMMARY_OF, series, ZK_0 } from './alert.ts';

/** Alerts for which somebody must act now. */
export const urgentAlerts: readonly Alert[] = [
  {
    name: 'ZooKeeperWithoutQuorum',
    severity: 'critical',
    expr: 'max by (namespace, job) (zk_entrypoint_without_quorum_seconds{MEMBERS}) > 60',
    summary: `${SUMMARY_OF}: a member is without a quorum for {{ $value | humanizeDuration }}`,
    action: 'zk-entrypoint status in any member shows the missing members',
    fires: {
      series: { [series('zk_entrypoint_without_quorum_seconds')]: '0x10 90x20' },
      at: '12m',
      labels: ENSEMBLE,
      said: 'shop/zookeeper: a member is without a quorum for 1m 30s',
    },
    quiet: { series: { [series('zk_entrypoint_without_quorum_seconds')]: '0x10 30x2 0x20' }, at: '12m' },
  },
  {
    name: 'ZooKeeperNotOneLeader',
    severity: 'critical',
    expr: 'sum by (namespace, job) (zookeeper_mode{mode=~"leader|standalone",MEMBERS}) != 1',
    for: '2m',
    summary: `${SUMMARY_OF}: {{ $value }} members lead`,
    action:
      'no leader: look for the election in the logs; several leaders: compare the server lists of the members',
    fires: {
      series: { [mode('zk-0', 'leader')]: '1x10 0x20', [mode('zk-1', 'leader')]: '0x30' },
      at: '14m',
      labels: ENSEMBLE,
      said: 'shop/zookeeper: 0 members lead',
    },
    quiet: {
      series: { [mode('zk-0', 'leader')]: '1x10 0x20', [mode('zk-1', 'leader')]: '0x10 1x20' },
      at: '14m',
    },
  },
  {
    name: 'ZooKeeperDataDiffers',
    severity: 'critical',
    expr: 'increase(digest_mismatches_count{MEMBERS}[1h]) > 0',
    summary: `${MEMBER} has different data than the leader`,
    action: 'keep a copy of its volume, and let the member copy its data again from the leader',
    fires: {
      series: { [series('digest_mismatches_count')]: '0x10 3x20' },
      at: '15m',
      labels: ZK_0,
      said: 'zk-0 has different data than the leader',
    },
    quiet: { series: { [series('digest_mismatches_count')]: '3x30' }, at: '15m' },
  },
  {
    name: 'ZooKeeperVolumeNearlyFull',
    severity: 'critical',
    expr: 'zk_entrypoint_volume_free_bytes{MEMBERS} / zk_entrypoint_volume_size_bytes{MEMBERS} < 0.1',
    for: '5m',
    summary: `The {{ $labels.volume }} volume of ${MEMBER} has {{ $value | humanizePercentage }} left`,
    action: 'enlarge the volume claim; ZooKeeper stops when it cannot write',
    fires: {
      series: volume(['90x10 5x20', '100x30']),
      at: '18m',
      labels: { ...ZK_0, volume: 'data' },
      said: 'The data volume of zk-0 has 5% left',
    },
    quiet: { series: volume(['90x10 15x20', '100x30']), at: '18m' },
  },
];

function volume([free, size]: readonly [string, string]): Series {
  const of = { volume: 'data' };
  return {
    [series('zk_entrypoint_volume_free_bytes', of)]: free,
    [series('zk_entrypoint_volume_size_bytes', of)]: size,
  };
}
