import { ADMIN, type Entries, KUBERNETES } from './entry.ts';

/** What the other members say that does not fit with this one. */
export const peerEntries = {
  'ZK-PEER-001': {
    meaning:
      'Another server that runs says that it has the id of this one. One answer proves nothing, so it refuses nothing: a member with data starts, one without data does not count that answer and waits.',
    remedy: 'Give each member an id of its own; see ZK_MYID, ZK_MYID_OFFSET and the names in ZK_ENSEMBLE.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-002': {
    meaning:
      'A name of the list leads to a server that says it is of another ensemble: an address of yesterday, or a wrong name. One answer refuses nothing: a member with data starts, one without data does not count that answer and waits.',
    remedy:
      'Correct the names in ZK_ENSEMBLE or ZK_DOMAIN, or ZK_CLUSTER_NAME, which is one for all members.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-003': {
    meaning: 'A peer was started with another list of servers, which by itself makes no second quorum.',
    remedy: 'Give all members the same list; while a change of it is rolled out, this passes by itself.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-004': {
    meaning: 'The own name resolves to an address that this machine does not have.',
    remedy:
      'Look at the headless Service and its selector, and at ZK_DOMAIN: peers that connect to the name reach somebody else.',
    link: `${KUBERNETES}/concepts/services-networking/dns-pod-service/`,
  },
  'ZK-PEER-005': {
    meaning: 'The own name did not resolve within ZK_DNS_TIMEOUT; the server was started anyway.',
    remedy:
      'Set publishNotReadyAddresses: true in the headless Service, and look at serviceName and ZK_DOMAIN.',
    link: `${KUBERNETES}/concepts/services-networking/service/#headless-services`,
  },
  'ZK-PEER-006': {
    meaning: 'The peers cannot be asked, since the health endpoint is off; a member without data then waits.',
    remedy: 'Set ZK_HEALTH_PORT to the same port for all members, and let the pod network through to it.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-261',
  },
  'ZK-PEER-010': {
    meaning:
      'Most names of the list lead to members of another ensemble. Started so, this server would follow their leader and throw its own data away.',
    remedy:
      'Correct the names in ZK_ENSEMBLE or ZK_DOMAIN, or ZK_CLUSTER_NAME, which is one for all members.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-007': {
    meaning: 'The ensemble has served without this member, which comes back with the data it held before.',
    remedy:
      'Stop it and empty its volume: it then gets the data from the quorum. Members that come back with old data vote with it, and enough of them are a quorum that lacks the last writes. While members are added, a restart may say it before the others have the new list.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-008': {
    meaning:
      'A quorum serves with another list of voters, and a majority of ours could elect a second leader beside it: acknowledged writes would be lost.',
    remedy:
      'Give this member the list that serves, and change one voter at a time, each change rolled out to the end before the next: from 3 to 5 go over 4. Or stop all members, and start all with the new list.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-PEER-009': {
    meaning:
      'The list of voters has changed, and it is not known yet that no second quorum can be made of the old one: the start waits, and is not ready, so that a rollout stops here.',
    remedy:
      'Bring back the members that are named, or let them serve with the list before first. To undo the change, give this member the list it had.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
} satisfies Entries;
