import { lastFlag } from '../../checks/keys-in-effect.ts';
import type { Settings } from '../../settings/table.ts';
import { at, listAt, type Tree, textAt } from '../objects/tree.ts';
import type { Workload } from './workload.ts';

/** Something in the container that listens. */
export interface Listener {
  /** For people: `the health endpoint`. */
  readonly what: string;
  readonly port: number;
  readonly speaks: 'health' | 'http' | 'other';
  /** Whether it shows the page for people at `/`. */
  readonly hasPage?: boolean;
  /** Why the kubelet cannot reach it at the address of the pod; undefined if it can. */
  readonly unreached?: string | undefined;
}

/** The paths of the health endpoint for programs. A test compares them with health/routes.ts. */
export const HEALTH_PATHS: readonly string[] = [
  '/livez',
  '/readyz',
  '/ruok',
  '/startupz',
  '/metrics',
  '/status',
];

/** Everything that listens in a member: ports of its settings, and ports that keys and flags open. */
export function listenersOf(settings: Settings, members: number): Listener[] {
  const { healthPort, healthAddress, clientPort, clientAddress, electionPort, adminPort, jmxPort } = settings;
  const text = (key: string) => settings.extraConfig.find(([name]) => name === key)?.[1];
  const extra = (key: string) => Number(text(key) ?? 0);
  const metrics = settings.extraConfig.some(([key]) => key === 'metricsProvider.className');
  const jmx = lastFlag(
    { settings },
    (flag) => /^-Dcom\.sun\.management\.jmxremote\.port=(\d+)$/.exec(flag)?.[1],
  );
  const given: Listener[] = [
    {
      what: 'the health endpoint',
      port: healthPort,
      speaks: 'health',
      hasPage: settings.healthPage,
      unreached: loopback('ZK_HEALTH_ADDRESS', healthAddress),
    },
    {
      what: 'the client port',
      port: clientPort,
      speaks: 'other',
      unreached: loopback('ZK_CLIENT_ADDRESS', clientAddress),
    },
    { what: 'the TLS port of clients', port: extra('secureClientPort'), speaks: 'other' },
    { what: 'the port of observers', port: extra('observerMasterPort'), speaks: 'other' },
    { what: 'the election port', port: members > 1 ? electionPort : 0, speaks: 'other' },
    {
      what: 'the AdminServer',
      port: adminPort,
      speaks: 'http',
      unreached: loopback('admin.serverAddress', text('admin.serverAddress')),
    },
    {
      what: 'the metrics of ZooKeeper',
      port: metrics ? extra('metricsProvider.httpPort') || 7_000 : 0,
      speaks: 'http',
    },
    ...settings.metricsPorts.map(
      (port): Listener => ({
        what: 'the metrics of ZK_METRICS_PORTS',
        port,
        speaks: 'http',
        unreached: loopback('ZK_HEALTH_ADDRESS', healthAddress),
      }),
    ),
    { what: 'JMX', port: jmxPort ?? Number(jmx?.value ?? 0), speaks: 'other' },
  ];
  return given.filter(({ port }) => port > 0);
}

function loopback(variable: string, address: string | undefined): string | undefined {
  const alone = address !== undefined && /^(127\.|::1$|localhost$)/.test(address);
  return alone ? `${variable} is ${address}, which only the pod itself can reach` : undefined;
}

/** The port number in the container for a port of a probe or Service. Undefined for a name that the container does not have. */
export function portNumber(container: Tree, port: Tree): number | undefined {
  if (typeof port === 'number') return port;
  const named = listAt(container, 'ports').find((candidate) => textAt(candidate, 'name') === port);
  const number = at(named, 'containerPort');
  return typeof number === 'number' ? number : undefined;
}

/** Whether another container of the pod may be the listener, because all containers share the address of the pod. */
export function hasCompany({ podSpec }: Workload): boolean {
  const lasting = listAt(podSpec, 'initContainers').some((one) => textAt(one, 'restartPolicy') === 'Always');
  return listAt(podSpec, 'containers').length > 1 || lasting;
}
