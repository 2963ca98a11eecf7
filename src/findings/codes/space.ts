import { ADMIN, type CodeRow, KUBERNETES } from './row.ts';

/** Problems with the files that the start writes, with free space, and with snapshots and their purge. */
export const spaceCodes = {
  'ZK-FILE-001': {
    severity: 'error',
    meaning:
      'An entry has the name of a ZooKeeper file but is not a regular file: a directory, a named pipe, a socket, a device, or a broken link. ZooKeeper would wait for ever, or end.',
    remedy: 'Remove it, or restore the file that belongs there.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-FILE-002': {
    severity: 'error',
    meaning: 'A single file is mounted where the start writes a file. A mounted file cannot be replaced.',
    remedy:
      'Mount an emptyDir at the directory and set the ZK_ variables. A ready-made zoo.cfg is not used. A file that already has the right content is not changed.',
    link: `${KUBERNETES}/concepts/storage/volumes/#using-subpath`,
  },
  'ZK-FILE-003': {
    severity: 'warning',
    meaning:
      'The termination log is not a regular file, so Kubernetes cannot show why the server ended. The log has the reason.',
    remedy: 'Set ZK_TERMINATION_LOG to terminationMessagePath, or remove both.',
    link: `${KUBERNETES}/tasks/debug/debug-application/determine-reason-pod-failure/`,
  },
  'ZK-FILE-004': {
    severity: 'error',
    meaning:
      'The start must write a file, but its path is not a regular file. It is not opened and not replaced. The start ends with status 73.',
    remedy: 'Remove it, or choose another directory.',
    link: `${ADMIN}#sc_configuration`,
  },
  'ZK-SPACE-001': {
    severity: 'warning',
    meaning: 'The volume has less free space than two more snapshots and a log can need.',
    remedy: 'Enlarge the volume, or purge more often.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-SPACE-002': {
    severity: 'error',
    meaning: 'The volume is full. ZooKeeper cannot start.',
    remedy: 'Enlarge the volume or free space. Never remove the newest snapshot or the logs after it.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-1621',
  },
  'ZK-SPACE-003': {
    severity: 'warning',
    meaning: 'One log can need more than half of its volume.',
    remedy: 'Enlarge the volume, or set a smaller preAllocSize.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-SPACE-004': {
    severity: 'error',
    meaning:
      'The start cannot write its files: bytes or inodes are missing, or the limit for file sizes is too low.',
    remedy:
      'Free space, enlarge the volume, or raise the limit (ulimit -f). Files that are already right need no space.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-SPACE-005': {
    severity: 'warning',
    meaning:
      'The volume fills up while the server runs. Files that ZooKeeper’s purge would remove are removed early. The reserve is released when almost no space is left.',
    remedy:
      'Enlarge the volume, or let clients write less. A member that stopped because of a full volume starts again by itself when there is space.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-SNAPSHOT-001': {
    severity: 'warning',
    meaning: 'snapshot.trust.empty is still on. Lost snapshots would not be detected.',
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
    meaning: 'ZK_SNAP_RETAIN_COUNT is less than three. ZooKeeper keeps three snapshots anyway.',
    remedy: 'Set ZK_SNAP_RETAIN_COUNT to 3 or more.',
    link: `${ADMIN}#sc_maintenance`,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
