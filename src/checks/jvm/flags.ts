import { type Finding, finding } from '../../findings/finding.ts';
import { isSecretKey } from '../../settings/kinds/extra-config.ts';
import { lastFlag, systemProperty } from '../keys-in-effect.ts';
import type { SettingFacts } from '../setting-facts.ts';

/** Flags of the caller's that take back what this program sets for a reason; theirs come last and win. */
export function jvmFindings(facts: SettingFacts): Finding[] {
  return [...outOfMemoryFindings(facts), ...addressFindings(facts)];
}

function outOfMemoryFindings(facts: SettingFacts): Finding[] {
  const exits = lastFlag(facts, (flag) => (/^-XX:[+-]ExitOnOutOfMemoryError$/.test(flag) ? flag : undefined));
  const other = lastFlag(facts, (flag) =>
    /^-XX:(\+CrashOnOutOfMemoryError$|OnOutOfMemoryError=)/.test(flag) ? flag : undefined,
  );
  if (exits?.value !== '-XX:-ExitOnOutOfMemoryError' || other !== undefined) return [];
  return [
    finding('ZK-JVM-001', {
      subject: exits.subject,
      problem: `has ${exits.value}, so a JVM that is out of memory hangs instead of ending`,
      remedy: 'remove it, or add -XX:+CrashOnOutOfMemoryError',
    }),
  ];
}

/** sun.net.InetAddressCachePolicy: seconds, and for ever when negative. */
function addressFindings(facts: SettingFacts): Finding[] {
  const ttl = systemProperty(facts, 'sun.net.inetaddr.ttl');
  const seconds = Number(ttl?.value);
  if (ttl === undefined || (seconds >= 0 && seconds <= 5)) return [];
  const span = seconds < 0 ? 'for ever' : `for ${ttl.value} s`;
  return [
    finding('ZK-JVM-002', {
      subject: ttl.subject,
      problem: `has -Dsun.net.inetaddr.ttl=${ttl.value}, so a member's old address is kept ${span} after its pod has moved`,
      remedy: 'remove it; 1 s is set',
    }),
  ];
}

/** Secrets in JVM flags: whoever may list processes can read them. */
export function flagFindings({ settings }: SettingFacts): Finding[] {
  const given = { JVMFLAGS: settings.jvmFlags, SERVER_JVMFLAGS: settings.serverJvmFlags };
  return Object.entries(given).flatMap(([subject, flags]) =>
    flags.flatMap((flag) => secretFlag(subject, flag)),
  );
}

function secretFlag(subject: string, flag: string): Finding[] {
  const [, key] = /^-D([^=]+)=./.exec(flag) ?? [];
  if (key === undefined || !isSecretKey(key)) return [];
  return [
    finding('ZK-SETTING-013', {
      subject,
      problem: `-D${key} holds a secret, which \`ps\` shows to everybody`,
      remedy: 'put it into zoo.cfg with ZK_EXTRA_CONFIG_FILE, or give the path of a file that holds it',
    }),
  ];
}

/** What a line must say to be missed: flags, a heap or a Java for `zkServer.sh`. */
const SAYS =
  /^\s*(?:export\s+)?(JVMFLAGS|SERVER_JVMFLAGS|CLIENT_JVMFLAGS|ZK_SERVER_HEAP|ZK_CLIENT_HEAP|JAVA_HOME|JMX\w+)=/gm;

/** The line that this program writes (render/java-files.ts). */
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
