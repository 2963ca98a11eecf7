import { type Alert, ENSEMBLE, MEMBER, mode, SUMMARY_OF, series, VOTERS, ZK_0 } from './alert.ts';

/** Alerts about members and the quorum. */
export const memberAlerts: readonly Alert[] = [
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
];
