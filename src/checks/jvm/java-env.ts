import { type Finding, finding } from '../../findings/finding.ts';
import type { SettingFacts } from '../facts.ts';

/** What a line must say to be missed: flags, a heap or a Java for `zkServer.sh`. */
const SAYS =
  /^\s*(?:export\s+)?(JVMFLAGS|SERVER_JVMFLAGS|CLIENT_JVMFLAGS|ZK_SERVER_HEAP|ZK_CLIENT_HEAP|JAVA_HOME|JMX\w+)=/gm;

/** The line that this program writes (render/java-env.ts). */
const OWN = /^JVMFLAGS="-Xmx\d+[kmgG]? -Xms\d+[kmgG]? \$JVMFLAGS"$/;

/**
 * A java.env of somebody else's, mounted or from an image: `zkServer.sh` reads it (bin/zkEnv.sh), this program does not, and
 * writes its own in that place.
 */
export function javaEnvFindings({ settings, podFiles }: SettingFacts): Finding[] {
  const path = `${settings.confDir}/java.env`;
  const file = podFiles?.readText(path);
  if (!file?.ok) return [];
  const foreign = file.text.split('\n').filter((line) => !OWN.test(line));
  const names = [...new Set([...foreign.join('\n').matchAll(SAYS)].map(([, name]) => name as string))];
  if (names.length === 0) return [];
  return [
    finding('ZK-JVM-005', {
      subject: path,
      problem: `sets ${names.join(', ')}, which has no effect: this program reads variables, and writes this file anew`,
      remedy: `set ${names.map((name) => instead(name)).join(' and ')} in the pod, and remove the file`,
    }),
  ];
}

function instead(name: string): string {
  return name.endsWith('_HEAP') ? 'ZK_HEAP_SIZE' : name;
}
