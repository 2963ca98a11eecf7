import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { throughEntrypoint } from '../local-ensemble/launch.ts';
import { mark, sweep } from '../local-ensemble/owned.ts';
import { type HeldPorts, holdPorts } from '../local-ensemble/ports.ts';
import { watchOver } from '../local-ensemble/watch-over.ts';

/** Where everything that is measured lives: one folder, some ports, and one mark on every process. */
export interface Stage extends Installation {
  /** The built program. */
  readonly program: string;
  /** Nothing listens on this but what a measurement starts: the client port of every server. */
  readonly clientPort: number;
  /** A client port for each health port, for members that run at once. */
  readonly memberPorts: readonly number[];
  /** The same for health endpoints; the first is in `serverEnvironment`. */
  readonly healthPorts: HeldPorts['ports'];
  /** An empty folder that nothing has used before. */
  freshFolder(): string;
  /** A JAVA_HOME whose `java` is this shell script. */
  fakeJava(script: string): string;
  /** A plain environment with the mark and this Node first on the PATH; `own` adds to it. */
  environment(own?: Readonly<Record<string, string>>): Record<string, string>;
  /** The same with the ZK_* variables of a standalone server below `folder`. */
  serverEnvironment(folder: string, own?: Readonly<Record<string, string>>): Record<string, string>;
  /** Kills whatever still runs, and removes the folder. */
  close(): Promise<void>;
}

const HEALTH_PORTS = 5;

/** Sets the stage; a watchdog clears it should this process be killed without a word. */
export async function setStage({ javaHome, zkHome }: Installation): Promise<Stage> {
  const { ports, release } = await holdPorts(1 + 2 * HEALTH_PORTS);
  const [clientPort = 0, ...others] = ports;
  const [healthPorts, memberPorts] = [others.slice(0, HEALTH_PORTS), others.slice(HEALTH_PORTS)];
  const root = mkdtempSync(join(tmpdir(), 'zk-bench-'));
  const dismiss = watchOver(root);
  const program = fileURLToPath(new URL('../../bin/zk-entrypoint', import.meta.url));
  const fresh = () => mkdtempSync(join(root, 'run-'));
  const environment: Stage['environment'] = (own = {}) => ({
    PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
    HOME: root,
    ...mark(root),
    ...own,
  });
  const launch = throughEntrypoint({ zkHome, javaHome, program });
  // One member alone has no peers to listen for.
  const where = { id: 1, host: '127.0.0.1', clientPort, healthPort: healthPorts[0] ?? 0 };
  const all = [{ ...where, serverPort: 2888, electionPort: 3888 }];
  return {
    program,
    javaHome,
    zkHome,
    clientPort,
    healthPorts,
    memberPorts,
    freshFolder: fresh,
    fakeJava: (script) => writeJava(fresh(), script),
    environment,
    serverEnvironment: (folder, own = {}) => ({
      ...launch({ id: 1, folder, all }).env,
      ...environment({ ZK_HEALTH_PORT: String(healthPorts[0]), ...own }),
    }),
    async close() {
      await sweep(root);
      dismiss();
      release();
    },
  };
}

function writeJava(home: string, script: string): string {
  mkdirSync(join(home, 'bin'));
  const java = join(home, 'bin', 'java');
  writeFileSync(java, script);
  chmodSync(java, 0o755);
  return home;
}

/** What a figure must be read with; neither paths nor names of this machine. */
export interface MachineFacts extends Record<string, unknown> {
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly java: string;
  readonly zookeeper: string;
}

/** What is measured besides this program. */
export interface Installation {
  readonly javaHome: string;
  readonly zkHome: string;
}

/** Asks the java and the ZooKeeper that are measured for their versions. */
export function machineFacts({ javaHome, zkHome }: Installation): MachineFacts {
  return {
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    java: javaVersion(javaHome),
    zookeeper: zookeeperRelease(zkHome),
  };
}

/** The facts in one line. */
export function machineLine({ cores, memoryGiB, node, java, zookeeper }: MachineFacts): string {
  return `${cores} cores, ${memoryGiB} GiB of memory; Node ${node}, Java ${java}, ZooKeeper ${zookeeper}`;
}

function javaVersion(javaHome: string): string {
  const { stderr } = spawnSync(join(javaHome, 'bin', 'java'), ['-version'], { encoding: 'utf8' });
  return /version "([^"]+)"/.exec(stderr)?.[1] ?? 'unknown';
}

function zookeeperRelease(zkHome: string): string {
  const jars = readdirSync(join(zkHome, 'lib')).map((name) => /^zookeeper-(\d[\d.]*)\.jar$/.exec(name)?.[1]);
  return jars.find((release) => release !== undefined) ?? 'unknown';
}
