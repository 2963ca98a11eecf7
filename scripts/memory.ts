import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type LocalEnsemble, makeEnsemble } from './local-ensemble/ensemble.ts';
import { throughEntrypoint } from './local-ensemble/launch.ts';
import type { LocalMember } from './local-ensemble/member.ts';
import { type Cell, heading, row } from './memory/cell.ts';
import { LimitedMemory } from './memory/limited.ts';
import { Load } from './memory/load.ts';
import { type Parts, partsOf, residentBytes } from './memory/parts.ts';

/**
 * Starts one member after the other under a real memory limit, fills it with data, writes and reads for a while, and
 * prints what the JVM took by part, what `check` said before, and how it ended. The exit status is 1 where the kernel
 * killed a member that check let pass. scripts/memory/start hands ZooKeeper, Java and the built program over.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    limits: { type: 'string', default: '256,512,1024,2048,4096' },
    data: { type: 'string', default: '10,100,500' },
    clients: { type: 'string', default: 'nio,netty,tls' },
    heap: { type: 'string', default: '' },
    sessions: { type: 'string', default: '20' },
    'node-bytes': { type: 'string', default: '4096' },
    home: { type: 'string', default: process.env['ZK_HOME'] ?? '' },
    java: { type: 'string', default: process.env['JAVA_HOME'] ?? '' },
  },
});

const MIB = 1_048_576;
const SERVING_MS = 90_000;
const SAMPLE_MS = 250;
const PARTS_MS = 5_000;
const NETTY = 'serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory';

const program = new URL('../bin/zk-entrypoint', import.meta.url).pathname;
const launch = (env: Readonly<Record<string, string>>) =>
  throughEntrypoint({ zkHome: values.home, javaHome: values.java, program }, env);
const secret = mkdtempSync(join(tmpdir(), 'zk-memory-'));
makeCertificate();

let broken = 0;
const reasons: string[] = [];
try {
  console.log(heading());
  for (const clients of values.clients.split(','))
    for (const limitMib of values.limits.split(',').map(Number))
      for (const dataMib of values.data.split(',').map(Number)) {
        const cell = await measure({ clients, limitMib, dataMib });
        if (cell.fits && cell.outcome === 'OOM kill') broken += 1;
        console.log(row(cell));
        if (cell.reason !== '') reasons.push(`${clients} ${limitMib} ${dataMib}: ${cell.reason}`);
      }
  if (reasons.length > 0) console.log(`\n${reasons.join('\n')}`);
  console.log(`\n${values.seconds} s a cell after the load; ${broken} OOM kills where check said it fits`);
} finally {
  rmSync(secret, { recursive: true });
}
process.exitCode = broken === 0 ? 0 : 1;

async function measure(what: Pick<Cell, 'clients' | 'limitMib' | 'dataMib'>): Promise<Cell> {
  const limited = new LimitedMemory(`${what.clients}-${what.limitMib}-${what.dataMib}`, what.limitMib * MIB);
  const ensemble = await makeEnsemble({
    size: 1,
    launch: (spec) => limited.inside(launch(variablesOf(what.clients, spec))(spec)),
  });
  const [member] = ensemble.members as [LocalMember];
  try {
    const { id, folder } = member;
    const start = launch(variablesOf(what.clients, { id, folder }))({ id, folder, all: ensemble.all });
    const codes = await codesOf(limited.inside({ ...start, args: ['check'] }));
    member.start();
    const watch = watchMember(member, limited);
    const ended = member.exited.then(({ status }) => status);
    const loaded = await Promise.race([ended.then(() => false), underLoad(ensemble, what)]);
    const peaks = await watch.end();
    const status = loaded ? undefined : await Promise.race([ended, sleep(10_000)]);
    return {
      ...what,
      ...peaks,
      heapMib:
        Number(/ heap (\d+)m,/.exec(member.log())?.[1] ?? 0) ||
        Number(/ heap (\d+)G,/.exec(member.log())?.[1] ?? 0) * 1_024,
      fits: !codes.some((code) => /^ZK-MEMORY-00[12]$/.test(code)),
      codes,
      warned: member.log().includes('ZK-MEMORY-004'),
      outcome:
        limited.oomKills > 0
          ? 'OOM kill'
          : loaded
            ? 'serves'
            : status === 3
              ? 'heap used up'
              : `ended with ${status}`,
      reason: loaded ? '' : (member.log().trim().split('\n').at(-1) ?? ''),
    };
  } finally {
    await ensemble.close();
    await limited.remove();
  }
}

function variablesOf(
  clients: string,
  { id, folder }: { id: number; folder: string },
): Record<string, string> {
  const heap = values.heap === '' ? {} : { ZK_HEAP_SIZE: values.heap };
  const tls = {
    ZK_CLIENT_TLS_DIR: secret,
    ZK_TLS_WORK_DIR: join(folder, 'tls'),
    ZK_SECURE_CLIENT_PORT: String(securePort(id)),
  };
  return {
    ...(values.heap === '' ? { ZK_HEAP_SIZE: '' } : heap),
    ZK_TICK_TIME: '2000',
    JVMFLAGS: '-XX:NativeMemoryTracking=summary',
    ...(clients === 'netty' ? { ZK_EXTRA_CONFIG: NETTY } : {}),
    ...(clients === 'tls' ? tls : {}),
  };
}

function securePort(id: number): number {
  return 30_000 + (process.pid % 2_000) + id;
}

/** True where it answered to the end. */
async function underLoad(
  ensemble: LocalEnsemble,
  { clients, dataMib }: Pick<Cell, 'clients' | 'dataMib'>,
): Promise<boolean> {
  await ensemble.waitUntilServing({ timeoutMs: SERVING_MS });
  const [member] = ensemble.members as [LocalMember];
  const tls =
    clients === 'tls' ? { certificate: join(secret, 'tls.crt'), key: join(secret, 'tls.key') } : undefined;
  const load = new Load({
    host: member.host,
    port: tls === undefined ? member.port : securePort(member.id),
    tls,
    sessions: Number(values.sessions),
    nodeBytes: Number(values['node-bytes']),
  });
  await load.open();
  try {
    if (!(await load.fill(dataMib * MIB))) return false;
    return await load.churn(performance.now() + Number(values.seconds) * 1_000);
  } finally {
    await load.close();
  }
}

/** The largest of everything, looked at while the member runs. */
function watchMember(member: LocalMember, limited: LimitedMemory) {
  const peaks = { anonymous: 0, jvm: 0, own: 0, parts: {} as Parts };
  const stopped = new AbortController();
  const sample = setInterval(() => {
    peaks.anonymous = Math.max(peaks.anonymous, limited.anonymousBytes);
    peaks.own = Math.max(peaks.own, residentBytes(member.pid));
    peaks.jvm = Math.max(peaks.jvm, residentBytes(jvmPidOf(member)));
  }, SAMPLE_MS);
  const parts = (async () => {
    while (!stopped.signal.aborted) {
      const pid = jvmPidOf(member);
      const now = pid === undefined ? undefined : await partsOf(values.java, pid);
      if (now !== undefined) peaks.parts = largest(peaks.parts, now);
      await sleep(PARTS_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  })();
  return {
    async end() {
      clearInterval(sample);
      stopped.abort();
      await parts;
      return peaks;
    },
  };
}

function jvmPidOf(member: LocalMember): number | undefined {
  try {
    return member.jvmPid();
  } catch {
    return undefined;
  }
}

function largest(one: Parts, other: Parts): Parts {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, Math.max(one[name] ?? 0, other[name] ?? 0)]));
}

/** What check finds, by code. */
function codesOf({
  file,
  args,
  env,
}: {
  file: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
}) {
  return new Promise<string[]>((resolve) => {
    execFile(file, args, { env }, (_, stdout, stderr) =>
      resolve([...new Set(`${stdout}${stderr}`.match(/ZK-[A-Z]+-\d{3}/g) ?? [])]),
    );
  });
}

function makeCertificate(): void {
  const key = join(secret, 'tls.key');
  const certificate = join(secret, 'tls.crt');
  const names = 'subjectAltName=IP:127.0.0.1,DNS:localhost';
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=member',
        '-addext',
        names,
      ],
      ...['-keyout', key, '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
  writeFileSync(join(secret, 'ca.crt'), readFileSync(certificate));
}
