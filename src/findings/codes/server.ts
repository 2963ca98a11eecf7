import { ADMIN, type CodeRow, KUBERNETES } from './row.ts';

/** Problems with the server itself: its times, its ports and its memory. */
export const serverCodes = {
  'ZK-TIMING-001': {
    severity: 'warning',
    meaning: 'syncLimit or initLimit is so large that it is probably in milliseconds. Its unit is ticks.',
    remedy: 'Give a number of ticks. With a tick of 2 s, ZK_SYNC_LIMIT=5 detects a dead leader after 10 s.',
    link: `${ADMIN}#sc_clusterOptions`,
  },
  'ZK-TIMING-002': {
    severity: 'error',
    meaning: 'The shortest session timeout is longer than the longest.',
    remedy:
      'Set ZK_MIN_SESSION_TIMEOUT to at most ZK_MAX_SESSION_TIMEOUT. Otherwise ZooKeeper refuses to start.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-TIMING-003': {
    severity: 'warning',
    meaning: 'The tick is outside the practical range.',
    remedy:
      'Use 500 to 10000 ms. Shorter ticks report false failures at every pause. Longer ticks detect failures late.',
    link: `${ADMIN}#sc_minimumConfiguration`,
  },
  'ZK-TIMING-004': {
    severity: 'warning',
    meaning: 'initLimit is shorter than syncLimit.',
    remedy: 'Raise ZK_INIT_LIMIT. The first synchronisation always needs more time than later ones.',
    link: `${ADMIN}#sc_clusterOptions`,
  },
  'ZK-TIMING-005': {
    severity: 'warning',
    meaning: 'Sessions may expire after a single missed heartbeat.',
    remedy: 'Let ZK_MIN_SESSION_TIMEOUT be at least two ticks.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-TIMING-006': {
    severity: 'error',
    meaning: 'A limit in ticks overflows ZooKeeper’s milliseconds, so ZooKeeper would wait for a wrong time.',
    remedy:
      'Lower ZK_TICK_TIME, ZK_INIT_LIMIT or ZK_SYNC_LIMIT: their product must stay below 2147483648 ms (24 days).',
    link: `${ADMIN}#sc_clusterOptions`,
  },
  'ZK-TIMING-007': {
    severity: 'warning',
    meaning:
      'The allowed session timeouts are unusual. ZooKeeper changes the timeout of a client without a message.',
    remedy:
      'Let ZK_MAX_SESSION_TIMEOUT be 10 s to 10 minutes and ZK_MIN_SESSION_TIMEOUT at most 30 s: shorter sessions end at every change of the leader, longer ones keep dead clients’ nodes.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-CLIENT-001': {
    severity: 'warning',
    meaning: 'maxClientCnxns is so low that probes and clients of one address block each other.',
    remedy: 'Use 10 or more. Probes count as connections from the same address.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-CLIENT-002': {
    severity: 'warning',
    meaning:
      'The number of connections from one address is not limited, so one client can use up all of them.',
    remedy: 'Set ZK_MAX_CLIENT_CNXNS to the number that the busiest address needs. The default is 60.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-CLIENT-003': {
    severity: 'warning',
    meaning:
      'ZooKeeper answers every four-letter word, also the words that show the environment or all watches.',
    remedy: 'List the words that you need in ZK_4LW_WHITELIST. The words for probes are always answered.',
    link: `${ADMIN}#sc_4lw`,
  },
  'ZK-CLIENT-004': {
    severity: 'warning',
    meaning:
      'The AdminServer listens on all addresses without a password. From 3.9 on, anybody who reaches it can download and restore whole snapshots.',
    remedy:
      'Bind it to loopback with admin.serverAddress=127.0.0.1 in ZK_EXTRA_CONFIG, or leave ZK_ADMIN_PORT at 0.',
    link: `${ADMIN}#sc_adminserver`,
  },
  'ZK-NETWORK-001': {
    severity: 'error',
    meaning: 'The client port cannot be opened.',
    remedy:
      'Stop the process that listens there, or set another ZK_CLIENT_PORT. ZK_CLIENT_ADDRESS must be an address of the host. With hostNetwork, each pod of a node needs its own port.',
    link: `${ADMIN}#sc_minimumConfiguration`,
  },
  'ZK-NETWORK-002': {
    severity: 'error',
    meaning: 'The health port cannot be opened.',
    remedy:
      'Set another ZK_HEALTH_PORT, or 0 to turn the health endpoint off. ZK_HEALTH_ADDRESS must be an address of the host. With hostNetwork, each pod of a node needs its own port.',
    link: `${KUBERNETES}/concepts/services-networking/`,
  },
  'ZK-NETWORK-003': {
    severity: 'warning',
    meaning: 'A port of ZK_METRICS_PORTS cannot be opened. The member starts without it.',
    remedy:
      'Stop the process that listens there, such as the old exporter next to ZooKeeper, or set another port.',
    link: `${KUBERNETES}/concepts/services-networking/`,
  },
  'ZK-MEMORY-001': {
    severity: 'error',
    meaning:
      'The heap does not fit into the memory limit of the container, or into the memory of the machine.',
    remedy:
      'Lower ZK_HEAP_SIZE below 80 % of the limit, or raise the limit. The JVM also needs memory outside the heap.',
    link: `${KUBERNETES}/concepts/configuration/manage-resources-containers/`,
  },
  'ZK-MEMORY-002': {
    severity: 'warning',
    meaning:
      'Too little memory is left outside the heap for the rest of the JVM: code, buffers, the collector, and Netty if it is used.',
    remedy:
      'Raise the limit, or lower ZK_HEAP_SIZE. The kernel kills a container that uses more than its limit.',
    link: `${KUBERNETES}/concepts/configuration/manage-resources-containers/`,
  },
  'ZK-MEMORY-003': {
    severity: 'error',
    meaning: 'The first size of the heap is larger than its maximum. No JVM starts with that.',
    remedy: 'Set only ZK_HEAP_SIZE, which gives both sizes, and remove -Xmx and -Xms from the flags.',
    link: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html',
  },
  'ZK-MEMORY-004': {
    severity: 'warning',
    meaning: 'The data has grown so far that the heap may not hold it, with the copies that ZooKeeper makes.',
    remedy: 'Raise ZK_HEAP_SIZE and the memory limit, or remove data.',
    link: `${ADMIN}#sc_memory`,
  },
  'ZK-MEMORY-005': {
    severity: 'warning',
    meaning:
      'The memory limit of a running member was lowered below the maximum of its JVM. The kernel would kill it.',
    remedy: 'Raise the limit again. Or lower ZK_HEAP_SIZE and restart the members one after the other.',
    link: `${KUBERNETES}/tasks/configure-pod-container/resize-container-resources/`,
  },
  'ZK-MEMORY-006': {
    severity: 'warning',
    meaning: 'The memory limit of a running member was changed. Its heap still fits the old limit.',
    remedy: 'Restart the members one after the other.',
    link: `${KUBERNETES}/tasks/configure-pod-container/resize-container-resources/`,
  },
  'ZK-MEMORY-007': {
    severity: 'warning',
    meaning:
      'The JVM can use more memory than memory.high, above which the kernel slows the container down. Kubernetes sets memory.high between the request and the limit where its feature MemoryQoS is on.',
    remedy: 'Set the memory request to the value of the limit, or lower ZK_HEAP_SIZE.',
    link: `${KUBERNETES}/concepts/workloads/pods/pod-qos/`,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
