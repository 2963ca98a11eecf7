import { ADMIN, type CodeRow, KUBERNETES } from './row.ts';

/** Problems with a volume: its member, its data, its record and its lock. */
export const volumeCodes = {
  'ZK-VOLUME-001': {
    severity: 'error',
    meaning: 'The volume belongs to another member: its myid file holds another id.',
    remedy: 'Attach the right volume. Never edit myid. Two servers with the data of one server lose writes.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-VOLUME-002': {
    severity: 'error',
    meaning: 'The myid file does not contain a server id.',
    remedy: 'Look at the volume. If it belongs to this member, remove the file. The start writes it again.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-VOLUME-003': {
    severity: 'error',
    meaning: 'A directory that ZooKeeper needs cannot be written.',
    remedy: 'Set fsGroup in the pod’s securityContext to the group of ZooKeeper.',
    link: `${KUBERNETES}/tasks/configure-pod-container/security-context/`,
  },
  'ZK-VOLUME-004': {
    severity: 'error',
    meaning: 'There are logs but no snapshot. ZooKeeper 3.5.4 and later refuse to start with that.',
    remedy:
      'Restore the snapshots. Only if there were never any, as after an upgrade from 3.4, give the consent trust-empty-snapshots. It sets snapshot.trust.empty for one start.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-3056',
  },
  'ZK-VOLUME-005': {
    severity: 'error',
    meaning: 'Every snapshot on the volume is damaged.',
    remedy:
      'Restore the volume from a backup. Or, if a quorum of the other members serves, let this member join with an empty volume.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-VOLUME-006': {
    severity: 'note',
    meaning:
      'A snapshot is damaged, probably because the server was killed while it wrote. ZooKeeper uses another snapshot.',
    remedy: 'Nothing to do. The purge removes it later.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-VOLUME-007': {
    severity: 'error',
    meaning: 'A log that ZooKeeper must read has no usable header. ZooKeeper ends with status 1.',
    remedy:
      'Move an empty or cut file away, because it has no transactions. For any other file, restore the volume from a backup, or let this member join a serving quorum with an empty volume.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-2332',
  },
  'ZK-VOLUME-008': {
    severity: 'note',
    meaning: 'The newest log is empty. This release of ZooKeeper removes it and continues.',
    remedy: 'Nothing to do.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-2332',
  },
  'ZK-VOLUME-009': {
    severity: 'error',
    meaning: 'A snapshot is compressed, and this release ignores compressed snapshots with all their data.',
    remedy: 'Use ZooKeeper 3.6.0 or later on this volume.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-3179',
  },
  'ZK-VOLUME-010': {
    severity: 'error',
    meaning: 'The epoch files are damaged or do not match. ZooKeeper then ends with status 1 in an ensemble.',
    remedy:
      'Restore the volume, or let this member join a serving quorum with an empty volume. Correct the number by hand only if you know it.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-1653',
  },
  'ZK-VOLUME-011': {
    severity: 'warning',
    meaning: 'ZooKeeper 3.4 has left a currentEpoch.tmp and does not use it.',
    remedy:
      'If ZooKeeper ends with status 1 because of its epoch, copy the number in that file to currentEpoch.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-1653',
  },
  'ZK-VOLUME-012': {
    severity: 'warning',
    meaning:
      'The file initialize is in dataDir. ZooKeeper does not look there when dataLogDir is another directory.',
    remedy: 'Remove it. zk-entrypoint itself decides which members start with empty data.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-261',
  },
  'ZK-VOLUME-013': {
    severity: 'error',
    meaning:
      'Logs or snapshots are in a directory that this server does not read. Their transactions would be lost silently, or ZooKeeper ends with status 3.',
    remedy: 'Set ZK_DATA_LOG_DIR to its previous value, or move the files while no server runs.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-2967',
  },
  'ZK-VOLUME-014': {
    severity: 'error',
    meaning:
      'The data was last used by ZooKeeper 3.6 or later. This release is older than 3.6 and cannot read all of the data.',
    remedy: 'Use the newer release. The consent downgrade allows one start of the older release.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-3114',
  },
  'ZK-VOLUME-015': {
    severity: 'warning',
    meaning: 'The data was last used by a newer ZooKeeper.',
    remedy: 'Use that release or a later one.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-VOLUME-016': {
    severity: 'error',
    meaning: 'The user of ZooKeeper cannot read or write data on the volume.',
    remedy:
      'Set runAsUser to the owner, or fsGroup with fsGroupChangePolicy Always, in the pod’s securityContext.',
    link: `${KUBERNETES}/tasks/configure-pod-container/security-context/`,
  },
  'ZK-VOLUME-017': {
    severity: 'error',
    meaning: 'In Kubernetes, a data directory is in the container itself. Its data is lost at each restart.',
    remedy: 'Mount a persistent volume there, or above it. Mount an emptyDir if the data may be lost.',
    link: `${KUBERNETES}/concepts/storage/persistent-volumes/`,
  },
  'ZK-VOLUME-018': {
    severity: 'warning',
    meaning: 'A data directory is in the container, in an emptyDir or in memory. Its data is lost with them.',
    remedy: 'Mount a persistent volume, for example with a volumeClaimTemplate.',
    link: `${KUBERNETES}/concepts/storage/volumes/#emptydir`,
  },
  'ZK-VOLUME-019': {
    severity: 'note',
    meaning: 'Log and snapshots share one device, so writes wait while a snapshot is written.',
    remedy: 'If writes must be fast, give ZK_DATA_LOG_DIR its own device.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-VOLUME-020': {
    severity: 'error',
    meaning: 'The volume belongs to another member: its record, zk-entrypoint.json, has another id.',
    remedy: 'Attach the right volume. Two servers with the data of one server lose writes.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-VOLUME-021': {
    severity: 'error',
    meaning: 'The volume belongs to another ensemble: its record has another name or domain.',
    remedy:
      'Attach the right volume, or set ZK_CLUSTER_NAME to the name in the record. If the volume was moved on purpose (a clone, a restore), give the consent other-ensemble.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-VOLUME-022': {
    severity: 'note',
    meaning:
      'The volume has data but no record (zk-entrypoint.json). The data is used as the data of this member.',
    remedy:
      'Nothing to do at the first start with zk-entrypoint. At a later start, zk-entrypoint.json was removed.',
    link: `${ADMIN}#The+Data+Directory`,
  },
  'ZK-VOLUME-023': {
    severity: 'error',
    meaning: 'The record of the volume, zk-entrypoint.json, cannot be read.',
    remedy:
      'Look at the volume. If the data belongs to this member, remove the file. The start writes it again.',
    link: `${ADMIN}#The+Data+Directory`,
  },
  'ZK-VOLUME-024': {
    severity: 'error',
    meaning: 'The record of the volume was written by a later zk-entrypoint.',
    remedy: 'Use the image that last ran on this volume, or a later one.',
    link: `${ADMIN}#The+Data+Directory`,
  },
  'ZK-VOLUME-025': {
    severity: 'error',
    meaning:
      'The list keeps too few of the members that this volume served with. A quorum of the list may lack writes.',
    remedy:
      'Correct ZK_REPLICAS or ZK_ENSEMBLE. To shrink, stop the members to remove, let the others serve with the old list, and change the list in steps. If the others are lost for good, the consent shrink lets this member continue with its own data.',
    link: `${ADMIN}#sc_designing`,
  },
  'ZK-VOLUME-026': {
    severity: 'warning',
    meaning:
      'The list of members was shortened so far that the remaining members must have served together before.',
    remedy:
      'Stop the members to remove, let the remaining members serve with the old list, then change the list. A StatefulSet that is scaled down uses this order.',
    link: `${ADMIN}#sc_designing`,
  },
  'ZK-VOLUME-027': {
    severity: 'error',
    meaning: 'The data of a standalone server is missing. Its record shows that it has served.',
    remedy: 'Restore the data. The consent empty-volume starts again without any data.',
    link: `${ADMIN}#The+Data+Directory`,
  },
  'ZK-VOLUME-028': {
    severity: 'warning',
    meaning:
      'The data of this member is missing. Its own record, or the volume of a peer, shows that it has served. It waits for a quorum that has the data.',
    remedy:
      'Restore the volumes, or start the members that have the data. If they are lost for good, the consent empty-volume lets this member vote without data.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-261',
  },
  'ZK-VOLUME-029': {
    severity: 'note',
    meaning: 'A consent was used. The record keeps the time.',
    remedy: 'Remove ZK_CONSENT. It has no further effect.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-261',
  },
  'ZK-VOLUME-030': {
    severity: 'note',
    meaning: 'ZK_CONSENT has a consent that is not needed. It was used before, or it is for another state.',
    remedy: 'Remove it. A consent is valid once, for one member in one state.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-261',
  },
  'ZK-VOLUME-031': {
    severity: 'error',
    meaning: 'Another server uses the volume. It did not end while this start waited.',
    remedy:
      'Stop the other server, or give each server its own volume. Two servers on one volume lose acknowledged writes. A pod that was deleted by force may still run on its node.',
    link: `${KUBERNETES}/tasks/run-application/force-delete-stateful-set-pod/`,
  },
  'ZK-VOLUME-032': {
    severity: 'note',
    meaning: 'The volume cannot be locked, so a second server on it would not be noticed.',
    remedy:
      'Add flock (util-linux or busybox) to the image, and use a file system that supports locks. Until then, make sure that no two servers use one volume.',
    link: `${KUBERNETES}/concepts/storage/persistent-volumes/#access-modes`,
  },
  'ZK-VOLUME-033': {
    severity: 'error',
    meaning: 'The path of the lock file holds something that is not a regular file.',
    remedy: 'Look at it and remove it. The next start makes a new lock file.',
    link: `${ADMIN}#The+Data+Directory`,
  },
  'ZK-VOLUME-034': {
    severity: 'error',
    meaning:
      'ZK_DATA_DIR and ZK_DATA_LOG_DIR are the same directory under two names. ZooKeeper ends at the second start.',
    remedy: 'Set both to the same path, or set ZK_DATA_LOG_DIR to another directory.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-2967',
  },
  'ZK-VOLUME-036': {
    severity: 'note',
    meaning:
      'The only snapshot is not complete, because a server ended while it wrote it. No acknowledged write is lost: it is a first snapshot, or the first copy of a leader’s data.',
    remedy: 'Nothing to do. ZooKeeper writes it again, or gets the data from the quorum.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
