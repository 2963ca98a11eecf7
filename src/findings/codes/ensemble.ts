import { ADMIN, type CodeRow, KUBERNETES } from './row.ts';

/** What can be wrong with who this member is, who the others are, and what they report. */
export const ensembleCodes = {
  'ZK-IDENTITY-001': {
    severity: 'error',
    meaning: 'The pod name (or host name) has no ordinal, so the server id cannot be derived.',
    remedy:
      'Run as a StatefulSet pod, set POD_NAME from metadata.name (needed with hostNetwork), or set ZK_MYID.',
    link: `${KUBERNETES}/concepts/workloads/controllers/statefulset/#stable-network-id`,
  },
  'ZK-IDENTITY-002': {
    severity: 'error',
    meaning: 'This server is not a member of the ensemble it was given.',
    remedy:
      'Make ZK_REPLICAS or ZK_ENSEMBLE cover this pod: every member must be started with the same list.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-IDENTITY-003': {
    severity: 'error',
    meaning: 'The domain of the members is not known, so their addresses would resolve to nothing.',
    remedy: "Set serviceName in the StatefulSet, or set ZK_DOMAIN to the headless Service's domain.",
    link: `${KUBERNETES}/concepts/services-networking/dns-pod-service/`,
  },
  'ZK-IDENTITY-004': {
    severity: 'error',
    meaning: 'Two members of the ensemble are the same.',
    remedy: 'List every member once; two servers must never share an address or an id.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-IDENTITY-005': {
    severity: 'error',
    meaning: 'A server id is outside 0 to 255.',
    remedy: 'Lower ZK_MYID_OFFSET or the ordinal; ZooKeeper keeps one byte of the id in its session ids.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-IDENTITY-006': {
    severity: 'error',
    meaning: 'ZK_REPLICAS and ZK_ENSEMBLE disagree about the size of the ensemble.',
    remedy: 'Keep one of the two, or make them agree.',
    link: `${ADMIN}#sc_clusterOptions`,
  },
  'ZK-IDENTITY-007': {
    severity: 'error',
    meaning: 'The role of this server (participant or observer) is not the one its peers would see.',
    remedy: 'Mark observers in ZK_ENSEMBLE, the same list for every member: zk-3:2888:3888:observer.',
    link: 'https://zookeeper.apache.org/doc/current/zookeeperObservers.html',
  },
  'ZK-IDENTITY-008': {
    severity: 'error',
    meaning: 'No member of the ensemble votes.',
    remedy: 'At least one member must be a participant; observers alone can never elect a leader.',
    link: 'https://zookeeper.apache.org/doc/current/zookeeperObservers.html',
  },
  'ZK-IDENTITY-009': {
    severity: 'warning',
    meaning: 'A member has the id 0. ZooKeeper serves with it, but documents 1 to 255.',
    remedy: 'Keep the id where the volumes have it. Begin a new ensemble with ids from 1.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-IDENTITY-010': {
    severity: 'error',
    meaning:
      'ZK_MYID_OFFSET is set beside a list of several StatefulSets: it would move the ids of all members, and only here.',
    remedy:
      'Give each member its id in the list: zk-0:2888:3888::1;zko-0:2888:3888:observer::101. Observers of their own StatefulSet need ZK_OBSERVER_OF instead of a list.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-IDENTITY-011': {
    severity: 'warning',
    meaning:
      'The ids follow the places in the list, since names of several StatefulSets have the same ordinal: a member that is put in front of others changes their ids.',
    remedy:
      'Give each member its id in the list (zk-0:2888:3888::1), and add new ones at the end until then.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-ENSEMBLE-001': {
    severity: 'warning',
    meaning: 'The number of voting members is even.',
    remedy: 'Use an odd number: one more member makes the quorum larger and survives no further failure.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-ENSEMBLE-002': {
    severity: 'warning',
    meaning: 'Two voting members are less available than one: when either is down, neither serves.',
    remedy: 'Use one member for development, three or more for availability.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-ENSEMBLE-003': {
    severity: 'warning',
    meaning: 'More than seven members vote, so every write waits for many.',
    remedy: 'Make the further members observers.',
    link: 'https://zookeeper.apache.org/doc/current/zookeeperObservers.html',
  },
  'ZK-ENSEMBLE-004': {
    severity: 'error',
    meaning: 'A member has an address of this machine alone, so the others would look for it at themselves.',
    remedy: 'Name every member as all others reach it; loopback only when all members run on one machine.',
    link: `${ADMIN}#sc_clusterOptions`,
  },
  'ZK-ENSEMBLE-005': {
    severity: 'error',
    meaning: 'A member has a name that no DNS can hold.',
    remedy:
      'Shorten the name of the StatefulSet, of its Service or of the domain: at most 63 characters between two dots, at most 253 in all.',
    link: `${ADMIN}#sc_clusterOptions`,
  },
  'ZK-PEER-001': {
    severity: 'warning',
    meaning:
      'Another server that runs says that it has the id of this one. One answer proves nothing, so it refuses nothing: a member with data starts, one without data does not count that answer and waits.',
    remedy: 'Give each member an id of its own; see ZK_MYID, ZK_MYID_OFFSET and the names in ZK_ENSEMBLE.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-002': {
    severity: 'warning',
    meaning:
      'A name of the list leads to a server that says it is of another ensemble: an address of yesterday, or a wrong name. One answer refuses nothing: a member with data starts, one without data does not count that answer and waits.',
    remedy:
      'Correct the names in ZK_ENSEMBLE or ZK_DOMAIN, or ZK_CLUSTER_NAME, which is one for all members.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-003': {
    severity: 'warning',
    meaning: 'A peer was started with another list of servers, which by itself makes no second quorum.',
    remedy: 'Give all members the same list; while a change of it is rolled out, this passes by itself.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-004': {
    severity: 'warning',
    meaning: 'The own name resolves to an address that this machine does not have.',
    remedy:
      'Look at the headless Service and its selector, and at ZK_DOMAIN: peers that connect to the name reach somebody else.',
    link: `${KUBERNETES}/concepts/services-networking/dns-pod-service/`,
  },
  'ZK-PEER-005': {
    severity: 'warning',
    meaning: 'The own name did not resolve within ZK_DNS_TIMEOUT; the server was started anyway.',
    remedy:
      'Set publishNotReadyAddresses: true in the headless Service, and look at serviceName and ZK_DOMAIN.',
    link: `${KUBERNETES}/concepts/services-networking/service/#headless-services`,
  },
  'ZK-PEER-006': {
    severity: 'warning',
    meaning: 'The peers cannot be asked, since the health endpoint is off; a member without data then waits.',
    remedy: 'Set ZK_HEALTH_PORT to the same port for all members, and let the pod network through to it.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-261',
  },
  'ZK-PEER-007': {
    severity: 'warning',
    meaning: 'The ensemble has served without this member, which comes back with the data it held before.',
    remedy:
      'Stop it and empty its volume: it then gets the data from the quorum. Members that come back with old data vote with it, and enough of them are a quorum that lacks the last writes. While members are added, a restart may say it before the others have the new list.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-008': {
    severity: 'error',
    meaning:
      'A quorum serves with another list of voters, and a majority of ours could elect a second leader beside it: acknowledged writes would be lost.',
    remedy:
      'Give this member the list that serves, and change one voter at a time, each change rolled out to the end before the next: from 3 to 5 go over 4. Or stop all members, and start all with the new list.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-009': {
    severity: 'note',
    meaning:
      'The list of voters has changed, and it is not known yet that no second quorum can be made of the old one: the start waits, and is not ready, so that a rollout stops here.',
    remedy:
      'Bring back the members that are named, or let them serve with the list before first. To undo the change, give this member the list it had.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-010': {
    severity: 'error',
    meaning:
      'Most names of the list lead to members of another ensemble. Started so, this server would follow their leader and throw its own data away.',
    remedy:
      'Correct the names in ZK_ENSEMBLE or ZK_DOMAIN, or ZK_CLUSTER_NAME, which is one for all members.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-011': {
    severity: 'warning',
    meaning:
      'Whoever answers at the address of a peer has not the key of this member (ZK_PEER_KEY): another member that has not got it yet, or a stranger. With ZK_PEER_AUTH=need what it says does not count.',
    remedy:
      'Give all members the same key. While it is changed, give them the old one and the new one, one a line, and take the old one away when all have both. Where all have it, look for who has the address.',
    link: `${KUBERNETES}/concepts/configuration/secret/`,
  },
  'ZK-PEER-012': {
    severity: 'error',
    meaning:
      'The file with the key of the members can be read by every user of the container, so it is no secret.',
    remedy: 'Mount the Secret with defaultMode: 0440, and set fsGroup to the group of ZooKeeper.',
    link: `${KUBERNETES}/concepts/configuration/secret/`,
  },
  'ZK-PEER-013': {
    severity: 'note',
    meaning:
      'The members have a key, and believe answers without its mark all the same: the step in which the key is rolled out.',
    remedy:
      'Once no member warns of answers without a mark at its start, set ZK_PEER_AUTH to need, or leave it out.',
    link: `${KUBERNETES}/concepts/configuration/secret/`,
  },
  'ZK-PEER-014': {
    severity: 'warning',
    meaning:
      'The health endpoint is bound to loopback, so that no peer can ask this member, nor the kubelet over HTTP.',
    remedy:
      'Leave ZK_HEALTH_ADDRESS out where members must ask each other; a key (ZK_PEER_KEY_FILE) and a network policy keep strangers away.',
    link: `${KUBERNETES}/concepts/services-networking/network-policies/`,
  },
  'ZK-PEER-015': {
    severity: 'error',
    meaning: 'Marks are asked of the members, but this one has no key to make or judge one.',
    remedy: 'Name the file of the key with ZK_PEER_KEY_FILE, or remove ZK_PEER_AUTH.',
    link: `${KUBERNETES}/concepts/configuration/secret/`,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
