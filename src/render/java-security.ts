import type { PlanInput, RenderedFile } from './plan-input.ts';

/**
 * A name that does not resolve is asked for again at once. A peer that restarts behind a headless Service has no name
 * until it is ready, and the JVM keeps a failed look-up for ten seconds, which is a line of its own java.security:
 * that wins over -Dsun.net.inetaddr.negative.ttl, and only such a file over it (sun.net.InetAddressCachePolicy).
 * One server alone looks nobody up.
 */
export function javaSecurity({ settings, ensemble }: PlanInput): RenderedFile | undefined {
  if (ensemble.members.length < 2) return undefined;
  return {
    path: `${settings.confDir}/java.security`,
    mode: 0o644,
    content: 'networkaddress.cache.negative.ttl=0\n',
    onlyIfAbsent: false,
  };
}
