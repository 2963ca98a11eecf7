import { ADMIN, entry, KUBERNETES } from './entry.ts';

/** What can be wrong with the volume and the data on it. */
export const volumeEntries = {
  'ZK-VOLUME-001': entry('error', {
    meaning: 'The volume belongs to another member: its myid file holds another id.',
    remedy:
      'Attach the right volume. Never edit myid to make it fit: two servers with the data of one lose writes.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  }),
  'ZK-VOLUME-002': entry('error', {
    meaning: 'The myid file cannot be understood.',
    remedy: 'Look at the volume; if it is this member’s own, remove the file and it is written anew.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  }),
  'ZK-VOLUME-003': entry('error', {
    meaning: 'A directory that ZooKeeper needs cannot be written.',
    remedy: 'Set fsGroup in the pod’s securityContext to the group that ZooKeeper runs with.',
    link: `${KUBERNETES}/tasks/configure-pod-container/security-context/`,
  }),
  'ZK-VOLUME-020': entry('error', {
    meaning: 'The volume belongs to another member: its record, zk-entrypoint.json, has another id.',
    remedy: 'Attach the right volume. Two servers with the data of one lose writes.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  }),
  'ZK-VOLUME-021': entry('error', {
    meaning: 'The volume belongs to another ensemble: its record has another name or domain.',
    remedy:
      'Attach the right volume, or set ZK_CLUSTER_NAME to the name in the record. A volume that is moved on purpose (a clone, a restore) needs the consent other-ensemble.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  }),
  'ZK-VOLUME-022': entry('note', {
    meaning: 'The volume holds data and no record of ours: it is taken for this member’s own.',
    remedy:
      'Nothing to do at the first start with this program; later it means that zk-entrypoint.json was removed.',
    link: `${ADMIN}#The+Data+Directory`,
  }),
  'ZK-VOLUME-023': entry('error', {
    meaning: 'The record of the volume, zk-entrypoint.json, cannot be understood.',
    remedy: 'Look at the volume; if the data is this member’s own, remove the file and it is written anew.',
    link: `${ADMIN}#The+Data+Directory`,
  }),
  'ZK-VOLUME-024': entry('error', {
    meaning: 'The record of the volume was written by a later zk-entrypoint.',
    remedy: 'Use the image that last ran on this volume, or a later one.',
    link: `${ADMIN}#The+Data+Directory`,
  }),
  'ZK-VOLUME-025': entry('error', {
    meaning:
      'The list of members keeps too few of those the volume has served with: a quorum of it may lack writes.',
    remedy:
      'Correct ZK_REPLICAS or ZK_ENSEMBLE. To shrink, stop the members that go, let the others serve with the old list, and change it in steps. When the others are lost for good, the consent shrink lets this one go on with what it has.',
    link: `${ADMIN}#sc_designing`,
  }),
  'ZK-VOLUME-026': entry('warning', {
    meaning:
      'The list of members was shortened so far that the members left must have served together before.',
    remedy:
      'Stop the members that go, let those that stay serve with the old list, then change it: a StatefulSet that is scaled down does it in this order.',
    link: `${ADMIN}#sc_designing`,
  }),
  'ZK-VOLUME-027': entry('error', {
    meaning: 'The data of a standalone server has vanished: the record says that it has served.',
    remedy: 'Bring the data back. The consent empty-volume begins anew with nothing.',
    link: `${ADMIN}#The+Data+Directory`,
  }),
  'ZK-VOLUME-028': entry('warning', {
    meaning:
      'The data of this member has vanished: it has served before, or a peer’s volume knows that it did. It waits for a quorum, which holds the data.',
    remedy:
      'Bring back the volumes, or the members that hold the data. When they are lost for good, the consent empty-volume lets this member vote as an empty one.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-261',
  }),
  'ZK-VOLUME-029': entry('note', {
    meaning: 'A consent was used; the record keeps when.',
    remedy: 'Remove ZK_CONSENT again; it has no further effect.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-261',
  }),
  'ZK-VOLUME-030': entry('note', {
    meaning:
      'ZK_CONSENT holds a consent that nothing asks for: it was used before, or is meant for another state.',
    remedy: 'Remove it; a consent fits one member in one state, once.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-261',
  }),
};
