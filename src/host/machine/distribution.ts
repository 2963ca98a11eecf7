import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Distribution } from '../../zookeeper/distribution.ts';
import { classPathOrder, loggingBackend, serverJars } from '../../zookeeper/jars.ts';
import { regularFile } from '../files/foreign.ts';
import { entriesOf } from '../files/list-folder.ts';

/** What is in ZK_HOME. */
export type FoundDistribution =
  | { readonly kind: 'found'; readonly distribution: Distribution }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unclear'; readonly problem: string };

/** Looks for jars in ZK_HOME and its lib folder (releases before 3.5 keep the server's jar beside lib). */
export function findDistribution(home: string): FoundDistribution {
  const jars = [...jarsIn(home), ...jarsIn(join(home, 'lib'))];
  const servers = serverJars(jars);
  const [server] = servers;
  if (server === undefined) return { kind: 'absent' };
  if (servers.length > 1) {
    return { kind: 'unclear', problem: `holds ${servers.map(({ path }) => path).join(' and ')}` };
  }
  const release = server.release ?? serverJars([realpathSync(server.path)])[0]?.release;
  if (release === undefined)
    return { kind: 'unclear', problem: `has ${server.path}, but this name has no version` };
  return {
    kind: 'found',
    distribution: {
      home,
      release,
      jars: classPathOrder(jars),
      logging: loggingBackend(jars),
      assumed: false,
    },
  };
}

function jarsIn(folder: string): string[] {
  try {
    // A pipe in the class path would block the JVM for ever.
    return entriesOf(folder, { keep: (name) => name.endsWith('.jar') })
      .map(({ name }) => join(folder, name))
      .filter((path) => regularFile(path) !== undefined);
  } catch {
    return [];
  }
}
