import { type Finding, finding } from '../../findings/finding.ts';
import { at, countAt, listAt, type Tree, textAt } from '../objects/tree.ts';
import type { Judged } from './judged.ts';

/** Our probes wait 2 s for ZooKeeper before they say why they fail (docs/probes.md). */
const ENOUGH_SECONDS = 3;

/** Commands that ask for the state of the quorum, not of the process. */
const QUORUM_WORDS =
  /\b(srvr|mntr|stat|isro|cons|leader|follower)\b|zkServer\.sh["',\s]+status|zkCli\.sh|zk-entrypoint["',\s]+(sanity|status)/;
const READY_WORDS = /\bzk-ready\b|zk-entrypoint["',\s]+ready/;

/** Probes that look at the wrong thing, or give up too early. */
export function probeFindings(judged: Judged): Finding[] {
  return [...timeouts(judged), ...liveness(judged), ...order(judged)];
}

function timeouts({ workload: { container, containerPath, title } }: Judged): Finding[] {
  return ['startupProbe', 'livenessProbe', 'readinessProbe'].flatMap((name) => {
    const probe = at(container, name);
    // A tcpSocket probe waits only for a TCP connection.
    if (at(probe, 'exec') === undefined && at(probe, 'httpGet') === undefined) return [];
    const seconds = countAt(probe, 1, 'timeoutSeconds');
    if (seconds >= ENOUGH_SECONDS) return [];
    const given = at(probe, 'timeoutSeconds') === undefined ? 'is not set, so it is 1' : `is ${seconds}`;
    return [
      finding('ZK-MANIFEST-010', {
        subject: `${title} ${containerPath}.${name}.timeoutSeconds`,
        problem: `${given}, but an answer may take 2 s`,
        remedy: `set it to ${ENOUGH_SECONDS} or more`,
      }),
    ];
  });
}

function liveness(judged: Judged): Finding[] {
  const { container, containerPath, title } = judged.workload;
  const asked = quorumQuestion(at(container, 'livenessProbe'), judged);
  if (asked === undefined) return [];
  return [
    finding('ZK-MANIFEST-011', {
      subject: `${title} ${containerPath}.livenessProbe`,
      problem: `${asked} checks the quorum, so a lost quorum restarts the remaining members`,
      remedy: 'ask httpGet /livez on port 8090, or zk-live',
    }),
  ];
}

/** Under OrderedReady, Kubernetes creates no second pod until the first is ready, and one pod is never a quorum. */
function order(judged: Judged): Finding[] {
  const { container, containerPath, title, parallel, replicas } = judged.workload;
  if (parallel || replicas < 2) return [];
  return (['readinessProbe', 'startupProbe'] as const).flatMap((name) => {
    const asked = quorumQuestion(at(container, name), judged);
    if (asked === undefined) return [];
    return [
      finding('ZK-MANIFEST-003', {
        subject: `${title} ${containerPath}.${name}`,
        problem: `${asked} waits for a quorum, but under OrderedReady Kubernetes creates the second pod only after the first is ready`,
        remedy: `set spec.podManagementPolicy: Parallel${asked.includes('serving') ? ', or ZK_READINESS=ruok' : ''}`,
      }),
    ];
  });
}

/** The part of a probe that asks for the quorum, for people, or undefined. */
function quorumQuestion(probe: Tree, { pods }: Judged): string | undefined {
  const words = listAt(probe, 'exec', 'command')
    .map((word) => textAt(word) ?? '')
    .join(' ');
  const path = textAt(probe, 'httpGet', 'path') ?? '';
  const serving = pods.some(({ prepared }) => prepared.settings.readiness === 'serving');
  if (serving && path.startsWith('/readyz')) return 'httpGet /readyz with ZK_READINESS=serving';
  if (serving && READY_WORDS.test(words)) return 'zk-ready with ZK_READINESS=serving';
  const [asked] = QUORUM_WORDS.exec(words) ?? [];
  // Only the word is shown, because a command may hold a password.
  return asked === undefined ? undefined : `"${asked.replaceAll(/[",'\s]+/g, ' ')}"`;
}
