import { ADMIN, type CodeRow, KUBERNETES } from './row.ts';

/** Problems with the identity of this member, with the list of members, and with the reports of its peers. */
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
    meaning: 'This server is not in its own list of members.',
    remedy: 'Include this pod in ZK_REPLICAS or ZK_ENSEMBLE. Every member must start with the same list.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-IDENTITY-003': {
    severity: 'error',
    meaning: 'The domain of the members is not known, so their names cannot be resolved.',
    remedy: "Set serviceName in the StatefulSet, or set ZK_DOMAIN to the headless Service's domain.",
    link: `${KUBERNETES}/concepts/services-networking/dns-pod-service/`,
  },
  'ZK-IDENTITY-004': {
    severity: 'error',
    meaning: 'Two members of the ensemble are the same.',
    remedy: 'List every member once. Two servers must never share an address or an id.',
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
    meaning: 'This server has another role (participant or observer) than its peers expect.',
    remedy: 'Mark observers in ZK_ENSEMBLE (zk-3:2888:3888:observer), and give every member the same list.',
    link: 'https://zookeeper.apache.org/doc/current/zookeeperObservers.html',
  },
  'ZK-IDENTITY-008': {
    severity: 'error',
    meaning: 'No member of the ensemble votes.',
    remedy: 'Make at least one member a participant. Observers can never elect a leader.',
    link: 'https://zookeeper.apache.org/doc/current/zookeeperObservers.html',
  },
  'ZK-IDENTITY-009': {
    severity: 'warning',
    meaning: 'A member has the id 0. ZooKeeper serves with it, but documents 1 to 255.',
    remedy: 'Keep the id if the volumes already have it. Start a new ensemble with ids from 1.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-IDENTITY-010': {
    severity: 'error',
    meaning:
      'ZK_MYID_OFFSET is set together with a list of several StatefulSets. It would change the ids of all members, but only on this member.',
    remedy:
      'Give each member its id in the list: zk-0:2888:3888::1;zko-0:2888:3888:observer::101. Observers of their own StatefulSet need ZK_OBSERVER_OF instead of a list.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-IDENTITY-011': {
    severity: 'warning',
    meaning:
      'The ids are the positions in the list, because several StatefulSets have the same ordinals. A member that is inserted before others changes their ids.',
    remedy:
      'Give each member its id in the list (zk-0:2888:3888::1). Until then, add new members only at the end.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-ENSEMBLE-001': {
    severity: 'warning',
    meaning: 'The number of voting members is even.',
    remedy: 'Use an odd number. An even number needs a larger quorum, but survives no more failures.',
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
    remedy: 'Make the additional members observers.',
    link: 'https://zookeeper.apache.org/doc/current/zookeeperObservers.html',
  },
  'ZK-ENSEMBLE-004': {
    severity: 'error',
    meaning: 'A member has a loopback address, so the other members would connect to themselves.',
    remedy:
      'Give every member a name that all others can reach. Use loopback only if all members run on one machine.',
    link: `${ADMIN}#sc_clusterOptions`,
  },
  'ZK-ENSEMBLE-005': {
    severity: 'error',
    meaning: 'The name of a member is not possible in DNS.',
    remedy:
      'Shorten the name of the StatefulSet, of its Service or of the domain: at most 63 characters between two dots, at most 253 in all.',
    link: `${ADMIN}#sc_clusterOptions`,
  },
  'ZK-PEER-001': {
    severity: 'warning',
    meaning:
      'Another running server reports the id of this member. One report is no proof, so the start is not refused. A member with data starts. A member without data ignores that report and waits.',
    remedy: 'Give each member its own id. See ZK_MYID, ZK_MYID_OFFSET and the names in ZK_ENSEMBLE.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-002': {
    severity: 'warning',
    meaning:
      'A name in the list resolves to a server that reports another ensemble. The address is out of date, or the name is wrong. One report does not refuse the start. A member with data starts. A member without data ignores that report and waits.',
    remedy: 'Correct the names in ZK_ENSEMBLE or ZK_DOMAIN, or set the same ZK_CLUSTER_NAME for all members.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-003': {
    severity: 'warning',
    meaning: 'A peer was started with another list of servers. This alone cannot form a second quorum.',
    remedy: 'Give all members the same list. During a rollout of a new list, wait until the rollout ends.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-004': {
    severity: 'warning',
    meaning: 'The name of this member resolves to an address of another machine.',
    remedy:
      'Check the headless Service, its selector and ZK_DOMAIN. Peers that use the name connect to another server.',
    link: `${KUBERNETES}/concepts/services-networking/dns-pod-service/`,
  },
  'ZK-PEER-005': {
    severity: 'warning',
    meaning: 'The name of this member did not resolve within ZK_DNS_TIMEOUT. The server was started anyway.',
    remedy:
      'Set publishNotReadyAddresses: true in the headless Service, and check serviceName and ZK_DOMAIN.',
    link: `${KUBERNETES}/concepts/services-networking/service/#headless-services`,
  },
  'ZK-PEER-006': {
    severity: 'warning',
    meaning:
      'The peers cannot be asked, because the health endpoint is off. A member without data then waits.',
    remedy: 'Set ZK_HEALTH_PORT to the same port for all members, and allow the pod network to reach it.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-261',
  },
  'ZK-PEER-007': {
    severity: 'warning',
    meaning: 'The ensemble has served without this member. This member still has its old data.',
    remedy:
      'Stop this member and empty its volume. It then copies the data from the quorum. Members with old data vote with it, and enough of them form a quorum that lacks the last writes. While members are added, a restart may report this before the others have the new list.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-008': {
    severity: 'error',
    meaning:
      'A quorum serves with another list of voters. A majority of the list of this member could elect a second leader, and acknowledged writes would be lost.',
    remedy:
      'Give this member the list of the serving quorum. Then change one voter at a time, and finish each rollout before the next change: from 3 to 4, then to 5. Or stop all members, and start all of them with the new list.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-009': {
    severity: 'note',
    meaning:
      'The list of voters has changed, and the members with the old list could still form a second quorum. The start waits and is not ready, so that a rollout stops here.',
    remedy:
      'Start the members that the message names, or let them serve with the previous list first. To undo the change, give this member its previous list.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-010': {
    severity: 'error',
    meaning:
      'Most names in the list resolve to members of another ensemble. This server would follow their leader and discard its own data.',
    remedy: 'Correct the names in ZK_ENSEMBLE or ZK_DOMAIN, or set the same ZK_CLUSTER_NAME for all members.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-011': {
    severity: 'warning',
    meaning:
      'A program at the address of a peer answers without the key of this member (ZK_PEER_KEY). It is a member that does not have the key yet, or a stranger. With ZK_PEER_AUTH=need its answers do not count.',
    remedy:
      'Give all members the same key. To change it, give them both keys, one on each line, and remove the old key when all members have both. If all members already have the key, find out which program has the address.',
    link: `${KUBERNETES}/concepts/configuration/secret/`,
  },
  'ZK-PEER-012': {
    severity: 'error',
    meaning:
      'The file with the key of the members can be read by every user of the container, so it is not a secret.',
    remedy: 'Mount the Secret with defaultMode: 0440, and set fsGroup to the group of ZooKeeper.',
    link: `${KUBERNETES}/concepts/configuration/secret/`,
  },
  'ZK-PEER-013': {
    severity: 'note',
    meaning:
      'The members have a key, but still believe answers without its mark. This is the step in which the key is rolled out.',
    remedy:
      'When no member reports answers without a mark at its start any more, set ZK_PEER_AUTH to need, or remove it.',
    link: `${KUBERNETES}/concepts/configuration/secret/`,
  },
  'ZK-PEER-014': {
    severity: 'warning',
    meaning:
      'The health endpoint is bound to loopback, so neither the peers nor the kubelet over HTTP can ask this member.',
    remedy:
      'Remove ZK_HEALTH_ADDRESS if the members must ask each other. A key (ZK_PEER_KEY_FILE) and a network policy keep strangers away.',
    link: `${KUBERNETES}/concepts/services-networking/network-policies/`,
  },
  'ZK-PEER-015': {
    severity: 'error',
    meaning: 'The members must mark their answers, but this member has no key to make or check a mark.',
    remedy: 'Set ZK_PEER_KEY_FILE to the file of the key, or remove ZK_PEER_AUTH.',
    link: `${KUBERNETES}/concepts/configuration/secret/`,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
