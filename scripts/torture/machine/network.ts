import { run, tryRun } from './command.ts';
import { listeningPorts } from './listening-ports.ts';

/** How the network of one member is hurt. */
export type Cut = 'both' | 'in' | 'out' | 'slow';

/** The addresses of a run, and what can be done to them. */
export interface Network {
  /** Where a member's ports are. */
  addressOf(id: number): string;
  /** Where the kubelet's probes come from: the pod's own node, which no cut between nodes parts from it. */
  readonly kubelet: string | undefined;
  /** Puts a command into the member's network. */
  inside(id: number, command: readonly string[]): string[];
  hurt(id: number, cut: Cut): void;
  heal(id: number): void;
  /** Whatever listens in a network that is the member's alone. */
  listeningPorts(id: number): number[];
}

const DEVICE = 'eth0';

/** Members share loopback, each with an address of its own; nothing can be cut. */
export function loopbackNetwork(run: number): Network {
  const cannot = (): never => {
    throw new Error('there is no network of its own to cut');
  };
  return {
    addressOf: (id) => `127.${100 + (run % 100)}.${(run >> 8) % 250}.${10 + id}`,
    kubelet: undefined,
    inside: (_, command) => [...command],
    hurt: cannot,
    heal: cannot,
    listeningPorts: () => [],
  };
}

/** The name that everything of a run in the kernel begins with; interface names end at 15 characters. */
export function networkName(run: number): string {
  return `zkt-${run.toString(16).padStart(4, '0')}`;
}

/** A network namespace for each member, as pods have, joined by a bridge; removed with `removeNetwork`. */
export function namespaceNetwork(id: number, members: number): Network {
  const name = networkName(id);
  const subnet = `10.${128 + ((id >> 8) % 100)}.${id & 0xff}`;
  const kubelet = `${subnet}.2`;
  makeBridge(name, subnet, kubelet);
  for (let member = 1; member <= members; member += 1) join({ name, subnet, member });
  const enter = (member: number) => ['nsenter', `--net=/run/netns/${name}-${member}`];
  const within = (member: number, command: string) =>
    run('nsenter', ...enter(member).slice(1), ...command.split(' '));
  return {
    addressOf: (member) => `${subnet}.${10 + member}`,
    kubelet,
    inside: (member, command) => [...enter(member), ...command],
    hurt(member, cut) {
      for (const command of hurting(cut, kubelet)) within(member, command);
    },
    heal(member) {
      within(member, 'iptables -w -F');
      tryRun('nsenter', ...enter(member).slice(1), 'tc', 'qdisc', 'del', 'dev', DEVICE, 'root');
    },
    listeningPorts: (member) => listeningPorts(within(member, 'cat /proc/net/tcp /proc/net/tcp6')),
  };
}

function hurting(cut: Cut, kubelet: string): string[] {
  if (cut === 'slow') return [`tc qdisc add dev ${DEVICE} root tbf rate 256kbit burst 8k latency 400ms`];
  const incoming = [
    `iptables -w -A INPUT -i ${DEVICE} -s ${kubelet} -j ACCEPT`,
    `iptables -w -A INPUT -i ${DEVICE} -j DROP`,
  ];
  const outgoing = [
    `iptables -w -A OUTPUT -o ${DEVICE} -d ${kubelet} -j ACCEPT`,
    `iptables -w -A OUTPUT -o ${DEVICE} -j DROP`,
  ];
  return [...(cut === 'out' ? [] : incoming), ...(cut === 'in' ? [] : outgoing)];
}

function makeBridge(name: string, subnet: string, kubelet: string): void {
  run('ip', 'link', 'add', name, 'type', 'bridge');
  // The first address is the one that clients come from.
  run('ip', 'address', 'add', `${subnet}.1/24`, 'dev', name);
  run('ip', 'address', 'add', `${kubelet}/24`, 'dev', name);
  run('ip', 'link', 'set', name, 'up');
}

function join({ name, subnet, member }: { name: string; subnet: string; member: number }): void {
  const namespace = `${name}-${member}`;
  run('ip', 'netns', 'add', namespace);
  run('ip', 'link', 'add', namespace, 'type', 'veth', 'peer', 'name', DEVICE, 'netns', namespace);
  run('ip', 'link', 'set', namespace, 'master', name, 'up');
  run('ip', '-n', namespace, 'address', 'add', `${subnet}.${10 + member}/24`, 'dev', DEVICE);
  run('ip', '-n', namespace, 'link', 'set', 'lo', 'up');
  run('ip', '-n', namespace, 'link', 'set', DEVICE, 'up');
}

/** Takes away what `namespaceNetwork` made; nothing happens when it is gone already. */
export function removeNetwork(id: number): void {
  const name = networkName(id);
  for (let member = 1; member <= 9; member += 1) {
    tryRun('ip', 'link', 'del', `${name}-${member}`);
    tryRun('ip', 'netns', 'del', `${name}-${member}`);
  }
  tryRun('ip', 'link', 'del', name);
}
