import { duration, ports } from '../kinds/numbers.ts';
import { peerKeys } from '../kinds/peer-keys.ts';
import { absolutePath, line, oneOf, someOfWords, yesOrNo } from '../kinds/words.ts';
import { always, optional, row } from '../row.ts';

/** What no probe reads: how a container ends, and what /metrics shows. Apart from life.ts, so that probes stay small. */
export const supervisorRows = {
  zone: optional({
    variable: 'ZK_ZONE',
    group: 'health',
    kind: line,
    words: 'no zone is shown',
    meaning:
      "The zone of the node that this member runs on, for /metrics; from the pod's label topology.kubernetes.io/zone, which Kubernetes copies from the node.",
    goesTo: '/metrics',
  }),
  healthPage: row({
    variable: 'ZK_HEALTH_PAGE',
    group: 'health',
    kind: yesOrNo,
    fallback: always(true),
    meaning: 'Whether the health endpoint shows a page for people at /, with the state of all members.',
    goesTo: 'the supervisor',
  }),
  peerKey: optional({
    variable: 'ZK_PEER_KEY',
    group: 'health',
    kind: peerKeys,
    words: 'members believe every answer',
    meaning:
      'The key that all members share. Best set by ZK_PEER_KEY_FILE. Members mark their answers on ZK_HEALTH_PORT with it, so that a stranger cannot answer in the name of a member.',
    goesTo: 'the supervisor',
    secret: true,
    standIn: 'stands-in-for-a-key-of-the-members',
    mustHold: true,
  }),
  peerAuth: optional({
    variable: 'ZK_PEER_AUTH',
    group: 'health',
    kind: oneOf(['want', 'need']),
    words: 'need, where there is a key',
    meaning:
      'Whether answers without the mark of ZK_PEER_KEY count. want: they count, with a warning, while the key is rolled out. need: they do not count.',
    goesTo: 'the supervisor',
  }),
  stopDelayMs: row({
    variable: 'ZK_STOP_DELAY',
    group: 'life',
    kind: duration(),
    fallback: always(0),
    meaning:
      'How long a stop waits, already not ready, before SIGTERM to the JVM. Clients can move to other members.',
    goesTo: 'the supervisor',
  }),
  stopWaitMs: row({
    variable: 'ZK_STOP_WAIT',
    group: 'life',
    kind: duration(),
    fallback: always(5_000),
    meaning:
      'The longest time that a stop waits, before SIGTERM to the JVM, until the others are a quorum without this member. 0 does not wait.',
    goesTo: 'the supervisor',
  }),
  stopTimeoutMs: row({
    variable: 'ZK_STOP_TIMEOUT',
    group: 'life',
    kind: duration(),
    fallback: always(20_000),
    meaning: 'How long the JVM may take to stop before it is killed.',
    goesTo: 'the supervisor',
  }),
  repair: row({
    variable: 'ZK_REPAIR',
    group: 'life',
    kind: oneOf(['off', 'quorum']),
    fallback: always<'off' | 'quorum'>('off'),
    meaning:
      'What happens to damaged data that would make a start fail: nothing (off), or it is set aside and copied again from the others when they are a quorum without this member (quorum).',
    goesTo: 'the supervisor',
  }),
  terminationLog: row({
    variable: 'ZK_TERMINATION_LOG',
    group: 'life',
    kind: absolutePath,
    fallback: always('/dev/termination-log'),
    meaning: 'The file for the reason why the container ended, if it exists. kubectl describe pod shows it.',
    goesTo: 'the supervisor',
  }),
  metricNames: row({
    variable: 'ZK_METRIC_NAMES',
    group: 'health',
    kind: someOfWords(['provider', 'prometheus', 'exporter']),
    fallback: always<readonly ('provider' | 'prometheus' | 'exporter')[]>(['provider']),
    meaning:
      "Under which names /metrics shows ZooKeeper's own figures: those of its Prometheus provider, which its dashboards read; zookeeper_ names by Prometheus' rules, in seconds and bytes; zk_ names of the exporters of mntr.",
    goesTo: '/metrics',
  }),
  metricsPorts: row({
    variable: 'ZK_METRICS_PORTS',
    group: 'health',
    kind: ports(),
    fallback: always<readonly number[]>([]),
    meaning:
      'Further ports that answer /metrics and nothing else, for manifests of other images: 9141 as with an exporter beside ZooKeeper, 7000 as its own provider.',
    goesTo: 'the supervisor',
  }),
};
