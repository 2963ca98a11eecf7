import { formatBytes } from '../settings/heap.ts';
import { pathToFileUrl } from './file-url.ts';
import { jmxFlags } from './jmx.ts';
import type { PlanInput } from './plan.ts';

/** The JVM's command line. */
export interface JavaCommand {
  readonly file: string;
  readonly args: readonly string[];
}

const MAIN_CLASS = 'org.apache.zookeeper.server.quorum.QuorumPeerMain';

/**
 * The command `zkServer.sh start-foreground` would run, with three differences: it ends on OutOfMemoryError instead of
 * lingering, it asks DNS again after a second instead of trusting an old pod address for half a minute, and its class
 * path holds jars alone. The caller's flags come last, SERVER_JVMFLAGS before JVMFLAGS, so that they win.
 */
export function javaCommand(input: PlanInput, loggingPath: string | undefined): JavaCommand {
  const { settings, distribution, heapBytes, java } = input;
  const heap = formatBytes(heapBytes);
  return {
    file: java,
    args: [
      `-Dzookeeper.log.dir=${settings.logDir}`,
      ...loggingFlag(input, loggingPath),
      '-XX:+ExitOnOutOfMemoryError',
      '-Dsun.net.inetaddr.ttl=1',
      '-Dsun.net.inetaddr.negative.ttl=0',
      ...jmxFlags(settings),
      '-cp',
      distribution.jars.join(':'),
      `-Xmx${heap}`,
      `-Xms${heap}`,
      ...settings.serverJvmFlags,
      ...settings.jvmFlags,
      MAIN_CLASS,
      `${settings.confDir}/zoo.cfg`,
    ],
  };
}

function loggingFlag({ distribution }: PlanInput, path: string | undefined): string[] {
  if (path === undefined) return [];
  const url = pathToFileUrl(path);
  return [
    distribution.logging === 'logback'
      ? `-Dlogback.configurationFile=${url}`
      : `-Dlog4j.configuration=${url}`,
  ];
}
