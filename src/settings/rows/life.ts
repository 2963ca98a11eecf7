import { bindAddress } from '../kinds/hosts.ts';
import { duration, portOrOff } from '../kinds/numbers.ts';
import { absolutePath, oneOf, someOfWords, yesOrNo } from '../kinds/words.ts';
import { always, optional, row } from '../row.ts';

/** How the program itself behaves: its probes, its end, its strictness. */
export const lifeRows = {
  healthPort: row({
    variable: 'ZK_HEALTH_PORT',
    group: 'health',
    kind: portOrOff(),
    fallback: always(8090),
    meaning: 'The port of the health endpoint: /livez, /readyz, /startupz, /metrics, /status.',
    goesTo: 'the supervisor',
  }),
  healthAddress: optional({
    variable: 'ZK_HEALTH_ADDRESS',
    group: 'health',
    kind: bindAddress,
    words: 'all addresses',
    meaning: 'The address the health endpoint is bound to; the kubelet asks the pod’s address.',
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
  readiness: row({
    variable: 'ZK_READINESS',
    group: 'health',
    kind: oneOf(['ruok', 'serving']),
    fallback: always<'ruok' | 'serving'>('ruok'),
    meaning: 'What ready means: the process answers (ruok), or it is in a quorum and serves (serving).',
    goesTo: 'the verdict of ready and /readyz',
  }),
  stopDelayMs: row({
    variable: 'ZK_STOP_DELAY',
    group: 'life',
    kind: duration(),
    fallback: always(0),
    meaning: 'How long a stop waits, already not ready, before the JVM is told: time for clients to move on.',
    goesTo: 'the supervisor',
  }),
  stopWaitMs: row({
    variable: 'ZK_STOP_WAIT',
    group: 'life',
    kind: duration(),
    fallback: always(5_000),
    meaning:
      'How long a stop waits at most until the others are a quorum without this member, before the JVM is told. 0 does not wait.',
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
  terminationLog: row({
    variable: 'ZK_TERMINATION_LOG',
    group: 'life',
    kind: absolutePath,
    fallback: always('/dev/termination-log'),
    meaning: 'The file that gets the reason of the end, if it exists; kubectl describe pod shows it.',
    goesTo: 'the supervisor',
  }),
  strict: row({
    variable: 'ZK_STRICT',
    group: 'life',
    kind: yesOrNo,
    fallback: always(false),
    meaning: 'Makes warnings errors, unknown ZK_* names among them.',
    goesTo: 'the severity of findings',
  }),
};
