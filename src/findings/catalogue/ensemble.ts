import { ADMIN, type Entries } from './entry.ts';

/** What can be wrong with the ensemble: its size, its clock, its clients. */
export const ensembleEntries = {
  'ZK-ENSEMBLE-001': {
    meaning: 'The number of voting members is even.',
    remedy: 'Use an odd number: one more member makes the quorum larger and survives no further failure.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-ENSEMBLE-002': {
    meaning: 'Two voting members are less available than one: when either is down, neither serves.',
    remedy: 'Use one member for development, three or more for availability.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-ENSEMBLE-003': {
    meaning: 'More than seven members vote, so every write waits for many.',
    remedy: 'Make the further members observers.',
    link: 'https://zookeeper.apache.org/doc/current/zookeeperObservers.html',
  },
  'ZK-TIMING-001': {
    meaning: 'syncLimit or initLimit is so large that it is probably meant in milliseconds; it counts ticks.',
    remedy: 'Give ticks: with a tick of 2 s, ZK_SYNC_LIMIT=5 notices a dead leader after 10 s.',
    link: `${ADMIN}#sc_clusterOptions`,
  },
  'ZK-TIMING-002': {
    meaning: 'The shortest session timeout is longer than the longest.',
    remedy: 'Make ZK_MIN_SESSION_TIMEOUT at most ZK_MAX_SESSION_TIMEOUT; ZooKeeper would refuse to start.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-TIMING-003': {
    meaning: 'The tick is outside what works in practice.',
    remedy:
      'Use 500 to 10000 ms: shorter ticks raise false alarms at every pause, longer ones notice failures late.',
    link: `${ADMIN}#sc_minimumConfiguration`,
  },
  'ZK-TIMING-004': {
    meaning: 'initLimit is shorter than syncLimit.',
    remedy: 'Raise ZK_INIT_LIMIT: the first synchronisation always needs more time than keeping up.',
    link: `${ADMIN}#sc_clusterOptions`,
  },
  'ZK-TIMING-005': {
    meaning: 'Sessions may expire after a single missed heartbeat.',
    remedy: 'Let ZK_MIN_SESSION_TIMEOUT be at least two ticks.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-TIMING-006': {
    meaning:
      'A limit in ticks is more milliseconds than ZooKeeper can count, so it would wait for a wrong time.',
    remedy:
      'Lower ZK_TICK_TIME, ZK_INIT_LIMIT or ZK_SYNC_LIMIT: their product must stay below 2147483648 ms (24 days).',
    link: `${ADMIN}#sc_clusterOptions`,
  },
  'ZK-TIMING-007': {
    meaning:
      'The session timeouts allowed are unusual, and ZooKeeper changes what clients ask for without a word.',
    remedy:
      'Let ZK_MAX_SESSION_TIMEOUT be 10 s to 10 minutes and ZK_MIN_SESSION_TIMEOUT at most 30 s: shorter sessions end at every change of the leader, longer ones keep dead clients’ nodes.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-ENSEMBLE-004': {
    meaning: 'A member has an address of this machine alone, so the others would look for it at themselves.',
    remedy: 'Name every member as all others reach it; loopback only when all members run on one machine.',
    link: `${ADMIN}#sc_clusterOptions`,
  },
  'ZK-ENSEMBLE-005': {
    meaning: 'A member has a name that no DNS can hold.',
    remedy:
      'Shorten the name of the StatefulSet, of its Service or of the domain: at most 63 characters between two dots, at most 253 in all.',
    link: `${ADMIN}#sc_clusterOptions`,
  },
  'ZK-CLIENT-001': {
    meaning: 'maxClientCnxns is so low that probes and clients of one address shut each other out.',
    remedy: 'Use 10 or more: probes count as connections from the same address.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
} satisfies Entries;
