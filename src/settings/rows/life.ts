import { bindAddress } from '../kinds/hosts.ts';
import { portOrOff } from '../kinds/numbers.ts';
import { oneOf, yesOrNo } from '../kinds/words.ts';
import { always, optional, row } from '../row.ts';

/** How the program itself behaves: its probes and its strictness. Probes read these, every few seconds: its end stands in supervisor.ts. */
export const lifeRows = {
  healthPort: row({
    variable: 'ZK_HEALTH_PORT',
    group: 'health',
    kind: portOrOff(),
    fallback: always(8090),
    meaning:
      'The port of the health endpoint: /livez, /readyz, /startupz, /metrics, /status, and a page for people.',
    goesTo: 'the supervisor',
  }),
  healthAddress: optional({
    variable: 'ZK_HEALTH_ADDRESS',
    group: 'health',
    kind: bindAddress,
    words: 'all addresses',
    meaning: 'The address of the health endpoint. The kubelet asks the address of the pod.',
    goesTo: 'the supervisor',
  }),
  readiness: row({
    variable: 'ZK_READINESS',
    group: 'health',
    kind: oneOf(['ruok', 'serving']),
    fallback: always<'ruok' | 'serving'>('ruok'),
    meaning:
      'When the member is ready: the server answers (ruok), or it is in a quorum and serves (serving).',
    goesTo: 'the verdict of ready and /readyz',
  }),
  strict: row({
    variable: 'ZK_STRICT',
    group: 'life',
    kind: yesOrNo,
    fallback: always(false),
    meaning: 'Turns warnings into errors, also those for unknown ZK_* names.',
    goesTo: 'the severity of findings',
  }),
};
