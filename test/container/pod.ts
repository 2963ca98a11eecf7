import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askFourLetter } from '../../src/host/network/four-letter.ts';
import { ask, type Ended, eventually, image, type Network, tryEngine } from './engine.ts';

/** What a manifest would say about one pod. */
export interface PodOptions {
  readonly ordinal: number;
  readonly replicas?: number;
  readonly variables?: Readonly<Record<string, string>>;
  /** Words of the engine, such as `--read-only`. */
  readonly flags?: readonly string[];
  /** Instead of the image under test. */
  readonly image?: string;
  /** In the place of the image's entrypoint and command, as a pod spec's `command` is. */
  readonly command?: readonly string[];
}

/** A container that has what a StatefulSet's pod has: a host name, a DNS name, an address of its own and a volume. */
export interface Pod {
  readonly container: string;
  readonly address: string;
  exec(...words: readonly string[]): Promise<Ended>;
  log(): Promise<string>;
  status(): Promise<{ running: boolean; exitCode: number }>;
  terminationMessage(): string;
}

const DOMAIN = 'zk-headless.default.svc.cluster.local';

/** A container with the name that a StatefulSet's governing Service gives to a pod. */
export interface Placed {
  /** `zk-0`. */
  readonly host: string;
  /** `zk-headless.default.svc.cluster.local`. */
  readonly domain: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Words of the engine: mounts, users, limits. */
  readonly flags: readonly string[];
  readonly image: string;
  /** In the place of the image's entrypoint and command; empty for the image's own. */
  readonly command: readonly string[];
}

/** Makes the pod and starts it; the volume is kept from an earlier one of the same ordinal. */
export function startPod(network: Network, options: PodOptions): Promise<Pod> {
  const host = `zk-${options.ordinal}`;
  const variables = {
    ZK_REPLICAS: String(options.replicas ?? 1),
    ZK_HEAP_SIZE: '96m',
    ...options.variables,
  };
  return startPlaced(network, {
    host,
    domain: DOMAIN,
    variables,
    flags: ['-v', `${network.name}-${host}:/var/lib/zookeeper`, ...(options.flags ?? [])],
    image: options.image ?? image,
    command: options.command ?? [],
  });
}

/** Starts a container as the kubelet would: with its name, its hosts file, its resolver and its termination log. */
export async function startPlaced(network: Network, placed: Placed): Promise<Pod> {
  const { host, domain } = placed;
  const container = `${network.name}-${host}`;
  const address = network.address();
  network.publish(`${host}.${domain}`, address);
  const kubelet = filesOfKubelet(network, `127.0.0.1 localhost\n${address} ${host}.${domain} ${host}\n`);
  const [program, ...words] = placed.command;
  const [, namespace = ''] = domain.split('.');
  const zone = domain.slice(domain.indexOf('.svc.') + '.svc.'.length);
  await ask(
    ...['run', '-d', '--name', container, '--hostname', host, '--network', network.name, '--ip', address],
    // As the kubelet writes resolv.conf: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
    ...['--dns', network.dns, '--dns-opt', 'ndots:5'],
    ...[`${namespace}.svc.${zone}`, `svc.${zone}`, zone].flatMap((searched) => ['--dns-search', searched]),
    ...['-v', `${kubelet}/hosts:/etc/hosts:ro`, '-v', `${kubelet}/termination-log:/dev/termination-log`],
    ...Object.entries(placed.variables).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
    ...placed.flags,
    ...(program === undefined ? [] : ['--entrypoint', program]),
    placed.image,
    ...words,
  );
  return podOf({ container, address, kubelet });
}

/** What the kubelet mounts into a pod: its hosts file, and the file of its last words. */
function filesOfKubelet(network: Network, hosts: string): string {
  const folder = mkdtempSync(join(network.folder, 'pod-'));
  writeFileSync(join(folder, 'hosts'), hosts, { mode: 0o644 });
  writeFileSync(join(folder, 'termination-log'), '');
  chmodSync(join(folder, 'termination-log'), 0o666);
  return folder;
}

interface Started {
  readonly container: string;
  readonly address: string;
  /** The folder of what the kubelet mounts. */
  readonly kubelet: string;
}

function podOf({ container, address, kubelet }: Started): Pod {
  return {
    container,
    address,
    exec: (...words) => tryEngine('exec', container, ...words),
    async log() {
      const { stdout, stderr } = await tryEngine('logs', container);
      return `${stdout}\n${stderr}`;
    },
    async status() {
      const [running, exitCode] = (
        await ask('inspect', '-f', '{{.State.Running}} {{.State.ExitCode}}', container)
      ).split(' ');
      return { running: running === 'true', exitCode: Number(exitCode) };
    },
    terminationMessage: () => readFileSync(join(kubelet, 'termination-log'), 'utf8'),
  };
}

/** Waits until the pod’s server is in a quorum, watches one, or serves alone. */
export async function serving(pod: Pod, timeoutMs = 90_000): Promise<void> {
  await eventually(async () => {
    if (!/leader|follower|observer|standalone/.test(await roleOf(pod))) {
      throw new Error(`${pod.container} does not serve:\n${(await pod.log()).slice(-2_000)}`);
    }
  }, timeoutMs);
}

/** Root's engine has its networks on this machine; anybody else's has them in a namespace. */
const isReachable = process.getuid?.() === 0;

/** What `srvr` calls the member, or nothing while it looks for a quorum. */
export async function roleOf(pod: Pod): Promise<string> {
  return /^Mode: (\w+)/m.exec(await (isReachable ? srvrFromHere(pod) : srvrFromInside(pod)))?.[1] ?? '';
}

async function srvrFromHere({ address: host }: Pod): Promise<string> {
  const answer = await askFourLetter({ host, port: 2181, word: 'srvr', timeoutMs: 2_000, maxBytes: 4_096 });
  return 'text' in answer ? answer.text : '';
}

/** By bash alone. */
async function srvrFromInside(pod: Pod): Promise<string> {
  const script = 'exec 3<>/dev/tcp/127.0.0.1/2181; printf srvr >&3; timeout 2 cat <&3';
  const { stdout } = await pod.exec('bash', '-c', script);
  return stdout;
}

/** Waits for the container's own end, and tells its status. */
export function ended(pod: Pod, timeoutMs = 60_000): Promise<number> {
  return eventually(async () => {
    const { running, exitCode } = await pod.status();
    if (running) throw new Error(`${pod.container} still runs:\n${await pod.log()}`);
    return exitCode;
  }, timeoutMs);
}
