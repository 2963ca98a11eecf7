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
 * What `zkServer.sh start-foreground` runs, as a container needs it: it ends by itself on OutOfMemoryError (3.4 would
 * linger; later scripts kill it through a shell and dump the heap into the working directory), DNS is asked again after
 * a second instead of half a minute, JMX is off unless asked for, and the class path holds jars alone. The caller's
 * flags come last, SERVER_JVMFLAGS before JVMFLAGS, so that they win.
 */
export function javaCommand(input: PlanInput, loggingPath: string | undefined): JavaCommand {
  const { settings, distribution, heapBytes, java } = input;
  const heap = formatBytes(heapBytes);
  return {
    file: java,
    args: [
      `-Dzookeeper.log.dir=${settings.logDir}`,
      ...loggingFlag(input, loggingPath),
      ...(input.classArchive === undefined ? [] : [`-XX:SharedArchiveFile=${input.classArchive}`]),
      ...fixedFlags(settings),
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

/** Flags that follow from the settings alone; the caller's come later and win. */
export function fixedFlags(settings: PlanInput['settings']): readonly string[] {
  return [
    '-XX:+ExitOnOutOfMemoryError',
    '-Dsun.net.inetaddr.ttl=1',
    '-Dsun.net.inetaddr.negative.ttl=0',
    ...jmxFlags(settings),
  ];
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
