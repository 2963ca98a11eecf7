import { formatBytes } from '../settings/kinds/heap.ts';
import type { Settings } from '../settings/table.ts';
import { isKnownTo } from '../zookeeper/keys.ts';
import { serverConfigPath } from './dynamic-files.ts';
import type { PlanInput } from './plan-input.ts';

/** The JVM's command line. */
export interface JavaCommand {
  readonly file: string;
  readonly args: readonly string[];
}

const MAIN_CLASS = 'org.apache.zookeeper.server.quorum.QuorumPeerMain';

/** Where the files are that the command names; undefined for those that are not written. */
interface ConfigPaths {
  readonly logging: string | undefined;
  readonly security: string | undefined;
}

/**
 * What `zkServer.sh start-foreground` runs, as a container needs it: it ends by itself on OutOfMemoryError (3.4 would
 * linger; later scripts kill it through a shell and dump the heap into the working directory), names are looked up again
 * after a second instead of half a minute, JMX is off unless asked for, and the class path holds jars alone. The caller's
 * flags come last, SERVER_JVMFLAGS before JVMFLAGS, so that they win.
 */
export function javaCommand(input: PlanInput, paths: ConfigPaths): JavaCommand {
  const { settings, distribution, heapBytes, java } = input;
  const heap = formatBytes(heapBytes);
  return {
    file: java,
    args: [
      `-Dzookeeper.log.dir=${settings.logDir}`,
      ...loggingFlag(input, paths.logging),
      ...(input.classArchive === undefined ? [] : [`-XX:SharedArchiveFile=${input.classArchive}`]),
      ...fixedFlags(settings),
      ...peerFlags(input, paths.security),
      '-cp',
      distribution.jars.join(':'),
      `-Xmx${heap}`,
      `-Xms${heap}`,
      ...settings.serverJvmFlags,
      ...settings.jvmFlags,
      MAIN_CLASS,
      serverConfigPath(input),
    ],
  };
}

/** Flags that follow from the settings alone; the caller's come later and win. */
export function fixedFlags(settings: PlanInput['settings']): readonly string[] {
  return ['-XX:+ExitOnOutOfMemoryError', '-Dsun.net.inetaddr.ttl=1', ...jmxFlags(settings)];
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

/** An election without answers is repeated at growing intervals, up to a minute: the limit of FastLeaderElection. */
const ELECTION_PAUSE = 'fastleader.maxNotificationInterval';
const ELECTION_AGAIN_MS = 3_000;

/** Finds peers again soon after their names are back; one server alone has none. */
function peerFlags({ distribution }: PlanInput, security: string | undefined): string[] {
  if (security === undefined) return [];
  const flags = [`-Djava.security.properties=${security}`];
  if (isKnownTo(distribution.release, ELECTION_PAUSE))
    flags.push(`-Dzookeeper.${ELECTION_PAUSE}=${ELECTION_AGAIN_MS}`);
  return flags;
}

type JmxSettings = Pick<
  Settings,
  'jmxDisable' | 'jmxPort' | 'jmxLocalOnly' | 'jmxAuth' | 'jmxSsl' | 'jmxLog4j' | 'jmxHostname'
>;

/** JMX flags by the variables of bin/zkServer.sh; unlike there, JMX is off unless one of them asks for it. */
export function jmxFlags(settings: JmxSettings): string[] {
  if (settings.jmxDisable === true) return [];
  if (settings.jmxPort !== undefined) return remote(settings, settings.jmxPort);
  const asked = settings.jmxLocalOnly !== undefined || settings.jmxDisable === false;
  if (!asked) return [];
  const localOnly = settings.jmxLocalOnly ?? false;
  return ['-Dcom.sun.management.jmxremote', `-Dcom.sun.management.jmxremote.local.only=${localOnly}`];
}

function remote({ jmxAuth, jmxSsl, jmxLog4j, jmxHostname }: JmxSettings, port: number): string[] {
  return [
    '-Dcom.sun.management.jmxremote',
    `-Dcom.sun.management.jmxremote.port=${port}`,
    // Else RMI takes a port by chance, which no Service and no network policy can name.
    `-Dcom.sun.management.jmxremote.rmi.port=${port}`,
    `-Dcom.sun.management.jmxremote.authenticate=${jmxAuth}`,
    `-Dcom.sun.management.jmxremote.ssl=${jmxSsl}`,
    `-Dzookeeper.jmx.log4j.disable=${!jmxLog4j}`,
    ...(jmxHostname === undefined ? [] : [`-Djava.rmi.server.hostname=${jmxHostname}`]),
  ];
}

/** An absolute path as the file URL that log4j insists on. */
export function pathToFileUrl(path: string): string {
  return `file:${path.split('/').map(encodeURIComponent).join('/')}`;
}
