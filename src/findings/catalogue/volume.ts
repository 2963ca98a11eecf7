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
  'ZK-VOLUME-004': entry('error', {
    meaning: 'There are logs but no snapshot, which ZooKeeper 3.5.4 and later refuse to start from.',
    remedy:
      'Bring the snapshots back. Only when there never were any, as after an upgrade from 3.4, consent to trust-empty-snapshots: snapshot.trust.empty then holds for one start.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-3056',
  }),
};
