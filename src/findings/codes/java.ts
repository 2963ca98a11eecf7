import { ADMIN, type CodeRow } from './row.ts';

/** Problems with the distribution of ZooKeeper, and with Java and its flags. */
export const javaCodes = {
  'ZK-DISTRIBUTION-001': {
    severity: 'error',
    meaning: 'No ZooKeeper was found in ZK_HOME.',
    remedy: 'Set ZK_HOME to the folder that holds lib/zookeeper-<version>.jar.',
    link: 'https://zookeeper.apache.org/releases.html',
  },
  'ZK-DISTRIBUTION-002': {
    severity: 'error',
    meaning: 'The version of ZooKeeper cannot be read from the names of its jars.',
    remedy:
      'Keep the version in the name of the jar (zookeeper-3.9.3.jar), or give it with --zookeeper-version.',
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
    meaning: 'No ZooKeeper is installed here. The newest known release is assumed.',
    remedy: 'Give another release with --zookeeper-version, or set ZK_HOME to a distribution.',
    link: 'https://zookeeper.apache.org/releases.html',
  },
  'ZK-DISTRIBUTION-005': {
    severity: 'warning',
    meaning: 'The AdminServer is turned on, but the distribution lacks its jars.',
    remedy: 'Add the jars of Jetty and of the servlet API to lib/, or leave ZK_ADMIN_PORT at 0.',
    link: `${ADMIN}#sc_adminserver`,
  },
  'ZK-DISTRIBUTION-006': {
    severity: 'note',
    meaning:
      'The class-data archive in the distribution does not match this JVM or its jars, so it is not used.',
    remedy:
      'Build the image again after a change of Java or of a jar. Without the archive, ZooKeeper starts about 100 ms later.',
    link: 'https://docs.oracle.com/en/java/javase/21/vm/class-data-sharing.html',
  },
  'ZK-DISTRIBUTION-007': {
    severity: 'warning',
    meaning:
      'This release of ZooKeeper has a defect that can lose acknowledged writes. The log of a member gets a gap, or a gap is copied to another member.',
    remedy:
      'Upgrade to 3.9.4 or newer. The 3.8 line is not fixed. A member that then ends with "Committed proposal cached out of order" has such a gap. Move the data of its volume away, and it copies the data of the quorum.',
    link: 'https://zookeeper.apache.org/doc/r3.9.3/releasenotes.html',
  },
  'ZK-DISTRIBUTION-008': {
    severity: 'warning',
    meaning:
      'This release of ZooKeeper has a published weakness, and this configuration lets others reach it. Weaknesses that nobody can reach here are not reported.',
    remedy:
      'Upgrade to a release without it, or do what the finding names instead. A distribution may have fixed it under the same number. Then silence the code with ZK_IGNORE_FINDINGS.',
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
    meaning: 'A flag keeps the JVM running when it is out of memory. The server would hang.',
    remedy: 'Remove -XX:-ExitOnOutOfMemoryError, or set -XX:+CrashOnOutOfMemoryError.',
    link: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html',
  },
  'ZK-JVM-002': {
    severity: 'warning',
    meaning: 'The JVM caches addresses for longer than a few seconds, so it finds a moved member late.',
    remedy:
      'Remove sun.net.inetaddr.ttl from the flags: one second is set. At the default of 30 s, a pod with a new address waits up to a minute to rejoin.',
    link: 'https://docs.oracle.com/en/java/javase/21/core/java-networking.html',
  },
  'ZK-JVM-003': {
    severity: 'error',
    meaning: 'A word in the flags is not a flag, or it makes java start another program than ZooKeeper.',
    remedy:
      'Separate flags with spaces. A flag cannot contain a space, because quotes are not read (as in zkServer.sh). Write a flag with a space in quotes into a file, and set JVMFLAGS=@/path/of/the/file.',
    link: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html',
  },
  'ZK-JVM-004': {
    severity: 'warning',
    meaning: 'Another variable sets the heap and overrides ZK_HEAP_SIZE.',
    remedy:
      'Keep one of the two, preferably ZK_HEAP_SIZE. _JAVA_OPTIONS overrides every flag, and every JVM of the container reads it.',
    link: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html',
  },
  'ZK-JVM-005': {
    severity: 'warning',
    meaning:
      'A flag has no effect: another setting overrides it, or ZooKeeper does not read its name or value.',
    remedy:
      'Remove it. Set the heap with ZK_HEAP_SIZE (a size, or a share of the memory such as 70%). Set keys of zoo.cfg with their variable or with ZK_EXTRA_CONFIG.',
    link: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html',
  },
  'ZK-JVM-006': {
    severity: 'warning',
    meaning: 'Every JVM of the container gets a flag that opens a port, but only the first JVM can open it.',
    remedy:
      'Set JMXPORT for JMX, and put agents and debuggers into SERVER_JVMFLAGS, which only the server reads.',
    link: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html',
  },
  'ZK-JVM-007': {
    severity: 'warning',
    meaning:
      'Remote JMX is open without a password. Anybody who reaches the port can run code in the server.',
    remedy:
      'Set JMXAUTH=true with a password file, or bind JMX to loopback: -Dcom.sun.management.jmxremote.host=127.0.0.1 in SERVER_JVMFLAGS. Metrics need no JMX: scrape /metrics.',
    link: 'https://docs.oracle.com/en/java/javase/21/management/monitoring-and-management-using-jmx-technology.html',
  },
  'ZK-JVM-008': {
    severity: 'error',
    meaning: 'A flag needs a module that this Java does not contain, so the JVM would end at once.',
    remedy: 'Use a Java that has the module, or build one with jlink --add-modules.',
    link: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/jlink.html',
  },
  'ZK-JVM-009': {
    severity: 'error',
    meaning:
      'A flag would end the JVM at once: its value is invalid, its file is missing, or this Java no longer has the flag.',
    remedy:
      'Correct or remove the flag. Sizes are whole numbers with k, m, g or t. Switches are -XX:+Name or -XX:-Name. Choose only one garbage collector. Since Java 9, -Xlog:gc* replaces the flags for the log of the garbage collector.',
    link: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html',
  },
  'ZK-JVM-010': {
    severity: 'warning',
    meaning: 'No JVM that zk-entrypoint knows has this flag, so the JVM would probably end at once.',
    remedy: 'Correct the spelling or remove it.',
    link: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html',
  },
  'ZK-JVM-011': {
    severity: 'error',
    meaning: 'JAVA_HOME has no java that can be executed, so a start would end with status 126 or 127.',
    remedy: 'Set JAVA_HOME to the folder that holds bin/java, or remove it: java is then looked for on PATH.',
    link: `${ADMIN}#sc_requiredSoftware`,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
