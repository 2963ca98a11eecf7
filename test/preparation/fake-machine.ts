import type { Keytab } from '../../src/checks/login/keytab.ts';
import type { TlsStore } from '../../src/checks/tls/tls-store.ts';
import type { Machine } from '../../src/preparation/machine.ts';
import type { Variables } from '../../src/settings/read-row.ts';
import type { Distribution, LoggingBackend } from '../../src/zookeeper/distribution.ts';
import { parseRelease, type Release } from '../../src/zookeeper/release.ts';

/** What a test says about the machine; the rest is a pod of a three-member StatefulSet. */
export interface MachineDescription {
  readonly variables?: Variables;
  readonly hostName?: string;
  readonly domain?: string;
  readonly memoryMiB?: number;
  readonly release?: string;
  readonly logging?: LoggingBackend;
  readonly files?: Readonly<Record<string, string>>;
  readonly classArchive?: ReturnType<Machine['findClassArchive']>;
  /** Names of jars in lib/ beside slf4j and the server. */
  readonly jars?: readonly string[];
  /** Key stores by path; every other is missing. */
  /** The file `release` of the Java. */
  readonly javaRelease?: string;
  readonly stores?: Readonly<Record<string, TlsStore>>;
  readonly keytab?: Keytab;
}

/** A machine that exists only in the test. */
export function fakeMachine(description: MachineDescription = {}): Machine {
  const { variables = {}, hostName = 'zk-0', files = {}, stores = {}, memoryMiB = 2_048 } = description;
  return {
    variables,
    hostName,
    memory: { memoryBytes: memoryMiB * 1_048_576, memoryIs: 'limit' },
    readText: (path) => {
      const text = files[path];
      return text === undefined ? { ok: false, problem: 'does not exist' } : { ok: true, text };
    },
    findDomain: async () =>
      'domain' in description ? description.domain : 'zk-headless.default.svc.cluster.local',
    findDistribution: (home) =>
      description.release === undefined
        ? { kind: 'absent' }
        : { kind: 'found', distribution: distributionOf(home, description) },
    inspectTlsStore: async ({ path }) => stores[path] ?? { kind: 'unreadable', problem: 'does not exist' },
    ...(description.keytab === undefined ? {} : { readKeytab: async () => description.keytab as Keytab }),
    findJava: () => '/usr/bin/java',
    readJavaRelease: () => description.javaRelease,
    findClassArchive: () => description.classArchive ?? { kind: 'absent' },
  };
}

function distributionOf(
  home: string,
  { release = '', logging = 'logback', jars: more = [] }: MachineDescription,
): Distribution {
  const names = ['slf4j-api.jar', `zookeeper-${release}.jar`, ...more];
  const jars = names.map((name) => `${home}/lib/${name}`);
  return { home, release: parseRelease(release) as Release, jars, logging, assumed: false };
}
