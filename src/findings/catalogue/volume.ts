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
};
