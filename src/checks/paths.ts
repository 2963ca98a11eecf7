import { type Finding, finding } from '../findings/finding.ts';
import { type Settings, table } from '../settings/table.ts';
import type { SettingFacts } from './setting-facts.ts';

/** The paths that the JVM opens by name. */
const OF_THE_JVM = [
  'dataDir',
  'dataLogDir',
  'confDir',
  'logDir',
  'home',
  'tlsWorkDir',
  'kerberosConf',
] as const satisfies readonly (keyof Settings)[];

/**
 * Without a UTF-8 locale, as in most containers, Java makes a ? of each character beyond ASCII (sun.jnu.encoding): ZooKeeper
 * would write beside the volume, into another directory than the one that this program has looked at.
 */
export function pathFindings({ settings, jvm, podFiles }: SettingFacts): Finding[] {
  if (jvm === undefined || podFiles === undefined || hasUtf8(jvm.variables)) return [];
  return OF_THE_JVM.flatMap((name) => {
    const [character] = /[^\0-\x7f]/u.exec(String(settings[name] ?? '')) ?? [];
    if (character === undefined) return [];
    return [
      finding('ZK-SETTING-017', {
        subject: table[name].variable,
        problem: `is ${settings[name]}, and without a UTF-8 locale Java makes a ? of "${character}": ZooKeeper would use another directory`,
        remedy: 'give a path of ASCII characters, or set LC_ALL=C.UTF-8 in the container',
      }),
    ];
  });
}

/** The first of them that is set counts (setlocale(3)). */
function hasUtf8(variables: Readonly<Record<string, string | undefined>>): boolean {
  const locale = [variables['LC_ALL'], variables['LC_CTYPE'], variables['LANG']].find((text) => text);
  return /utf-?8/i.test(locale ?? '');
}
