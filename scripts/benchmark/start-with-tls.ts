import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { type Bench, type Comparison, type Row, ratioTarget } from './row.ts';
import type { Stage } from './stage.ts';
import { untilAnswer, untilImok } from './start-to-imok.ts';
import { interleave, median } from './statistics.ts';

const ROUNDS = 9;
const PATIENCE_MS = 30_000;
const PERIOD_MS = 3;

/**
 * From nothing to a server that answers, with certificates from a mounted folder, against the same without; with a class-data
 * archive, as in the image.
 */
export const startWithTls: Comparison = { title: 'start with TLS to the first imok', measure };

async function measure({ stage, rounds }: Bench): Promise<Row[]> {
  const secret = mounted(stage.freshFolder());
  const zkHome = archived(stage);
  const times = await interleave(rounds(ROUNDS), {
    plain: () => started(stage, zkHome),
    tls: () => started(stage, zkHome, { secret }),
    overTls: () => started(stage, zkHome, { secret, isOverTls: true }),
  });
  const reference = { what: 'without TLS', value: median(times.plain) };
  const row = (value: readonly number[], what: string) => ({
    what: `start with TLS, ${what}`,
    unit: 'ms' as const,
    value: median(value),
    reference,
    runs: value.length,
  });
  // The second one has the first handshake in it, for which the JVM loads its classes.
  return [
    { ...row(times.tls, 'to the first imok on loopback'), target: ratioTarget('at most', 1.15) },
    row(times.overTls, 'to the first imok over TLS'),
  ];
}

/** A folder as Kubernetes mounts it, from an authority of its own. */
function mounted(folder: string): string {
  const openssl = (line: string) =>
    execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'ignore' });
  openssl('req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -subj /CN=ca -days 2');
  writeFileSync(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1\n');
  openssl('genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out tls.key');
  openssl('req -new -key tls.key -out csr -subj /CN=zk');
  openssl('x509 -req -in csr -CA ca.crt -CAkey ca.key -CAcreateserial -extfile names -days 2 -out tls.crt');
  return folder;
}

function archived({ javaHome, zkHome }: Stage): string {
  const script = fileURLToPath(new URL('../archived-zookeeper', import.meta.url));
  const env = { ...process.env, JAVA_HOME: javaHome };
  return execFileSync(script, [zkHome], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

interface Encrypted {
  readonly secret: string;
  readonly isOverTls?: boolean;
}

function started(stage: Stage, zkHome: string, tls?: Encrypted): Promise<number> {
  const folder = stage.freshFolder();
  const securePort = stage.memberPorts[0] ?? 0;
  const own =
    tls === undefined
      ? { ZK_HOME: zkHome }
      : {
          ZK_HOME: zkHome,
          ZK_CLIENT_TLS_DIR: tls.secret,
          ZK_TLS_WORK_DIR: join(folder, 'tls'),
          ZK_SECURE_CLIENT_PORT: String(securePort),
        };
  const start = {
    stage,
    command: [stage.program, 'start'] as const,
    env: stage.serverEnvironment(folder, own),
  };
  if (!tls?.isOverTls) return untilImok(start);
  return untilAnswer(start, (gaveUp) => firstOverTls(securePort, tls.secret, gaveUp));
}

/** The moment (performance.now) of the first `imok` over TLS. */
async function firstOverTls(port: number, secret: string, gaveUp: Promise<Error>): Promise<number> {
  const text = (name: string) => readFileSync(join(secret, name));
  const context = { ca: text('ca.crt'), cert: text('tls.crt'), key: text('tls.key') };
  let failed: Error | undefined;
  void gaveUp.then((error) => {
    failed = error;
  });
  const untilMs = performance.now() + PATIENCE_MS;
  while (performance.now() < untilMs && failed === undefined) {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, ...context }, () => socket.write('ruok'));
      socket.once('data', (bytes) => {
        resolve(String(bytes));
        socket.destroy();
      });
      socket.once('error', () => resolve(''));
      socket.once('close', () => resolve(''));
    });
    if (answer === 'imok') return performance.now();
    await sleep(PERIOD_MS);
  }
  throw failed ?? new Error(`no imok over TLS within ${PATIENCE_MS / 1_000} s`);
}
