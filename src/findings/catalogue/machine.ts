import { ADMIN, type Entries, KUBERNETES } from './entry.ts';

/** What can be wrong with the place it runs in: space, ports, memory, ZooKeeper itself. */
export const machineEntries = {
  'ZK-PURGE-001': {
    meaning: 'Old snapshots and logs are never purged, so the volume fills up.',
    remedy: 'Set ZK_PURGE_INTERVAL to a number of hours, or purge by other means.',
    link: `${ADMIN}#sc_maintenance`,
  },
  'ZK-PURGE-002': {
    meaning: 'Fewer than three snapshots are to be kept; ZooKeeper keeps three all the same.',
    remedy: 'Set ZK_SNAP_RETAIN_COUNT to 3 or more.',
    link: `${ADMIN}#sc_maintenance`,
  },
  'ZK-NETWORK-001': {
    meaning: 'The client port cannot be opened.',
    remedy:
      'Stop what listens there, or set another ZK_CLIENT_PORT; with hostNetwork each pod of a node needs its own.',
    link: `${ADMIN}#sc_minimumConfiguration`,
  },
  'ZK-NETWORK-002': {
    meaning: 'The health port cannot be opened.',
    remedy:
      'Set another ZK_HEALTH_PORT, or 0 to turn the health endpoint off; with hostNetwork each pod of a node needs its own.',
    link: `${KUBERNETES}/concepts/services-networking/`,
  },
  'ZK-MEMORY-001': {
    meaning: 'The heap does not fit into the memory limit of the container.',
    remedy:
      'Lower ZK_HEAP_SIZE below 80 % of the limit, or raise the limit: beside the heap the JVM needs room too.',
    link: `${KUBERNETES}/concepts/configuration/manage-resources-containers/`,
  },
  'ZK-DISTRIBUTION-001': {
    meaning: 'No ZooKeeper was found in ZK_HOME.',
    remedy: 'Set ZK_HOME to the folder that holds lib/zookeeper-<version>.jar.',
    link: 'https://zookeeper.apache.org/releases.html',
  },
  'ZK-DISTRIBUTION-002': {
    meaning: 'The version of ZooKeeper cannot be told from its jars.',
    remedy:
      'Keep the version in the name of the jar (zookeeper-3.9.3.jar), or name it with --zookeeper-version.',
    link: 'https://zookeeper.apache.org/releases.html',
  },
  'ZK-DISTRIBUTION-003': {
    meaning: 'The distribution has no logging backend that fits its slf4j, so ZooKeeper would log nothing.',
    remedy:
      'Add logback-classic and logback-core (slf4j 2), or slf4j-reload4j and reload4j (slf4j 1.7), to lib/.',
    link: `${ADMIN}#sc_logging`,
  },
  'ZK-DISTRIBUTION-006': {
    meaning:
      'The class-data archive in the distribution was made for another JVM or other jars, so it is not used.',
    remedy:
      'Build the image anew after changing Java or a jar. Without the archive ZooKeeper starts as well, some 100 ms later.',
    link: 'https://docs.oracle.com/en/java/javase/21/vm/class-data-sharing.html',
  },
  'ZK-DISTRIBUTION-004': {
    meaning: 'No ZooKeeper is installed here, so the newest known release is assumed.',
    remedy: 'Name another with --zookeeper-version, or point ZK_HOME at a distribution.',
    link: 'https://zookeeper.apache.org/releases.html',
  },
  'ZK-DISTRIBUTION-005': {
    meaning: 'The AdminServer is asked for, and the distribution lacks the jars it runs on.',
    remedy: 'Add the jars of Jetty and of the servlet API to lib/, or leave ZK_ADMIN_PORT at 0.',
    link: `${ADMIN}#sc_adminserver`,
  },
  'ZK-DISTRIBUTION-007': {
    meaning:
      'This release of ZooKeeper has a defect by which an ensemble can lose acknowledged writes: a member’s log gets a gap, or a gap is handed on.',
    remedy:
      'Upgrade to 3.9.4 or newer; the 3.8 line has not been mended. A member that then ends with "Committed proposal cached out of order" has such a gap: move its volume’s data away, and it takes the quorum’s.',
    link: 'https://zookeeper.apache.org/doc/r3.9.3/releasenotes.html',
  },
} satisfies Entries;
