import { type Finding, finding } from '../../findings/finding.ts';
import { ownerOfZooCfgKey } from '../../settings/table.ts';
import { nearest } from '../../text/nearest.ts';
import { isKnownTo, isParsedOnly } from '../../zookeeper/keys.ts';
import type { SettingFacts } from '../setting-facts.ts';
import { type JvmWord, jvmWords, shownWord, subjectOf } from './command-line.ts';

/** Flags -Dzookeeper.<key> that do nothing: the key is no property, or zoo.cfg sets it too (QuorumPeerConfig). */
export function propertyFindings({ settings, distribution, ...facts }: SettingFacts): Finding[] {
  return jvmWords({ settings, ...facts }).flatMap((given) => {
    const [, key, value = ''] = /^-Dzookeeper\.([^=]+)(?:=(.*))?$/.exec(given.word) ?? [];
    if (key === undefined || given.source === 'ours') return [];
    const pair = settings.extraConfig.find(([name]) => name === key);
    const isWritten = distribution === undefined || isKnownTo(distribution.release, key);
    if (isParsedOnly(key))
      return [voided(subjectOf(given), key, { why: 'is only a key of zoo.cfg', remedy: remedyFor(key) })];
    if (ownerOfZooCfgKey(key) !== undefined && isWritten)
      return [
        voided(subjectOf(given), key, {
          why: 'is also in zoo.cfg, which overrides it',
          remedy: remedyFor(key),
        }),
      ];
    if (pair === undefined || pair[1] === value || !isWritten) return [];
    return [
      voided(subjectOf(given), key, {
        why: 'is also in ZK_EXTRA_CONFIG, which overrides it',
        remedy: 'keep one of the two',
      }),
    ];
  });
}

function remedyFor(key: string): string {
  const owner = ownerOfZooCfgKey(key);
  return owner === undefined ? `remove it and add ${key} to ZK_EXTRA_CONFIG` : `remove it and set ${owner}`;
}

function voided(subject: string, key: string, { why, remedy }: { why: string; remedy: string }): Finding {
  return finding('ZK-JVM-005', {
    subject,
    problem: `has -Dzookeeper.${key}, which has no effect: ${key} ${why}`,
    remedy,
  });
}

/** What HotSpot and its launcher take after one dash, without their values (man java; arguments.cpp). */
const FLAGS = (
  '-D -ea -esa -da -dsa -enableassertions -disableassertions -enablesystemassertions -disablesystemassertions ' +
  '-verbose -agentlib -agentpath -javaagent -splash -showversion -server -client -p -cp -classpath -jar -m -d -version ' +
  '-fullversion -help -h -? -Xmx -Xms -Xmn -Xss -Xmo -Xoss -Xbatch -Xbootclasspath -Xbootclasspath/a -Xbootclasspath/p ' +
  '-Xcheck -Xcomp -Xint -Xmixed -Xdebug -Xdiag -Xfuture -Xlog -Xloggc -Xnoagent -Xnoclassgc -Xprof -Xrs -Xrun -Xrunjdwp -Xshare ' +
  '-XshowSettings -Xinternalversion -Xverify -Xconcurrentio -XX -X -Xjre -Xdock -XstartOnFirstThread -Xlockword -Xusealtsigs ' +
  '-Xmaxjitcodesize -Xmaxf -Xminf -Xincgc -Xnoincgc -Xconcgc -Xnoconcgc'
).split(' ');

/** "Unrecognized option": the JVM ends with 1. What begins with -XX or two dashes differs too much between releases. */
export function unknownFlagFindings(facts: SettingFacts): Finding[] {
  if (facts.jvm?.java?.isHotSpot === false) return [];
  return jvmWords(facts).flatMap((given) => {
    const [name = ''] = /^[^:=]+/.exec(given.word) ?? [];
    if (!/^-[^-]/.test(given.word) || given.word.startsWith('-XX') || isKnown(name)) return [];
    return [unknown(given, nearest(name.replace(/\d.*$/, ''), FLAGS))];
  });
}

function isKnown(name: string): boolean {
  return (
    FLAGS.includes(name) || /^-(Xm[sxno]|Xss|Xoss|Xmaxf|Xminf|Xmaxjitcodesize|D|Xrun|Xlockword)/.test(name)
  );
}

function unknown(given: JvmWord, near: string | undefined): Finding {
  return finding('ZK-JVM-010', {
    subject: subjectOf(given),
    problem: `has ${shownWord(given)}, which no known JVM accepts; it would end with "Unrecognized option"`,
    remedy: near === undefined ? 'remove it or correct the spelling' : `did you mean ${near}?`,
  });
}
