import { type Alert, MEMBER, ratio, type Series, series, ZK_0 } from './alert.ts';

/** Alerts about disks, requests, memory, processors and certificates, and about findings. */
export const resourceAlerts: readonly Alert[] = [
  {
    name: 'ZooKeeperVolumeFullSoon',
    severity: 'warning',
    expr: 'zk_entrypoint_volume_full_seconds{MEMBERS} < 86400',
    for: '30m',
    summary: `The {{ $labels.volume }} volume of ${MEMBER} is full in {{ $value | humanizeDuration }}`,
    action: 'enlarge the volume claim, or set ZK_PURGE_INTERVAL so that old snapshots and logs go',
    fires: {
      series: { [series('zk_entrypoint_volume_full_seconds', { volume: 'data' })]: '36000x60' },
      at: '45m',
      labels: { ...ZK_0, volume: 'data' },
      said: 'The data volume of zk-0 is full in 10h 0m 0s',
    },
    quiet: {
      series: { [series('zk_entrypoint_volume_full_seconds', { volume: 'data' })]: '900000x60' },
      at: '45m',
    },
  },
  {
    name: 'ZooKeeperFsyncSlow',
    severity: 'warning',
    expr: 'rate(fsynctime_sum{MEMBERS}[5m]) / rate(fsynctime_count{MEMBERS}[5m]) > 100',
    for: '10m',
    summary: `A write to the disk of ${MEMBER} takes {{ $value | humanize }} ms on average`,
    action: 'give the transaction log a faster disk of its own; every write of the ensemble waits for it',
    fires: {
      series: ratio('fsynctime_sum', 'fsynctime_count', ['0+12000x40', '0+60x40']),
      at: '25m',
      labels: ZK_0,
      said: 'A write to the disk of zk-0 takes 200 ms on average',
    },
    quiet: { series: ratio('fsynctime_sum', 'fsynctime_count', ['0+300x40', '0+60x40']), at: '25m' },
  },
  {
    name: 'ZooKeeperRequestsPileUp',
    severity: 'warning',
    expr: 'outstanding_requests{MEMBERS} > 100',
    for: '5m',
    summary: `{{ $value }} requests wait in ${MEMBER}`,
    action: 'compare fsynctime: a slow disk under the transaction log is the usual cause',
    fires: {
      series: { [series('outstanding_requests')]: '3x10 500x20' },
      at: '18m',
      labels: ZK_0,
      said: '500 requests wait in zk-0',
    },
    quiet: { series: { [series('outstanding_requests')]: '3x10 500x3 3x20' }, at: '18m' },
  },
  {
    name: 'ZooKeeperConnectionsRefused',
    severity: 'warning',
    expr: 'increase(connection_rejected{MEMBERS}[10m]) > 0',
    summary: `${MEMBER} refuses clients: maxCnxns or maxClientCnxns is reached`,
    action: 'find the client that opens too many connections: the word cons lists them by address',
    fires: {
      series: { [series('connection_rejected')]: '0x10 40x20' },
      at: '14m',
      labels: ZK_0,
      said: 'zk-0 refuses clients: maxCnxns or maxClientCnxns is reached',
    },
    quiet: { series: { [series('connection_rejected')]: '40x30' }, at: '14m' },
  },
  {
    name: 'ZooKeeperFileDescriptorsRunOut',
    severity: 'warning',
    expr: 'open_file_descriptor_count{MEMBERS} / max_file_descriptor_count{MEMBERS} > 0.85',
    for: '5m',
    summary: `${MEMBER} uses {{ $value | humanizePercentage }} of its file descriptors`,
    action: 'raise the limit of the node, or lower ZK_MAX_CLIENT_CNXNS; each client takes one',
    fires: {
      series: ratio('open_file_descriptor_count', 'max_file_descriptor_count', ['90x10 960x20', '1024x30']),
      at: '18m',
      labels: ZK_0,
      said: 'zk-0 uses 93.75% of its file descriptors',
    },
    quiet: {
      series: ratio('open_file_descriptor_count', 'max_file_descriptor_count', ['90x30', '1024x30']),
      at: '18m',
    },
  },
  {
    name: 'ZooKeeperMemoryNearLimit',
    severity: 'warning',
    expr: 'zk_entrypoint_memory_used_bytes{MEMBERS} / zk_entrypoint_memory_limit_bytes{MEMBERS} > 0.95',
    for: '15m',
    summary: `${MEMBER} uses {{ $value | humanizePercentage }} of its memory limit`,
    action: 'lower ZK_HEAP_SIZE or raise the limit; above it the kernel kills the JVM',
    fires: {
      series: ratio('zk_entrypoint_memory_used_bytes', 'zk_entrypoint_memory_limit_bytes', [
        '500x10 980x30',
        '1000x40',
      ]),
      at: '28m',
      labels: ZK_0,
      said: 'zk-0 uses 98% of its memory limit',
    },
    quiet: {
      series: ratio('zk_entrypoint_memory_used_bytes', 'zk_entrypoint_memory_limit_bytes', [
        '500x10 900x30',
        '1000x40',
      ]),
      at: '28m',
    },
  },
  {
    name: 'ZooKeeperHeapNearlyFull',
    severity: 'warning',
    expr: 'jvm_memory_bytes_used{area="heap",MEMBERS} / jvm_memory_bytes_max{area="heap",MEMBERS} > 0.9',
    for: '15m',
    summary: `The heap of ${MEMBER} is {{ $value | humanizePercentage }} full, and collections free no more`,
    action: 'raise ZK_HEAP_SIZE and the memory limit; compare znode_count and watch_count',
    fires: {
      series: heap('500x10 970x30'),
      at: '28m',
      labels: { ...ZK_0, area: 'heap' },
      said: 'The heap of zk-0 is 97% full, and collections free no more',
    },
    quiet: { series: heap('500x10 970x10 400x20'), at: '28m' },
  },
  {
    name: 'ZooKeeperCollectsGarbage',
    severity: 'warning',
    expr: 'sum without (gc) (rate(jvm_gc_collection_seconds_sum{MEMBERS}[5m])) > 0.1',
    for: '10m',
    summary: `${MEMBER} spends {{ $value | humanizePercentage }} of its time on garbage collection`,
    action: 'raise ZK_HEAP_SIZE; a member that pauses too long loses its leader',
    fires: {
      series: collected('0+6x40'),
      at: '25m',
      labels: ZK_0,
      said: 'zk-0 spends 20% of its time on garbage collection',
    },
    quiet: { series: collected('0+1x40'), at: '25m' },
  },
  {
    name: 'ZooKeeperCpuThrottled',
    severity: 'warning',
    expr:
      'rate(zk_entrypoint_cpu_throttled_periods_total{MEMBERS}[5m])' +
      ' / rate(zk_entrypoint_cpu_periods_total{MEMBERS}[5m]) > 0.25',
    for: '15m',
    summary: `${MEMBER} stands still in {{ $value | humanizePercentage }} of the periods: it is at its CPU limit`,
    action: 'raise the CPU limit, or remove it; ZooKeeper needs only a request',
    fires: {
      series: ratio('zk_entrypoint_cpu_throttled_periods_total', 'zk_entrypoint_cpu_periods_total', [
        '0+300x40',
        '0+600x40',
      ]),
      at: '28m',
      labels: ZK_0,
      said: 'zk-0 stands still in 50% of the periods: it is at its CPU limit',
    },
    quiet: {
      series: ratio('zk_entrypoint_cpu_throttled_periods_total', 'zk_entrypoint_cpu_periods_total', [
        '0+30x40',
        '0+600x40',
      ]),
      at: '28m',
    },
  },
  {
    name: 'ZooKeeperCertificateEnds',
    severity: 'warning',
    expr: 'zk_entrypoint_certificate_expiry_timestamp_seconds{MEMBERS} - time() < 14 * 86400',
    summary: `The certificate of {{ $labels.certificate }} in ${MEMBER} ends in {{ $value | humanizeDuration }}`,
    action: 'renew it; with cert-manager look at the Certificate of this member',
    fires: {
      series: certificate('864600x30'),
      at: '10m',
      labels: { ...ZK_0, certificate: 'ssl.quorum.keyStore' },
      said: 'The certificate of ssl.quorum.keyStore in zk-0 ends in 10d 0h 0m 0s',
    },
    quiet: { series: certificate('8640000x30'), at: '10m' },
  },
  {
    name: 'ZooKeeperFindings',
    severity: 'info',
    expr: 'sum without (severity) (zk_entrypoint_findings{severity=~"error|warning",MEMBERS}) > 0',
    for: '15m',
    summary: `${MEMBER} has {{ $value }} findings`,
    action:
      'zk-entrypoint check in the container reports each finding with its remedy; docs/errors.md lists the codes',
    fires: {
      series: { [series('zk_entrypoint_findings', { severity: 'warning' })]: '2x30' },
      at: '20m',
      labels: ZK_0,
      said: 'zk-0 has 2 findings',
    },
    quiet: {
      series: {
        [series('zk_entrypoint_findings', { severity: 'note' })]: '2x30',
        [series('zk_entrypoint_findings', { severity: 'warning' })]: '0x30',
      },
      at: '20m',
    },
  },
];

function heap(used: string): Series {
  const of = { area: 'heap' };
  return {
    [series('jvm_memory_bytes_used', of)]: used,
    [series('jvm_memory_bytes_max', of)]: '1000x40',
  };
}

function collected(seconds: string): Series {
  return Object.fromEntries(
    ['Copy', 'MarkSweepCompact'].map((gc) => [series('jvm_gc_collection_seconds_sum', { gc }), seconds]),
  );
}

function certificate(values: string): Series {
  return {
    [series('zk_entrypoint_certificate_expiry_timestamp_seconds', { certificate: 'ssl.quorum.keyStore' })]:
      values,
  };
}
