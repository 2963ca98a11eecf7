import { ADMIN, type CodeRow, KUBERNETES } from './row.ts';

/** What can be wrong with the server itself: its JVM, its memory, its ports and its times. */
export const serverCodes = {
  'ZK-TIMING-001': {
    severity: 'warning',
    meaning: 'syncLimit or initLimit is so large that it is probably meant in milliseconds; it counts ticks.',
    remedy: 'Give ticks: with a tick of 2 s, ZK_SYNC_LIMIT=5 notices a dead leader after 10 s.',
    link: `${ADMIN}#sc_clusterOptions`,
  },
  'ZK-TIMING-002': {
    severity: 'error',
    meaning: 'The shortest session timeout is longer than the longest.',
    remedy: 'Make ZK_MIN_SESSION_TIMEOUT at most ZK_MAX_SESSION_TIMEOUT; ZooKeeper would refuse to start.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-TIMING-003': {
    severity: 'warning',
    meaning: 'The tick is outside what works in practice.',
    remedy:
      'Use 500 to 10000 ms: shorter ticks raise false alarms at every pause, longer ones notice failures late.',
    link: `${ADMIN}#sc_minimumConfiguration`,
  },
  'ZK-TIMING-004': {
    severity: 'warning',
    meaning: 'initLimit is shorter than syncLimit.',
    remedy: 'Raise ZK_INIT_LIMIT: the first synchronisation always needs more time than keeping up.',
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
    meaning:
      'A limit in ticks is more milliseconds than ZooKeeper can count, so it would wait for a wrong time.',
    remedy:
      'Lower ZK_TICK_TIME, ZK_INIT_LIMIT or ZK_SYNC_LIMIT: their product must stay below 2147483648 ms (24 days).',
    link: `${ADMIN}#sc_clusterOptions`,
  },
  'ZK-TIMING-007': {
    severity: 'warning',
    meaning:
      'The session timeouts allowed are unusual, and ZooKeeper changes what clients ask for without a word.',
    remedy:
      'Let ZK_MAX_SESSION_TIMEOUT be 10 s to 10 minutes and ZK_MIN_SESSION_TIMEOUT at most 30 s: shorter sessions end at every change of the leader, longer ones keep dead clients’ nodes.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-CLIENT-001': {
    severity: 'warning',
    meaning: 'maxClientCnxns is so low that probes and clients of one address shut each other out.',
    remedy: 'Use 10 or more: probes count as connections from the same address.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-CLIENT-002': {
    severity: 'warning',
    meaning:
      'The number of connections from one address is not limited, so one client can use up all of them.',
    remedy: 'Set ZK_MAX_CLIENT_CNXNS to what the busiest address needs; 60 is the default.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-CLIENT-003': {
    severity: 'warning',
    meaning:
      'Every four-letter word is answered, also those that show the environment or cost a walk over all watches.',
    remedy: 'Name the words that are needed in ZK_4LW_WHITELIST; those that probes need are always answered.',
    link: `${ADMIN}#sc_4lw`,
  },
  'ZK-CLIENT-004': {
    severity: 'warning',
    meaning:
      'The AdminServer listens on all addresses, without a password; from 3.9 it hands out and takes in whole snapshots.',
    remedy:
      'Bind it to loopback with admin.serverAddress=127.0.0.1 in ZK_EXTRA_CONFIG, or leave ZK_ADMIN_PORT at 0.',
    link: `${ADMIN}#sc_adminserver`,
  },
  'ZK-NETWORK-001': {
    severity: 'error',
    meaning: 'The client port cannot be opened.',
    remedy:
      'Stop what listens there, or set another ZK_CLIENT_PORT; with hostNetwork each pod of a node needs its own.',
    link: `${ADMIN}#sc_minimumConfiguration`,
  },
  'ZK-NETWORK-002': {
    severity: 'error',
    meaning: 'The health port cannot be opened.',
    remedy:
      'Set another ZK_HEALTH_PORT, or 0 to turn the health endpoint off; with hostNetwork each pod of a node needs its own.',
    link: `${KUBERNETES}/concepts/services-networking/`,
  },
  'ZK-NETWORK-003': {
    severity: 'warning',
    meaning: 'A port of ZK_METRICS_PORTS cannot be opened. The member starts without it.',
    remedy:
      'Stop what listens there, such as the exporter beside ZooKeeper that the port was meant to replace, or name another port.',
    link: `${KUBERNETES}/concepts/services-networking/`,
  },
  'ZK-MEMORY-001': {
    severity: 'error',
    meaning: 'The heap does not fit into the memory limit of the container.',
    remedy:
      'Lower ZK_HEAP_SIZE below 80 % of the limit, or raise the limit: beside the heap the JVM needs room too.',
    link: `${KUBERNETES}/concepts/configuration/manage-resources-containers/`,
  },
  'ZK-MEMORY-002': {
    severity: 'warning',
    meaning:
      'Beside the heap there is less room than the rest of the JVM takes: code, buffers, the collector, and Netty where it is used.',
    remedy:
      'Raise the limit, or lower ZK_HEAP_SIZE; the kernel kills a container that needs more than its limit.',
    link: `${KUBERNETES}/concepts/configuration/manage-resources-containers/`,
  },
  'ZK-MEMORY-003': {
    severity: 'error',
    meaning: 'The heap is to begin larger than it may become, which no JVM starts with.',
    remedy:
      'Set the heap with ZK_HEAP_SIZE alone, which gives both sizes, and remove -Xmx and -Xms from the flags.',
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
      'The memory limit was lowered under a running member, below what its JVM may take. The kernel would kill it.',
    remedy: 'Raise the limit again; or lower ZK_HEAP_SIZE and restart the members one after the other.',
    link: `${KUBERNETES}/tasks/configure-pod-container/resize-container-resources/`,
  },
  'ZK-MEMORY-006': {
    severity: 'warning',
    meaning: 'The memory limit was changed under a running member, whose heap was chosen for the old one.',
    remedy: 'Restart the members one after the other.',
    link: `${KUBERNETES}/tasks/configure-pod-container/resize-container-resources/`,
  },

  'ZK-DISTRIBUTION-001': {
    severity: 'error',
    meaning: 'No ZooKeeper was found in ZK_HOME.',
    remedy: 'Set ZK_HOME to the folder that holds lib/zookeeper-<version>.jar.',
    link: 'https://zookeeper.apache.org/releases.html',
  },
  'ZK-DISTRIBUTION-002': {
    severity: 'error',
    meaning: 'The version of ZooKeeper cannot be told from its jars.',
    remedy:
      'Keep the version in the name of the jar (zookeeper-3.9.3.jar), or name it with --zookeeper-version.',
    link: 'https://zookeeper.apache.org/releases.html',
  },
  'ZK-DISTRIBUTION-003': {
    severity: 'warning',
    meaning: 'The distribution has no logging backend that fits its slf4j, so ZooKeeper would log nothing.',
    remedy:
      'Add logback-classic and logback-core (slf4j 2), or slf4j-reload4j and reload4j (slf4j 1.7), to lib/.',
    link: `${ADMIN}#sc_logging`,
  },
  'ZK-DISTRIBUTION-004': {
    severity: 'note',
    meaning: 'No ZooKeeper is installed here, so the newest known release is assumed.',
    remedy: 'Name another with --zookeeper-version, or point ZK_HOME at a distribution.',
    link: 'https://zookeeper.apache.org/releases.html',
  },
  'ZK-DISTRIBUTION-005': {
    severity: 'warning',
    meaning: 'The AdminServer is asked for, and the distribution lacks the jars it runs on.',
    remedy: 'Add the jars of Jetty and of the servlet API to lib/, or leave ZK_ADMIN_PORT at 0.',
    link: `${ADMIN}#sc_adminserver`,
  },
  'ZK-DISTRIBUTION-006': {
    severity: 'note',
    meaning:
      'The class-data archive in the distribution was made for another JVM or other jars, so it is not used.',
    remedy:
      'Build the image anew after changing Java or a jar. Without the archive ZooKeeper starts as well, some 100 ms later.',
    link: 'https://docs.oracle.com/en/java/javase/21/vm/class-data-sharing.html',
  },
  'ZK-DISTRIBUTION-007': {
    severity: 'warning',
    meaning:
      'This release of ZooKeeper has a defect by which an ensemble can lose acknowledged writes: a member’s log gets a gap, or a gap is handed on.',
    remedy:
      'Upgrade to 3.9.4 or newer; the 3.8 line has not been mended. A member that then ends with "Committed proposal cached out of order" has such a gap: move its volume’s data away, and it takes the quorum’s.',
    link: 'https://zookeeper.apache.org/doc/r3.9.3/releasenotes.html',
  },
  'ZK-DISTRIBUTION-008': {
    severity: 'warning',
    meaning:
      'This release of ZooKeeper has a published weakness, and this configuration lets others reach it. Weaknesses that nothing here reaches are not reported.',
    remedy:
      'Upgrade to a release without it, or do what the finding names instead. A distribution may have mended it under the same number: silence the code then (ZK_IGNORE_FINDINGS).',
    link: 'https://zookeeper.apache.org/security.html',
  },
  'ZK-DISTRIBUTION-009': {
    severity: 'error',
    meaning: 'This release of ZooKeeper needs a newer Java: the JVM would end before it runs.',
    remedy: 'Set JAVA_HOME to Java 17 or newer.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-5039',
  },
  'ZK-JVM-001': {
    severity: 'warning',
    meaning: 'The JVM is told to live on when it is out of memory; it would neither serve nor end.',
    remedy: 'Remove -XX:-ExitOnOutOfMemoryError, or let -XX:+CrashOnOutOfMemoryError end it.',
    link: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html',
  },
  'ZK-JVM-002': {
    severity: 'warning',
    meaning: 'The JVM keeps addresses for longer than a few seconds, so a member that moved is found late.',
    remedy:
      'Remove sun.net.inetaddr.ttl from the flags: one second is set. At the default of 30 s, a pod with a new address waits up to a minute to rejoin.',
    link: 'https://docs.oracle.com/en/java/javase/21/core/java-networking.html',
  },
  'ZK-JVM-003': {
    severity: 'error',
    meaning: 'A word of the flags is no flag, or it makes java start something else than ZooKeeper.',
    remedy:
      'Separate flags by blanks and write none with a blank in it: quotes are not read, as in zkServer.sh. A flag that needs a blank goes, in quotes, into a file that JVMFLAGS names: JVMFLAGS=@/path/of/the/file.',
    link: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html',
  },
  'ZK-JVM-004': {
    severity: 'warning',
    meaning: 'Another variable gives the JVM a heap that wins over ZK_HEAP_SIZE.',
    remedy:
      'Keep one of the two, best ZK_HEAP_SIZE. _JAVA_OPTIONS win over every flag, and every JVM of the container reads them.',
    link: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html',
  },
  'ZK-JVM-005': {
    severity: 'warning',
    meaning: 'A flag has no effect, since another setting wins over it.',
    remedy:
      'Remove it. Set the heap with ZK_HEAP_SIZE, also as a share of the memory (70%), and keys of zoo.cfg with their variable or with ZK_EXTRA_CONFIG.',
    link: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html',
  },
  'ZK-JVM-006': {
    severity: 'warning',
    meaning:
      'A flag that opens a port is given to every JVM of the container, and only the first can have the port.',
    remedy:
      'Set JMXPORT for JMX, and put agents and debuggers into SERVER_JVMFLAGS, which the server alone reads.',
    link: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html',
  },
  'ZK-JVM-007': {
    severity: 'warning',
    meaning: 'Remote JMX is open without a password: whoever reaches the port may run code in the server.',
    remedy:
      'Set JMXAUTH=true with a password file, or bind JMX to loopback: -Dcom.sun.management.jmxremote.host=127.0.0.1 in SERVER_JVMFLAGS. Metrics need no JMX: scrape /metrics.',
    link: 'https://docs.oracle.com/en/java/javase/21/management/monitoring-and-management-using-jmx-technology.html',
  },
  'ZK-JVM-008': {
    severity: 'error',
    meaning: 'A flag needs a module that this Java was made without, so the JVM would end at once.',
    remedy: 'Use a Java that has the module, or make one with it: jlink --add-modules.',
    link: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/jlink.html',
  },
  'ZK-JVM-009': {
    severity: 'error',
    meaning:
      'With a flag the JVM would end at once: its value cannot be read, its file is not there, or this Java no longer knows it.',
    remedy:
      'Correct or remove the flag: sizes are whole numbers with k, m, g or t, switches are -XX:+Name or -XX:-Name, and one garbage collector is enough. -Xlog:gc* stands for the flags of the log of the garbage collector since Java 9.',
    link: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html',
  },
  'ZK-JVM-010': {
    severity: 'warning',
    meaning:
      'A flag is not known to any JVM this program knows of, so the JVM would most likely end at once.',
    remedy: 'Correct the spelling or remove it.',
    link: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html',
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
