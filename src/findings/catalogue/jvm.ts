import { type Entries, KUBERNETES } from './entry.ts';

const JAVA = 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html';

/** What can be wrong with the JVM's memory and flags. */
export const jvmEntries = {
  'ZK-MEMORY-002': {
    meaning: 'Beside the heap there is less than 150 MiB for threads, buffers and code.',
    remedy:
      'Raise the limit, or lower ZK_HEAP_SIZE; the kernel kills a container that needs more than its limit.',
    link: `${KUBERNETES}/concepts/configuration/manage-resources-containers/`,
  },
  'ZK-MEMORY-003': {
    meaning: 'The heap is to begin larger than it may become, which no JVM starts with.',
    remedy:
      'Set the heap with ZK_HEAP_SIZE alone, which gives both sizes, and remove -Xmx and -Xms from the flags.',
    link: JAVA,
  },
  'ZK-JVM-001': {
    meaning: 'The JVM is told to live on when it is out of memory; it would neither serve nor end.',
    remedy: 'Remove -XX:-ExitOnOutOfMemoryError, or let -XX:+CrashOnOutOfMemoryError end it.',
    link: JAVA,
  },
  'ZK-JVM-002': {
    meaning: 'The JVM keeps addresses for longer than a few seconds, so a member that moved is found late.',
    remedy:
      'Remove sun.net.inetaddr.ttl from the flags: one second is set. At the default of 30 s, a pod with a new address waits up to a minute to rejoin.',
    link: 'https://docs.oracle.com/en/java/javase/21/core/java-networking.html',
  },
  'ZK-JVM-003': {
    meaning: 'A word of the flags is no flag, or it makes java start something else than ZooKeeper.',
    remedy:
      'Separate flags by blanks and write none with a blank in it: quotes are not read, as in zkServer.sh. A flag that needs a blank goes, in quotes, into a file that JVMFLAGS names: JVMFLAGS=@/path/of/the/file.',
    link: JAVA,
  },
  'ZK-JVM-004': {
    meaning: 'Another variable gives the JVM a heap that wins over ZK_HEAP_SIZE.',
    remedy:
      'Keep one of the two, best ZK_HEAP_SIZE. _JAVA_OPTIONS win over every flag, and every JVM of the container reads them.',
    link: JAVA,
  },
  'ZK-JVM-005': {
    meaning: 'A flag has no effect, since another setting wins over it.',
    remedy:
      'Remove it. Set the heap with ZK_HEAP_SIZE, also as a share of the memory (70%), and keys of zoo.cfg with their variable or with ZK_EXTRA_CONFIG.',
    link: JAVA,
  },
  'ZK-JVM-006': {
    meaning:
      'A flag that opens a port is given to every JVM of the container, and only the first can have the port.',
    remedy:
      'Set JMXPORT for JMX, and put agents and debuggers into SERVER_JVMFLAGS, which the server alone reads.',
    link: JAVA,
  },
  'ZK-JVM-007': {
    meaning: 'Remote JMX is open without a password: whoever reaches the port may run code in the server.',
    remedy:
      'Set JMXAUTH=true with a password file, or bind JMX to loopback: -Dcom.sun.management.jmxremote.host=127.0.0.1 in SERVER_JVMFLAGS. Metrics need no JMX: scrape /metrics.',
    link: 'https://docs.oracle.com/en/java/javase/21/management/monitoring-and-management-using-jmx-technology.html',
  },
  'ZK-JVM-008': {
    meaning: 'A flag needs a module that this Java was made without, so the JVM would end at once.',
    remedy: 'Use a Java that has the module, or make one with it: jlink --add-modules.',
    link: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/jlink.html',
  },
  'ZK-JVM-009': {
    meaning:
      'With a flag the JVM would end at once: its value cannot be read, its file is not there, or this Java no longer knows it.',
    remedy:
      'Correct or remove the flag: sizes are whole numbers with k, m, g or t, switches are -XX:+Name or -XX:-Name, and one garbage collector is enough. -Xlog:gc* stands for the flags of the log of the garbage collector since Java 9.',
    link: JAVA,
  },
  'ZK-JVM-010': {
    meaning:
      'A flag is not known to any JVM this program knows of, so the JVM would most likely end at once.',
    remedy: 'Correct the spelling or remove it.',
    link: JAVA,
  },
} satisfies Entries;
