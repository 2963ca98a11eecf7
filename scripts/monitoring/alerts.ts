/** Where an expression names the members it is about; each file that is generated puts its own matchers there. */
export const MEMBERS = 'MEMBERS';

/** Series of a test, a value a minute, in promtool's notation: `name{label="value"}` to `0x10 90x20`. */
export type Series = Readonly<Record<string, string>>;

/** An alert: what it watches, what it says, and a case in which it fires beside one in which it must not. */
export interface Alert {
  readonly name: string;
  /** critical: somebody is woken. warning: somebody looks today. info: it is shown. */
  readonly severity: 'critical' | 'warning' | 'info';
  /** PromQL; every selector has braces, and MEMBERS in them. */
  readonly expr: string;
  readonly for?: string;
  readonly summary: string;
  /** The first thing to do; docs/runbook.md has the rest. */
  readonly action: string;
  readonly fires: Case & {
    /** The labels that tell which member, volume or certificate it is. */
    readonly labels: Readonly<Record<string, string>>;
    /** The summary as it is then read. */
    readonly said: string;
  };
  readonly quiet: Case;
}

interface Case {
  readonly series: Series;
  /** When it is looked at. */
  readonly at: string;
}

const ENSEMBLE = { namespace: 'shop', job: 'zookeeper' } as const;
const ZK_0 = { ...ENSEMBLE, pod: 'zk-0', instance: 'zk-0:8090' } as const;

function series(name: string, labels: Readonly<Record<string, string>> = {}, pod = 'zk-0'): string {
  const all = { ...ENSEMBLE, pod, instance: `${pod}:8090`, ...labels };
  const pairs = Object.entries(all).map(([label, value]) => `${label}="${value}"`);
  return `${name}{${pairs.join(',')}}`;
}

const mode = (pod: string, of: string) => series('zookeeper_mode', { mode: of }, pod);
const VOTERS = series('zk_entrypoint_members', { role: 'voter' });
const SUMMARY_OF = '{{ $labels.namespace }}/{{ $labels.job }}';
const MEMBER = '{{ or $labels.pod $labels.instance }}';

/** A ratio of two series of one member. */
function ratio(above: string, below: string, values: readonly [string, string]): Series {
  return { [series(above)]: values[0], [series(below)]: values[1] };
}

/**
 * Every alert, the most urgent first. Thresholds are those at which a person can still do something: a member that is
 * restarted or rolled for two minutes is no alert.
 */
export const alerts: readonly Alert[] = [
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
  {
    name: 'ZooKeeperMemberDown',
    severity: 'warning',
    expr: 'up{MEMBERS} == 0 or zk_entrypoint_jvm_running{MEMBERS} == 0',
    for: '5m',
    summary: `${MEMBER} does not answer, or runs no ZooKeeper`,
    action: 'kubectl describe pod shows why its container ended, kubectl logs shows what it waits for',
    fires: {
      series: { [series('up')]: '1x10 0x20' },
      at: '18m',
      labels: ZK_0,
      said: 'zk-0 does not answer, or runs no ZooKeeper',
    },
    quiet: {
      series: { [series('up')]: '1x10 0x3 1x20', [series('zk_entrypoint_jvm_running')]: '1x30' },
      at: '18m',
    },
  },
  {
    name: 'ZooKeeperQuorumAtTheEdge',
    severity: 'warning',
    expr:
      'sum by (namespace, job) (zookeeper_mode{mode=~"leader|follower",MEMBERS})' +
      ' == floor(max by (namespace, job) (zk_entrypoint_members{role="voter",MEMBERS}) / 2) + 1' +
      ' and max by (namespace, job) (zk_entrypoint_members{role="voter",MEMBERS}) > 2',
    for: '5m',
    summary: `${SUMMARY_OF}: {{ $value }} voters serve; one more failure stops the ensemble`,
    action: 'start the missing voter before you restart any other pod',
    fires: {
      series: {
        [mode('zk-0', 'leader')]: '1x30',
        [mode('zk-1', 'follower')]: '1x30',
        [mode('zk-2', 'follower')]: '1x10 0x20',
        [VOTERS]: '3x30',
      },
      at: '18m',
      labels: ENSEMBLE,
      said: 'shop/zookeeper: 2 voters serve; one more failure stops the ensemble',
    },
    quiet: {
      series: {
        [mode('zk-0', 'leader')]: '1x30',
        [mode('zk-1', 'follower')]: '1x30',
        [mode('zk-2', 'follower')]: '1x10 0x4 1x20',
        [VOTERS]: '3x30',
      },
      at: '18m',
    },
  },
  {
    name: 'ZooKeeperFollowersNotInSync',
    severity: 'warning',
    expr:
      'learners{MEMBERS} - synced_followers{MEMBERS}' +
      ' - (synced_observers{MEMBERS} or learners{MEMBERS} * 0) > 0',
    for: '5m',
    summary: `{{ $value }} members are not in sync with ${MEMBER}`,
    action: 'see whether their disks or the network are slow; zk-entrypoint status shows the lag',
    fires: {
      series: { [series('learners')]: '2x30', [series('synced_followers')]: '2x10 1x20' },
      at: '18m',
      labels: ZK_0,
      said: '1 members are not in sync with zk-0',
    },
    quiet: {
      series: {
        [series('learners')]: '2x30',
        [series('synced_followers')]: '2x10 1x20',
        [series('synced_observers')]: '0x10 1x20',
      },
      at: '18m',
    },
  },
  {
    name: 'ZooKeeperMemberRemoved',
    severity: 'warning',
    expr: 'zk_entrypoint_member_of_configuration{MEMBERS} == 0',
    for: '15m',
    summary: `${MEMBER} runs, and the ensemble has removed it`,
    action: 'scale the StatefulSet down to the remaining members, or let this member join again',
    fires: {
      series: { [series('zk_entrypoint_member_of_configuration')]: '1x10 0x30' },
      at: '28m',
      labels: ZK_0,
      said: 'zk-0 runs, and the ensemble has removed it',
    },
    quiet: { series: { [series('zk_entrypoint_member_of_configuration')]: '0x10 1x30' }, at: '28m' },
  },
  {
    name: 'ZooKeeperMembersNotAsWished',
    severity: 'warning',
    expr: 'zk_entrypoint_members{role="voter",MEMBERS} - ignoring (role) zk_entrypoint_voters_wished{MEMBERS} != 0',
    for: '30m',
    summary: `${MEMBER} has {{ $value }} voters more than its settings list`,
    action: 'zk-entrypoint status shows the committed members; correct the settings or finish the scaling',
    fires: {
      series: { [VOTERS]: '4x60', [series('zk_entrypoint_voters_wished')]: '4x10 3x50' },
      at: '45m',
      labels: ZK_0,
      said: 'zk-0 has 1 voters more than its settings list',
    },
    quiet: { series: { [VOTERS]: '3x60', [series('zk_entrypoint_voters_wished')]: '3x60' }, at: '45m' },
  },
  {
    name: 'ZooKeeperRestartsOften',
    severity: 'warning',
    expr: 'changes(zk_entrypoint_start_time_seconds{MEMBERS}[1h]) > 2',
    summary: `${MEMBER} was started {{ $value }} times in an hour`,
    action: 'kubectl logs --previous ends with the reason and what to do',
    fires: {
      series: { [series('zk_entrypoint_start_time_seconds')]: '1x10 2x5 3x5 4x20' },
      at: '30m',
      labels: ZK_0,
      said: 'zk-0 was started 3 times in an hour',
    },
    quiet: { series: { [series('zk_entrypoint_start_time_seconds')]: '1x10 2x30' }, at: '30m' },
  },
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

function volume([free, size]: readonly [string, string]): Series {
  const of = { volume: 'data' };
  return {
    [series('zk_entrypoint_volume_free_bytes', of)]: free,
    [series('zk_entrypoint_volume_size_bytes', of)]: size,
  };
}

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

/** The metrics that an expression of this table reads: each has braces, which functions have not. */
export function metricsIn(expr: string): string[] {
  return [...expr.matchAll(/([a-zA-Z_]\w*)\{/g)].map(([, name]) => name as string);
}

/** The page that says what to do, below this heading. */
export function runbookOf({ name }: Pick<Alert, 'name'>): string {
  return `docs/runbook.md#${name.toLowerCase()}`;
}
