import { formatBytes } from '../settings/kinds/heap.ts';
import type { PlanInput, RenderedFile } from './plan-input.ts';

/** What ZooKeeper's own scripts source (bin/zkEnv.sh), so that they run with the same memory and log folder. */
export function javaEnv({ settings, heapBytes }: PlanInput): RenderedFile {
  const heap = formatBytes(heapBytes);
  const lines = [`ZOO_LOG_DIR=${shellWord(settings.logDir)}`, `JVMFLAGS="-Xmx${heap} -Xms${heap} $JVMFLAGS"`];
  return {
    path: `${settings.confDir}/java.env`,
    mode: 0o644,
    content: `${lines.join('\n')}\n`,
    onlyIfAbsent: false,
  };
}

/** The text as one word of a POSIX shell, quoted only where it has to be. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_/.:=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * A name that does not resolve is asked for again at once. A peer that restarts behind a headless Service has no name
 * until it is ready, and the JVM keeps a failed look-up for ten seconds. That is a line of Java's own java.security. It
 * overrides -Dsun.net.inetaddr.negative.ttl, and only a file like this overrides it (sun.net.InetAddressCachePolicy).
 * A single server looks up no names, unless others may join it.
 */
export function javaSecurity({ settings, ensemble }: PlanInput): RenderedFile | undefined {
  if (ensemble.members.length < 2 && settings.membership === 'static') return undefined;
  return {
    path: `${settings.confDir}/java.security`,
    mode: 0o644,
    content: 'networkaddress.cache.negative.ttl=0\n',
    onlyIfAbsent: false,
  };
}
