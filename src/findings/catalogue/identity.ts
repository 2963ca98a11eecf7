import { ADMIN, type Entries, KUBERNETES } from './entry.ts';

/** What can be wrong with who this server is. */
export const identityEntries = {
  'ZK-IDENTITY-001': {
    meaning: 'The pod name (or host name) has no ordinal, so the server id cannot be derived.',
    remedy:
      'Run as a StatefulSet pod, set POD_NAME from metadata.name (needed with hostNetwork), or set ZK_MYID.',
    link: `${KUBERNETES}/concepts/workloads/controllers/statefulset/#stable-network-id`,
  },
  'ZK-IDENTITY-002': {
    meaning: 'This server is not a member of the ensemble it was given.',
    remedy:
      'Make ZK_REPLICAS or ZK_ENSEMBLE cover this pod: every member must be started with the same list.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-IDENTITY-003': {
    meaning: 'The domain of the members is not known, so their addresses would resolve to nothing.',
    remedy: "Set serviceName in the StatefulSet, or set ZK_DOMAIN to the headless Service's domain.",
    link: `${KUBERNETES}/concepts/services-networking/dns-pod-service/`,
  },
  'ZK-IDENTITY-004': {
    meaning: 'Two members of the ensemble are the same.',
    remedy: 'List every member once; two servers must never share an address or an id.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-IDENTITY-005': {
    meaning: 'A server id is outside 1 to 255.',
    remedy: 'Lower ZK_MYID_OFFSET or the ordinal; ZooKeeper keeps one byte of the id in its session ids.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-IDENTITY-006': {
    meaning: 'ZK_REPLICAS and ZK_ENSEMBLE disagree about the size of the ensemble.',
    remedy: 'Keep one of the two, or make them agree.',
    link: `${ADMIN}#sc_clusterOptions`,
  },
  'ZK-IDENTITY-007': {
    meaning: 'The role of this server (participant or observer) is not the one its peers would see.',
    remedy: 'Mark observers in ZK_ENSEMBLE, the same list for every member: zk-3:2888:3888:observer.',
    link: 'https://zookeeper.apache.org/doc/current/zookeeperObservers.html',
  },
  'ZK-IDENTITY-008': {
    meaning: 'No member of the ensemble votes.',
    remedy: 'At least one member must be a participant; observers alone can never elect a leader.',
    link: 'https://zookeeper.apache.org/doc/current/zookeeperObservers.html',
  },
} satisfies Entries;
