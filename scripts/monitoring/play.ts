import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LocalEnsemble, makeEnsemble } from '../local-ensemble/ensemble.ts';
import { type Installation, type Launch, throughEntrypoint } from '../local-ensemble/launch.ts';
import type { LocalMember } from '../local-ensemble/member.ts';
import { Writer } from '../local-ensemble/writer.ts';
import { alerts } from './alerts.ts';
import { certificateMaker } from './certificates.ts';
import { isSettled, type Look, type Phase } from './judge.ts';
import { type Prometheus, startPrometheus } from './prometheus.ts';
import { shortened } from './shortened.ts';

interface Act extends Phase {
  act(): void | Promise<void>;
  /** How long what fires is looked at after it has settled. */
  readonly staySeconds: number;
}

/** What a play needs, and what it tells. */
export interface PlayOptions extends Installation {
  readonly program: string;
  readonly prometheus: string;
  /** One member killed and brought back, and no more. */
  readonly isShort: boolean;
  say(line: string): void;
  /** Called at the end, with everything still running. */
  atTheEnd(prometheus: Prometheus, beganAt: number): Promise<void>;
}

export interface Played {
  readonly phases: readonly Phase[];
  readonly looks: readonly Look[];
  /** What the play could not do here, with the reason. */
  readonly leftOut: readonly string[];
}

/** `for` and ranges, as parts of what they are: `for: 5m` is 15 s here, `[5m]` 30 s; short plays wait a fifth. */
const LONG = { waits: 20, ranges: 10 } as const;
const SHORT = { waits: 100, ranges: 10 } as const;

/** An alert may take its own wait, a threshold of a minute, and some scrapes. */
const LONGEST_PHASE_MS = 150_000;
/** A writer whose members are killed may wait for an answer. */
const LONGEST_FAREWELL_MS = 10_000;
/** Some 2,000 nodes in the whole play: nothing but the disk is to fill, and that only when the play fills it. */
const WRITER_PAUSE_MS = 250;
/** For each new log ZooKeeper takes 64 MiB at once, in which the forecast of so small a disk sees its end. */
const PREALLOCATED_KIB = 64;
const DISK_MIB = 400;
/** Below the tenth of the alert, and above what stops ZooKeeper. */
const LEFT_MIB = 24;

/** Three members, a writer, a Prometheus, and what happens to them. */
export async function play(options: PlayOptions): Promise<Played> {
  const { say, isShort } = options;
  const leftOut: string[] = [];
  const ensemble = await makeEnsemble({ size: 3, launch: withTls(options) });
  const disk = join(ensemble.folder, 'zk-2', 'data');
  let [prometheus, writer, isMounted]: [Prometheus | undefined, Writer | undefined, boolean] = [
    undefined,
    undefined,
    false,
  ];
  try {
    const { tls, storeOf } = tlsOf(ensemble.folder);
    mkdirSync(tls);
    const certificates = certificateMaker(tls);
    for (const { id } of ensemble.members) certificates.store(storeOf(id), 365);
    isMounted = !isShort && mountDisk(disk, (why) => leftOut.push(`the full disk: ${why}`));
    for (const member of ensemble.members) member.start();
    await ensemble.waitUntilServing({ timeoutMs: 60_000 });
    prometheus = await startPrometheus({
      program: options.prometheus,
      folder: ensemble.folder,
      port: (ensemble.members[0]?.port ?? 0) + 12,
      targets: ensemble.members.map(({ host, healthPort, name }) => ({
        address: `${host}:${healthPort}`,
        labels: { namespace: 'default', pod: name },
      })),
      alerts: shortened(alerts, isShort ? SHORT : LONG),
    });
    const beganAt = Date.now() / 1_000;
    // ZooKeeper makes this node by itself, so it can be written below at once.
    writer = new Writer(ensemble.members, '/zookeeper', { pauseMs: WRITER_PAUSE_MS });
    const showsSpace = (await scrapeOf(ensemble.members[2])).includes('\nzk_entrypoint_volume_free_bytes');
    if (isMounted && !showsSpace) leftOut.push('the full disk: /metrics shows no space of volumes');
    const isFilled = isMounted && showsSpace;
    const acts = actsOf({ ensemble, certificates, storeOf, disk: isFilled ? disk : undefined, isShort });
    const looks: Look[] = [];
    for (const act of acts) {
      await perform(act, { prometheus, beganAt, looks, say });
    }
    await options.atTheEnd(prometheus, beganAt);
    return { phases: acts, looks, leftOut };
  } finally {
    await Promise.race([writer?.end(), sleep(LONGEST_FAREWELL_MS)]);
    await prometheus?.close();
    for (const member of ensemble.members) member.kill('SIGKILL');
    await Promise.all(ensemble.members.map((member) => member.exited.catch(() => {})));
    if (isMounted) execFileSync('umount', ['-l', disk]);
    await ensemble.close();
  }
}

async function scrapeOf(member: LocalMember | undefined): Promise<string> {
  return (await fetch(`http://${member?.host}:${member?.healthPort}/metrics`)).text();
}

interface Stage {
  readonly prometheus: Prometheus;
  readonly beganAt: number;
  readonly looks: Look[];
  say(line: string): void;
}

/** Does it, looks every half a second until what must fire does and nothing else, and then as long as it is to stay so. */
async function perform(act: Act, { prometheus, beganAt, looks, say }: Stage): Promise<void> {
  const passed = () => Math.round(Date.now() / 1_000 - beganAt);
  say(`${String(passed()).padStart(4)} s  ${act.name}`);
  await act.act();
  const deadline = Date.now() + LONGEST_PHASE_MS;
  let settledAt: number | undefined;
  let last = '';
  while (Date.now() < deadline) {
    const firing = await prometheus.firing();
    const atSeconds = passed();
    looks.push({ atSeconds, phase: act.name, firing });
    const words = firing.join(', ') || 'nothing';
    if (words !== last) say(`${String(atSeconds).padStart(4)} s    fires: ${words}`);
    last = words;
    if (!isSettled(firing, act)) settledAt = settledAt === undefined ? undefined : Number.POSITIVE_INFINITY;
    else settledAt ??= Date.now();
    if (settledAt !== undefined && Date.now() - settledAt >= act.staySeconds * 1_000) return;
    await sleep(500);
  }
}

interface Props {
  readonly ensemble: LocalEnsemble;
  readonly certificates: ReturnType<typeof certificateMaker>;
  storeOf(id: number): string;
  /** The volume of the third member; undefined where none could be made. */
  readonly disk: string | undefined;
  readonly isShort: boolean;
}

function actsOf({ ensemble, certificates, storeOf, disk, isShort }: Props): Act[] {
  const [first, second, third] = ensemble.members as [LocalMember, LocalMember, LocalMember];
  const back = async (...members: readonly LocalMember[]) => {
    for (const member of members) await member.restart();
    await ensemble.waitUntilServing({ timeoutMs: 60_000 });
  };
  const calm = { expected: [], staySeconds: isShort ? 1 : 75 };
  const short: Act[] = [
    { name: 'three serve', ...calm, act() {} },
    {
      name: 'one is killed',
      expected: ['ZooKeeperMemberDown', 'ZooKeeperQuorumAtTheEdge'],
      staySeconds: isShort ? 1 : 10,
      act: () => void first.kill('SIGKILL'),
    },
  ];
  if (isShort) return [...short, { name: 'it is back', ...calm, act: () => back(first) }];
  const full = join(disk ?? '', 'filled');
  const ofTheDisk: Act[] = [
    {
      name: 'a disk nears its end',
      expected: ['ZooKeeperVolumeNearlyFull'],
      // The forecast sees the jump, and the member's own check sees the space.
      allowed: ['ZooKeeperVolumeFullSoon', 'ZooKeeperFindings'],
      staySeconds: 10,
      act() {
        const { bavail, bsize } = statfsSync(disk ?? '/');
        writeFileSync(full, Buffer.alloc(Math.max(0, bavail * bsize - LEFT_MIB * 1_048_576)));
      },
    },
    {
      name: 'the disk is enlarged',
      expected: [],
      allowed: ['ZooKeeperVolumeFullSoon', 'ZooKeeperFindings'],
      staySeconds: 10,
      act: () => rmSync(full),
    },
  ];
  return [
    ...short,
    {
      name: 'a second is killed',
      expected: ['ZooKeeperMemberDown', 'ZooKeeperNotOneLeader', 'ZooKeeperWithoutQuorum'],
      staySeconds: 5,
      act: () => void second.kill('SIGKILL'),
    },
    { name: 'both are back', ...calm, act: () => back(first, second) },
    ...(disk === undefined ? [] : ofTheDisk),
    {
      name: 'a certificate nears its end',
      expected: ['ZooKeeperCertificateEnds'],
      // The member's own check warns of it too.
      allowed: ['ZooKeeperFindings'],
      staySeconds: 10,
      act: () => certificates.store(storeOf(third.id), 3),
    },
    {
      name: 'it is renewed',
      expected: [],
      staySeconds: 30,
      act: () => certificates.store(storeOf(third.id), 365),
    },
  ];
}

/** Members with TLS for clients beside the plain port, and a certificate that is taken up anew when its file changes. */
function withTls(installation: Pick<PlayOptions, 'zkHome' | 'javaHome' | 'program'>): Launch {
  return (spec) => {
    const { tls, storeOf } = tlsOf(dirname(spec.folder));
    const keys = [
      `secureClientPort=${(spec.all[0]?.clientPort ?? 0) + 11}`,
      `secureClientPortAddress=127.0.0.${spec.id}`,
      'serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory',
      `ssl.keyStore.location=${storeOf(spec.id)}`,
      `ssl.trustStore.location=${join(tls, 'ca.crt')}`,
      'ssl.trustStore.type=PEM',
      'client.certReload=true',
      `preAllocSize=${PREALLOCATED_KIB}`,
    ];
    const variables = {
      ZK_EXTRA_CONFIG: keys.join('\n'),
      ZK_ZONE: `zone-${spec.id}`,
      // On a busy machine the last of three may start when the others have served already.
      ZK_IGNORE_FINDINGS: 'ZK-VOLUME-028',
    };
    return throughEntrypoint(installation, variables)(spec);
  };
}

/** Where the certificates lie, in the folder of the ensemble. */
function tlsOf(folder: string): { readonly tls: string; storeOf(id: number): string } {
  const tls = join(folder, 'tls');
  return { tls, storeOf: (id) => join(tls, `zk-${id}.pem`) };
}

/** A disk of its own, in memory, where scripts/monitoring/start has made mounts that nobody else sees: only root can. */
function mountDisk(path: string, cannot: (why: string) => void): boolean {
  mkdirSync(path, { recursive: true });
  if (process.env['ZK_ENTRYPOINT_OWN_MOUNTS'] === undefined) {
    cannot('no disk can be mounted for the play alone');
    return false;
  }
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    cannot('a tmpfs cannot be mounted here');
    return false;
  }
}
