import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type LocalEnsemble, startEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import { directly, type Launch, throughEntrypoint } from '../../scripts/local-ensemble/launch.ts';

const SERVING_MS = 60_000;

/** The distribution that is tested: as scripts/test chose it, or the 3.9 that scripts/fetch-zookeeper has cached. */
export function testHome(): string {
  const { ZK_ENTRYPOINT_TEST_HOME, ZK_HOME } = process.env;
  return ZK_ENTRYPOINT_TEST_HOME ?? ZK_HOME ?? script('fetch-zookeeper', '--print');
}

/** JAVA_HOME of the tests, as scripts/fetch-java has found or fetched it. */
export function testJavaHome(): string {
  return script('fetch-java', '--print');
}

/** A plain ZooKeeper, without this project's program. */
export function plainZooKeeper(): Launch {
  return directly({ zkHome: testHome(), javaHome: testJavaHome() });
}

/** These JVMs live for seconds: neither a second compiler nor threads of a collector are worth their start. */
const SHORT_LIVED = '-XX:+UseSerialGC -XX:TieredStopAtLevel=1';

/** The built `bin/zk-entrypoint start`; `env` adds variables or replaces those of the harness. */
export function builtEntrypoint(env: Readonly<Record<string, string>> = {}): Launch {
  const program = inRepository('bin/zk-entrypoint');
  return throughEntrypoint(
    { zkHome: testHome(), javaHome: testJavaHome(), program },
    {
      JVMFLAGS: SHORT_LIVED,
      ...env,
    },
  );
}

/** Starts members and waits until all serve; the caller closes the ensemble in `afterAll` or `finally`. */
export async function startMembers(options: { size: number; launch: Launch }): Promise<LocalEnsemble> {
  const ensemble = await startEnsemble(options);
  try {
    await ensemble.waitUntilServing({ timeoutMs: SERVING_MS });
    return ensemble;
  } catch (error) {
    await ensemble.close();
    throw error;
  }
}

function script(name: string, ...args: string[]): string {
  return execFileSync(inRepository(`scripts/${name}`), args, { encoding: 'utf8' }).trim();
}

function inRepository(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
