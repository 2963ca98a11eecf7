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
  /** Why nobody reaches it at the address of the pod, where the kubelet asks; undefined where it is reached. */
  readonly unreached?: string | undefined;
}

/** What the health endpoint answers to programs; a test holds it and health/routes.ts equal. */
export const HEALTH_PATHS: readonly string[] = [
  '/livez',
  '/readyz',
  '/ruok',
  '/startupz',
  '/metrics',
  '/status',
];

/** What listens in a member: by its settings, and by the keys and flags that open further ports. */
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

/** The number that a port of a probe or Service stands for in the container; undefined for a name that it does not have. */
export function portNumber(container: Tree, port: Tree): number | undefined {
  if (typeof port === 'number') return port;
  const named = listAt(container, 'ports').find((candidate) => textAt(candidate, 'name') === port);
  const number = at(named, 'containerPort');
  return typeof number === 'number' ? number : undefined;
}

/** Whether another container of the pod may be what listens: all containers share the pod's address. */
export function hasCompany({ podSpec }: Workload): boolean {
  const lasting = listAt(podSpec, 'initContainers').some((one) => textAt(one, 'restartPolicy') === 'Always');
  return listAt(podSpec, 'containers').length > 1 || lasting;
}
