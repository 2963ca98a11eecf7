import { ADMIN, type CodeRow, KUBERNETES } from './row.ts';

/** What can be wrong with the volume, the data on it, and the files that are written. */
export const volumeCodes = {
  'ZK-VOLUME-001': {
    severity: 'error',
    meaning: 'The volume belongs to another member: its myid file holds another id.',
    remedy:
      'Attach the right volume. Never edit myid to make it fit: two servers with the data of one lose writes.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-VOLUME-002': {
    severity: 'error',
    meaning: 'The myid file cannot be understood.',
    remedy: 'Look at the volume; if it is this member’s own, remove the file and it is written anew.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-VOLUME-003': {
    severity: 'error',
    meaning: 'A directory that ZooKeeper needs cannot be written.',
    remedy: 'Set fsGroup in the pod’s securityContext to the group that ZooKeeper runs with.',
    link: `${KUBERNETES}/tasks/configure-pod-container/security-context/`,
  },
  'ZK-VOLUME-004': {
    severity: 'error',
    meaning: 'There are logs but no snapshot, which ZooKeeper 3.5.4 and later refuse to start from.',
    remedy:
      'Bring the snapshots back. Only when there never were any, as after an upgrade from 3.4, consent to trust-empty-snapshots: snapshot.trust.empty then holds for one start.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-3056',
  },
  'ZK-VOLUME-005': {
    severity: 'error',
    meaning: 'Every snapshot on the volume is damaged.',
    remedy:
      'Bring the volume back from a copy; or, when a quorum of the others serves, let this member join with an empty volume.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-VOLUME-006': {
    severity: 'note',
    meaning:
      'A snapshot is damaged, as a kill in the middle of writing leaves it; ZooKeeper goes on from another one.',
    remedy: 'Nothing to do; the purge removes it in time.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-VOLUME-007': {
    severity: 'error',
    meaning: 'A log that ZooKeeper must read has no usable header. ZooKeeper ends with status 1.',
    remedy:
      'Move an empty or cut file away: no transaction is in it. For any other, bring the volume back from a copy, or let this member join a serving quorum with an empty volume.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-2332',
  },
  'ZK-VOLUME-008': {
    severity: 'note',
    meaning: 'The newest log is empty; this release removes it and goes on.',
    remedy: 'Nothing to do.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-2332',
  },
  'ZK-VOLUME-009': {
    severity: 'error',
    meaning: 'A snapshot is packed in a way that this release passes over, with all that is in it.',
    remedy: 'Use ZooKeeper 3.6.0 or later on this volume.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-3179',
  },
  'ZK-VOLUME-010': {
    severity: 'error',
    meaning:
      'The epoch files are damaged or of different times, which ends a member of an ensemble with status 1.',
    remedy:
      'Bring the volume back as it was, or let this member join a serving quorum with an empty volume; a number is put right by hand only by whoever knows it.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-1653',
  },
  'ZK-VOLUME-011': {
    severity: 'warning',
    meaning: 'ZooKeeper 3.4 has left a currentEpoch.tmp and does not go on from it.',
    remedy: 'Should ZooKeeper end with status 1 over its epoch, move the number in it into currentEpoch.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-1653',
  },
  'ZK-VOLUME-012': {
    severity: 'warning',
    meaning:
      'The file initialize lies in dataDir, where ZooKeeper does not look when dataLogDir is another directory.',
    remedy: 'Remove it; this program decides itself who begins with empty data.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-261',
  },
  'ZK-VOLUME-013': {
    severity: 'error',
    meaning:
      'Logs or snapshots lie where this server does not look: their transactions would be lost in silence, or ZooKeeper ends with status 3.',
    remedy: 'Put ZK_DATA_LOG_DIR back as it was, or move the files while no server runs.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-2967',
  },
  'ZK-VOLUME-014': {
    severity: 'error',
    meaning:
      'The data was last used by ZooKeeper 3.6 or later, and this release is older than 3.6, which does not know all that is in it.',
    remedy: 'Use the newer release. The consent downgrade lets the older one start once.',
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
    meaning: 'Data on the volume cannot be used by the user that ZooKeeper runs as.',
    remedy:
      'Set runAsUser to the owner, or fsGroup with fsGroupChangePolicy Always, in the pod’s securityContext.',
    link: `${KUBERNETES}/tasks/configure-pod-container/security-context/`,
  },
  'ZK-VOLUME-017': {
    severity: 'error',
    meaning:
      'In Kubernetes, a directory of data lies in the container itself: its data dies at each restart.',
    remedy: 'Mount a persistent volume there, or above it; an emptyDir says that the loss is meant.',
    link: `${KUBERNETES}/concepts/storage/persistent-volumes/`,
  },
  'ZK-VOLUME-018': {
    severity: 'warning',
    meaning: 'A directory of data lies in the container, an emptyDir or memory: its data dies with them.',
    remedy: 'Mount a persistent volume, for example by a volumeClaimTemplate.',
    link: `${KUBERNETES}/concepts/storage/volumes/#emptydir`,
  },
  'ZK-VOLUME-019': {
    severity: 'note',
    meaning: 'Log and snapshots share one device, so that each write waits while a snapshot is written.',
    remedy: 'Give ZK_DATA_LOG_DIR a device of its own where writes must be quick.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-VOLUME-020': {
    severity: 'error',
    meaning: 'The volume belongs to another member: its record, zk-entrypoint.json, has another id.',
    remedy: 'Attach the right volume. Two servers with the data of one lose writes.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-VOLUME-021': {
    severity: 'error',
    meaning: 'The volume belongs to another ensemble: its record has another name or domain.',
    remedy:
      'Attach the right volume, or set ZK_CLUSTER_NAME to the name in the record. A volume that is moved on purpose (a clone, a restore) needs the consent other-ensemble.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-VOLUME-022': {
    severity: 'note',
    meaning: 'The volume holds data and no record of ours: it is taken for this member’s own.',
    remedy:
      'Nothing to do at the first start with this program; later it means that zk-entrypoint.json was removed.',
    link: `${ADMIN}#The+Data+Directory`,
  },
  'ZK-VOLUME-023': {
    severity: 'error',
    meaning: 'The record of the volume, zk-entrypoint.json, cannot be understood.',
    remedy: 'Look at the volume; if the data is this member’s own, remove the file and it is written anew.',
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
      'The list of members keeps too few of those the volume has served with: a quorum of it may lack writes.',
    remedy:
      'Correct ZK_REPLICAS or ZK_ENSEMBLE. To shrink, stop the members that go, let the others serve with the old list, and change it in steps. When the others are lost for good, the consent shrink lets this one go on with what it has.',
    link: `${ADMIN}#sc_designing`,
  },
  'ZK-VOLUME-026': {
    severity: 'warning',
    meaning:
      'The list of members was shortened so far that the members left must have served together before.',
    remedy:
      'Stop the members that go, let those that stay serve with the old list, then change it: a StatefulSet that is scaled down does it in this order.',
    link: `${ADMIN}#sc_designing`,
  },
  'ZK-VOLUME-027': {
    severity: 'error',
    meaning: 'The data of a standalone server has vanished: the record says that it has served.',
    remedy: 'Bring the data back. The consent empty-volume begins anew with nothing.',
    link: `${ADMIN}#The+Data+Directory`,
  },
  'ZK-VOLUME-028': {
    severity: 'warning',
    meaning:
      'The data of this member has vanished: it has served before, or a peer’s volume knows that it did. It waits for a quorum, which holds the data.',
    remedy:
      'Bring back the volumes, or the members that hold the data. When they are lost for good, the consent empty-volume lets this member vote as an empty one.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-261',
  },
  'ZK-VOLUME-029': {
    severity: 'note',
    meaning: 'A consent was used; the record keeps when.',
    remedy: 'Remove ZK_CONSENT again; it has no further effect.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-261',
  },
  'ZK-VOLUME-030': {
    severity: 'note',
    meaning:
      'ZK_CONSENT holds a consent that nothing asks for: it was used before, or is meant for another state.',
    remedy: 'Remove it; a consent fits one member in one state, once.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-261',
  },
  'ZK-VOLUME-031': {
    severity: 'error',
    meaning: 'Another server uses the volume. It has not ended while this start waited.',
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
  'ZK-VOLUME-040': {
    severity: 'error',
    meaning:
      'A symbolic link leads to a directory, in a place that other users than root may change. Root would hand over whatever it leads to, so it does not follow it.',
    remedy:
      'Remove the link and mount the volume where it led; or start as the user of ZooKeeper (runAsUser, fsGroup), who may follow it. A link in a directory that root alone may change is followed.',
    link: `${KUBERNETES}/tasks/configure-pod-container/security-context/`,
  },
  'ZK-VOLUME-041': {
    severity: 'error',
    meaning:
      'A directory that root is to hand over to ZK_USER holds something that cannot be given away safely, such as a file with a second name (hard link), which may be one of the system’s.',
    remedy:
      'Move it away or change its owner by hand; or start as the user of ZooKeeper (runAsUser, fsGroup).',
    link: `${KUBERNETES}/tasks/configure-pod-container/security-context/`,
  },
  'ZK-VOLUME-042': {
    severity: 'error',
    meaning:
      'Started as root, but not permitted to become ZK_USER or to hand directories over to it. The status of the start is then 77.',
    remedy:
      'Set runAsUser and fsGroup in the pod’s securityContext, so that no root is needed; or allow the capabilities that are named.',
    link: `${KUBERNETES}/tasks/configure-pod-container/security-context/`,
  },
  'ZK-VOLUME-043': {
    severity: 'error',
    meaning:
      'The folder version-2 cannot be listed: it is no directory, holds far too much, or the device fails. What cannot be seen is not judged to be empty.',
    remedy: 'Look at the volume; put back what belongs there, and remove what does not.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-VOLUME-050': {
    severity: 'warning',
    meaning:
      'A person holds this member with zk-entrypoint hold: the pod runs, its JVM does not, so that the volume can be repaired by hand. It survives restarts.',
    remedy: 'Repair what is to be repaired, then run zk-entrypoint release in the pod.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-VOLUME-051': {
    severity: 'error',
    meaning:
      'A log or snapshot that ZooKeeper must read is damaged: a bit has flipped, or a full disk left half a record. It is looked for after a start whose JVM ended before it answered.',
    remedy:
      'While a quorum of the others serves, let this member join with an empty volume, or set ZK_REPAIR=quorum. Without one, keep every volume, and start with the members that still come up.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-2332',
  },
  'ZK-VOLUME-052': {
    severity: 'warning',
    meaning:
      'Damaged data of this member was set aside (ZK_REPAIR=quorum), because a quorum of the others holds all of it. The member copies it from them.',
    remedy:
      'Look at the disk. Remove the folder zk-entrypoint.set-aside when nobody needs it; the newest two are kept.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-VOLUME-053': {
    severity: 'note',
    meaning: 'Whether the damaged data of this member could be copied anew from the others, and how.',
    remedy: 'Set ZK_REPAIR=quorum, or follow the commands that are named; keep every volume otherwise.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-VOLUME-054': {
    severity: 'error',
    meaning:
      'A log was cut short, and a later log follows it. ZooKeeper would start without the transactions between them, and could lead the ensemble so.',
    remedy:
      'While a quorum of the others serves, let this member join with an empty volume, or set ZK_REPAIR=quorum. Without one, bring the volume back from a copy.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-VOLUME-055': {
    severity: 'warning',
    meaning: 'A log that ZooKeeper does not need now was cut short. An older snapshot needs it.',
    remedy:
      'Move the older snapshots away, so that ZooKeeper cannot go back to them. With ZK_REPAIR=quorum the start does so.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-FILE-001': {
    severity: 'error',
    meaning:
      'Something has the name of a file of ZooKeeper’s and is none: a directory, a named pipe, a socket, a device, or a link that leads nowhere. ZooKeeper would wait for it for ever, or end.',
    remedy: 'Remove it, or bring the file back that belongs there.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-FILE-002': {
    severity: 'error',
    meaning: 'A single file is mounted where a file is to be written, and a mount cannot be replaced.',
    remedy:
      'Mount an emptyDir at the directory and set the ZK_ variables; a ready-made zoo.cfg is not used. A file that has the very content is left alone.',
    link: `${KUBERNETES}/concepts/storage/volumes/#using-subpath`,
  },
  'ZK-FILE-003': {
    severity: 'warning',
    meaning:
      'The termination log is no regular file, so Kubernetes cannot show the reason of an end; the log has it.',
    remedy: 'Set ZK_TERMINATION_LOG to terminationMessagePath, or leave both out.',
    link: `${KUBERNETES}/tasks/debug/debug-application/determine-reason-pod-failure/`,
  },
  'ZK-FILE-004': {
    severity: 'error',
    meaning:
      'Something that is no file stands where a file is to be written; it is neither opened nor replaced. The status of the start is then 73.',
    remedy: 'Remove it, or choose another directory.',
    link: `${ADMIN}#sc_configuration`,
  },
  'ZK-SPACE-001': {
    severity: 'warning',
    meaning: 'The volume has less room than two more snapshots and a log may take.',
    remedy: 'Enlarge the volume, or purge more often.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-SPACE-002': {
    severity: 'error',
    meaning: 'The volume is full: ZooKeeper could not even start.',
    remedy: 'Enlarge the volume or free space; never remove the newest snapshot and the logs after it.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-1621',
  },
  'ZK-SPACE-003': {
    severity: 'warning',
    meaning: 'One log may take more than half of its volume.',
    remedy: 'Enlarge the volume, or set a smaller preAllocSize.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-SPACE-004': {
    severity: 'error',
    meaning:
      'Too little is left to write the files of the start: bytes, inodes, or the size that the process may give a file.',
    remedy:
      'Free space or enlarge the volume; raise the limit (ulimit -f). Files that are already right need no room.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-SPACE-005': {
    severity: 'warning',
    meaning:
      'The volume fills up while the server runs. What ZooKeeper’s purge would remove is removed before its time, and the reserve is given up when nearly nothing is left.',
    remedy:
      'Enlarge the volume, or let clients write less. A member that has stopped over a full volume comes back by itself once there is room.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-SNAPSHOT-001': {
    severity: 'warning',
    meaning: 'snapshot.trust.empty is left on: lost snapshots would go unnoticed.',
    remedy: 'Remove it from ZK_EXTRA_CONFIG.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-3056',
  },
  'ZK-SNAPSHOT-002': {
    severity: 'warning',
    meaning: 'snapCount is so low that ZooKeeper writes snapshots all the time.',
    remedy: 'Set 1000 or more.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-PURGE-001': {
    severity: 'warning',
    meaning: 'Old snapshots and logs are never purged, so the volume fills up.',
    remedy: 'Set ZK_PURGE_INTERVAL to a number of hours, or purge by other means.',
    link: `${ADMIN}#sc_maintenance`,
  },
  'ZK-PURGE-002': {
    severity: 'note',
    meaning: 'Fewer than three snapshots are to be kept; ZooKeeper keeps three all the same.',
    remedy: 'Set ZK_SNAP_RETAIN_COUNT to 3 or more.',
    link: `${ADMIN}#sc_maintenance`,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
