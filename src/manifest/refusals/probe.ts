import { at, listAt, type Tree } from '../objects/tree.ts';
import type { PROBES } from '../pods/containers.ts';
import { given, NOT_NEGATIVE, oneOf, outside, PORT, type Refused, when } from './refused.ts';

const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'];

/** What the API server refuses in a probe (validateProbe). */
export function probeRefusals(
  probe: Tree,
  { name, path }: { name: (typeof PROBES)[number]; path: string },
): Refused[] {
  if (probe === undefined || probe === null) return [];
  const successes = at(probe, 'successThreshold') ?? 1;
  return [
    ...oneOf(
      given(probe).filter((field) => HANDLERS.includes(field)),
      { path, what: 'way to ask' },
    ),
    ...[
      'initialDelaySeconds',
      'periodSeconds',
      'timeoutSeconds',
      'failureThreshold',
      'successThreshold',
    ].flatMap((number) => outside(probe, path, NOT_NEGATIVE, number)),
    ...outside(probe, path, { min: 1 }, 'terminationGracePeriodSeconds'),
    ...['httpGet', 'tcpSocket', 'grpc'].flatMap((handler) => outside(probe, path, PORT, handler, 'port')),
    ...when(name !== 'readinessProbe' && successes !== 1 && successes !== 0, {
      path: `${path}.successThreshold`,
      problem: 'is not 1, but only a readinessProbe may use another number',
      remedy: 'remove it',
    }),
    ...when(
      name === 'readinessProbe' && (at(probe, 'terminationGracePeriodSeconds') ?? undefined) !== undefined,
      {
        path: `${path}.terminationGracePeriodSeconds`,
        problem: 'is set, but a readinessProbe never stops a container',
        remedy: 'remove it',
      },
    ),
    ...when(at(probe, 'exec') !== undefined && listAt(probe, 'exec', 'command').length === 0, {
      path: `${path}.exec.command`,
      problem: 'is empty',
      remedy: 'give a command such as [zk-live]',
    }),
  ];
}
