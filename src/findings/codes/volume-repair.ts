import { ADMIN, type CodeRow, KUBERNETES } from './row.ts';

/** Problems with giving a volume to the user of ZooKeeper, with a hold, and with damaged data and its repair. */
export const volumeRepairCodes = {
  'ZK-VOLUME-040': {
    severity: 'error',
    meaning:
      'A directory is a symbolic link that other users than root can change. Root does not follow it, because root would give the target of the link to another user.',
    remedy:
      'Remove the link and mount the volume at its target. Or start as the user of ZooKeeper (runAsUser, fsGroup), which follows the link. A link in a directory that only root can change is followed.',
    link: `${KUBERNETES}/tasks/configure-pod-container/security-context/`,
  },
  'ZK-VOLUME-041': {
    severity: 'error',
    meaning:
      'Root must give a directory to ZK_USER, but an entry in it is not safe to give away. For example, a file with a second name (hard link) may be a system file.',
    remedy:
      'Move it away or change its owner by hand. Or start as the user of ZooKeeper (runAsUser, fsGroup).',
    link: `${KUBERNETES}/tasks/configure-pod-container/security-context/`,
  },
  'ZK-VOLUME-042': {
    severity: 'error',
    meaning:
      'The start runs as root, but may not become ZK_USER or give directories to it. The start ends with status 77.',
    remedy:
      'Set runAsUser and fsGroup in the pod’s securityContext, so that root is not needed. Or allow the named capabilities.',
    link: `${KUBERNETES}/tasks/configure-pod-container/security-context/`,
  },
  'ZK-VOLUME-043': {
    severity: 'error',
    meaning:
      'The folder version-2 cannot be listed. It is not a directory, it has too many files, or the device fails. The start does not treat it as empty.',
    remedy: 'Look at the volume. Restore missing files, and remove foreign files.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-VOLUME-050': {
    severity: 'warning',
    meaning:
      'Somebody holds this member with zk-entrypoint hold. The pod runs without its JVM, so that the volume can be repaired by hand. The hold survives restarts.',
    remedy: 'Repair the volume, then run zk-entrypoint release in the pod.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-VOLUME-051': {
    severity: 'error',
    meaning:
      'A log or snapshot that ZooKeeper must read is damaged, for example by a flipped bit, or by a full disk that left half a record. The check runs when the JVM of the previous start ended before it answered.',
    remedy:
      'If a quorum of the other members serves, let this member join with an empty volume, or set ZK_REPAIR=quorum. Without a quorum, keep every volume, and start the members that still work.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-2332',
  },
  'ZK-VOLUME-052': {
    severity: 'warning',
    meaning:
      'Damaged data of this member was set aside (ZK_REPAIR=quorum), because a quorum of the other members has all of it. The member copies it from them.',
    remedy:
      'Check the disk. Remove the folder zk-entrypoint.set-aside when it is no longer needed. The newest two are kept.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-VOLUME-053': {
    severity: 'note',
    meaning: 'This note says whether the other members can replace the damaged data of this member, and how.',
    remedy: 'If they can, set ZK_REPAIR=quorum or run the named commands. Otherwise keep every volume.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-VOLUME-054': {
    severity: 'error',
    meaning:
      'A log was cut short, and a later log follows it. ZooKeeper would start without the transactions between them, and could become the leader with this gap.',
    remedy:
      'If a quorum of the other members serves, let this member join with an empty volume, or set ZK_REPAIR=quorum. Without a quorum, restore the volume from a backup.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-VOLUME-055': {
    severity: 'warning',
    meaning: 'A log that ZooKeeper does not need now was cut short. An older snapshot needs it.',
    remedy:
      'Move the older snapshots away, so that ZooKeeper cannot go back to them. With ZK_REPAIR=quorum the start does so.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
