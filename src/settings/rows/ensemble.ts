import { type Consent, consentList } from '../kinds/consent-list.ts';
import { ensembleList } from '../kinds/ensemble-list.ts';
import { dnsName, podName } from '../kinds/hosts.ts';
import { duration, wholeNumber } from '../kinds/numbers.ts';
import { line, oneOf } from '../kinds/words.ts';
import { always, byEnsemble, optional, row } from '../row.ts';

/** Who this member is and who the others are. */
export const ensembleRows = {
  replicas: optional({
    variable: 'ZK_REPLICAS',
    group: 'ensemble',
    kind: wholeNumber({ min: 1, max: 255 }),
    words: 'ZK_REPLICAS or ZK_ENSEMBLE is required',
    meaning: "The number of members: the StatefulSet's replicas. One member runs standalone.",
    goesTo: 'zoo.cfg server.N',
  }),
  ensemble: optional({
    variable: 'ZK_ENSEMBLE',
    group: 'ensemble',
    kind: ensembleList,
    words: 'the members follow from ZK_REPLICAS',
    meaning: 'The members by name, instead of ZK_REPLICAS; the same list for every member.',
    goesTo: 'zoo.cfg server.N',
  }),
  membership: row({
    variable: 'ZK_MEMBERSHIP',
    group: 'ensemble',
    kind: oneOf(['static', 'dynamic']),
    fallback: always<'static' | 'dynamic'>('static'),
    meaning:
      'The source of the list of members: the settings of each start (static), or the configuration that the ensemble has committed and keeps on its volumes (dynamic). With dynamic, ZK_REPLICAS gives the members of the first start, and new pods join by themselves.',
    goesTo: 'zoo.cfg dynamicConfigFile, reconfigEnabled, standaloneEnabled',
  }),
  myid: optional({
    variable: 'ZK_MYID',
    group: 'ensemble',
    kind: wholeNumber({ min: 0, max: 255 }),
    words:
      'the entry of this member in ZK_ENSEMBLE, or the ordinal of the pod name, or myid on the volume if the list has that id',
    meaning: 'The id of this server, when it cannot be derived from the pod name.',
    goesTo: 'myid',
  }),
  observerOf: optional({
    variable: 'ZK_OBSERVER_OF',
    group: 'ensemble',
    kind: dnsName,
    words: 'this member is one of the list',
    meaning:
      "The StatefulSet of the voters that this one observes: zk, or zk.zk-headless.default.svc.cluster.local where the domain is another one. ZK_REPLICAS or ZK_ENSEMBLE are then the voters'.",
    goesTo: 'zoo.cfg server.N',
  }),
  myidOffset: optional({
    variable: 'ZK_MYID_OFFSET',
    group: 'ensemble',
    kind: wholeNumber({ min: 0, max: 255 }),
    words: '1, and 101 with ZK_OBSERVER_OF',
    meaning:
      'The number that is added to the ordinal to get the id. Two StatefulSets of one ensemble need different offsets.',
    goesTo: 'myid, zoo.cfg server.N',
  }),
  ordinalsStart: row({
    variable: 'ZK_ORDINALS_START',
    group: 'ensemble',
    kind: wholeNumber({ min: 0, max: 254 }),
    fallback: always(0),
    meaning:
      "The ordinal of the StatefulSet's first pod: its spec.ordinals.start. ZK_REPLICAS counts from there.",
    goesTo: 'zoo.cfg server.N',
  }),
  podName: optional({
    variable: 'POD_NAME',
    group: 'ensemble',
    kind: podName,
    words: 'the host name',
    meaning: "The pod's name (metadata.name); wins over the host name, which with hostNetwork is the node's.",
    goesTo: 'myid, zoo.cfg server.N',
  }),
  domain: optional({
    variable: 'ZK_DOMAIN',
    group: 'ensemble',
    kind: dnsName,
    words: "the host's own domain: the hosts file's canonical name, then the resolver",
    meaning: 'The domain that is appended to member names without a dot.',
    goesTo: 'zoo.cfg server.N',
  }),
  peerType: optional({
    variable: 'ZK_PEER_TYPE',
    group: 'ensemble',
    kind: oneOf(['participant', 'observer']),
    words: 'the role that ZK_ENSEMBLE gives this member',
    meaning: 'Whether this server votes. It must be the same as in ZK_ENSEMBLE, which the other members use.',
    zooCfg: { peerType: byEnsemble },
  }),
  clusterName: optional({
    variable: 'ZK_CLUSTER_NAME',
    group: 'ensemble',
    kind: line,
    words: "with ZK_REPLICAS the StatefulSet's name and domain, else unknown",
    meaning: "The ensemble's name, which its volumes remember: the volume of another ensemble is refused.",
    goesTo: 'zk-entrypoint.json',
  }),
  dnsTimeoutMs: row({
    variable: 'ZK_DNS_TIMEOUT',
    group: 'ensemble',
    kind: duration(),
    fallback: always(60_000),
    meaning: 'How long a start waits until its own name resolves. After that it continues. 0 does not wait.',
    goesTo: 'the supervisor',
  }),
  consents: row({
    variable: 'ZK_CONSENT',
    group: 'ensemble',
    kind: consentList,
    fallback: always<readonly Consent[]>([]),
    meaning:
      'A consent to one refusal that could lose data, as the refusal prints it: kind:pod:token. It is valid once, only for that member.',
    goesTo: 'zk-entrypoint.json',
  }),
};
