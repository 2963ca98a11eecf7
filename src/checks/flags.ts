import { type Finding, finding } from '../findings/finding.ts';
import { isSecretKey } from '../settings/extra-config.ts';
import type { SettingFacts } from './facts.ts';

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
