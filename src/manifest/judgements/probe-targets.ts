import { type Finding, finding } from '../../findings/finding.ts';
import { shortened } from '../../text/some-of.ts';
import { at, listAt, type Tree, textAt } from '../objects/tree.ts';
import { PROBES } from '../pods/containers.ts';
import { commandsOf, whyNotInImage } from '../pods/image-commands.ts';
import { HEALTH_PATHS, hasCompany, type Listener, listenersOf, portNumber } from '../pods/listeners.ts';
import type { Judged } from './judged.ts';

/** Probes that always fail or always succeed: their port, path, port name or command is wrong. */
export function probeTargetFindings(judged: Judged): Finding[] {
  const { container, containerPath, title } = judged.workload;
  return PROBES.flatMap((name) => {
    const probe = at(container, name);
    const why = [
      ...httpProblem(at(probe, 'httpGet'), judged),
      ...socketProblem(at(probe, 'tcpSocket'), judged),
      ...grpcProblem(at(probe, 'grpc'), judged),
      ...commandProblem(at(probe, 'exec'), judged),
    ];
    return why.map(({ field, problem, remedy, surely = true, passes = false }) =>
      finding(passes ? 'ZK-MANIFEST-032' : surely ? 'ZK-MANIFEST-026' : 'ZK-MANIFEST-027', {
        subject: `${title} ${containerPath}.${name}.${field}`,
        problem: `${problem}, so ${passes ? 'it always passes' : HARM[name]}`,
        remedy,
      }),
    );
  });
}

const HARM = {
  startupProbe: 'the container restarts forever',
  livenessProbe: 'the kubelet restarts the container again and again',
  readinessProbe: 'no pod becomes ready',
} as const;

interface Problem {
  readonly field: string;
  readonly problem: string;
  readonly remedy: string;
  readonly surely?: boolean;
  /** True if it always succeeds, so it checks nothing. */
  readonly passes?: boolean;
}

const ASK_US = 'ask httpGet /livez, /readyz or /startupz on the health port';

function httpProblem(asked: Tree, judged: Judged): Problem[] {
  if (asked === undefined || asked === null) return [];
  const target = targetOf(asked, judged);
  if ('problem' in target) return [{ ...target, field: 'httpGet.port' }];
  const { listener } = target;
  if (listener === undefined) return [];
  if (listener.speaks === 'other')
    return [{ field: 'httpGet.port', problem: `${listener.what} does not speak HTTP`, remedy: ASK_US }];
  if (listener.speaks !== 'health') return [];
  const path = textAt(asked, 'path') ?? '/';
  const problems: Problem[] = [];
  if (path === '/' && listener.hasPage === true)
    problems.push({
      field: 'httpGet.path',
      problem: '/ is the page for people, which answers 200 in every state of the member',
      remedy: ASK_US,
      passes: true,
    });
  else if (!HEALTH_PATHS.includes(path.split('?', 1).join('')))
    problems.push({
      field: 'httpGet.path',
      problem: `${shortened(path)} is not a path of the health endpoint`,
      remedy: ASK_US,
    });
  if (textAt(asked, 'scheme') === 'HTTPS')
    problems.push({
      field: 'httpGet.scheme',
      problem: 'the health endpoint speaks only HTTP',
      remedy: 'remove it',
    });
  return problems;
}

function socketProblem(asked: Tree, judged: Judged): Problem[] {
  if (asked === undefined || asked === null) return [];
  const target = targetOf(asked, judged);
  return 'problem' in target ? [{ ...target, field: 'tcpSocket.port' }] : [];
}

function grpcProblem(asked: Tree, { workload }: Judged): Problem[] {
  if (asked === undefined || asked === null || hasCompany(workload)) return [];
  return [{ field: 'grpc', problem: 'nothing in the container speaks gRPC', remedy: ASK_US }];
}

type Target =
  | { readonly listener: Listener | undefined }
  | { readonly problem: string; readonly remedy: string };

/** The listener at the port of a probe. With other containers in the pod, one of them may be the listener. */
function targetOf(asked: Tree, { workload, pods }: Judged): Target {
  const port = at(asked, 'port');
  const number = portNumber(workload.container, port);
  const shown = typeof port === 'string' ? `"${shortened(port)}"` : String(port);
  if (number === undefined) {
    if (typeof port !== 'string') return { listener: undefined };
    return {
      problem: `the container has no port with the name ${shown}`,
      remedy: 'give the port this name in ports, or use its number',
    };
  }
  const [pod] = pods;
  if (pod === undefined) return { listener: undefined };
  const { settings, draft } = pod.prepared;
  const listeners = listenersOf(settings, draft?.ensemble.members.length ?? workload.replicas);
  const listener = listeners.find((candidate) => candidate.port === number);
  if (listener === undefined) return hasCompany(workload) ? { listener } : nobody(number, listeners);
  if (at(workload.podSpec, 'hostNetwork') === true) return { listener };
  const host = textAt(asked, 'host') ?? '';
  if (/^(localhost|127\.|::1$)/.test(host))
    return { problem: 'host is the node’s own address', remedy: 'remove host' };
  // The kubelet resolves it on its node, and then asks one member instead of each ("Probe", httpGet.host).
  if (/[a-z]/i.test(host) && !host.includes(':'))
    return {
      problem: `host is "${shortened(host)}", but the kubelet resolves it on its node, where the names of pods are unknown`,
      remedy: 'remove host: the kubelet then asks the pod itself',
    };
  return listener.unreached === undefined || host !== ''
    ? { listener }
    : { problem: listener.unreached, remedy: 'remove it, or let a probe run zk-live and zk-ready by exec' };
}

function nobody(number: number, listeners: readonly Listener[]): Target {
  const health = listeners.find(({ speaks }) => speaks === 'health');
  return {
    problem: `nothing listens on port ${number}`,
    remedy:
      health === undefined
        ? 'set ZK_HEALTH_PORT, or let the probe run zk-live or zk-ready by exec'
        : `ask the health endpoint, on port ${health.port}`,
  };
}

function commandProblem(asked: Tree, { workload, pods }: Judged): Problem[] {
  const words = listAt(asked, 'command').map((word) => textAt(word) ?? '');
  const name = /(?:^|\/)([^/:@]+)(?:[:@].*)?$/.exec(textAt(workload.container, 'image') ?? '')?.[1];
  const [only = ''] = words;
  if (words.length === 1 && /^[\w./-]+\s/.test(only)) {
    const list = only.trim().split(/\s+/).join(', ');
    return [
      {
        field: 'exec.command',
        problem: `"${shortened(only)}" is one item of the list, and no program has that name`,
        remedy: `make each word an item of the list: [${shortened(list)}]`,
      },
    ];
  }
  return commandsOf(words).flatMap((command): Problem[] => {
    const why = whyNotInImage(command);
    const program = command[0] ?? '';
    const field = 'exec.command';
    if (why !== undefined) {
      const remedy = 'use zk-live, zk-ready or zkOk.sh';
      return [
        {
          field,
          problem: `${program} ${why}`,
          remedy,
          surely: name === 'zk-entrypoint' || workload.from !== undefined,
        },
      ];
    }
    const asks = /(^|\/)zookeeper-ready$/.test(program) ? command[1] : undefined;
    const clientPort = pods[0]?.prepared.settings.clientPort;
    if (asks === undefined || clientPort === undefined || asks === String(clientPort) || !/^\d+$/.test(asks))
      return [];
    return [
      {
        field,
        problem: `asks port ${asks}, but ZooKeeper listens on ${clientPort}`,
        remedy: `give ${clientPort}`,
      },
    ];
  });
}
