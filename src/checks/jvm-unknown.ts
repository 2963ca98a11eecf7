import { type Finding, finding } from '../findings/finding.ts';
import { nearest } from '../settings/nearest.ts';
import type { SettingFacts } from './facts.ts';
import { type JvmWord, jvmWords, shownWord, subjectOf } from './jvm-words.ts';

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
    problem: `has ${shownWord(given)}, which no JVM is known to take; it would end with "Unrecognized option"`,
    remedy: near === undefined ? 'remove it or correct the spelling' : `did you mean ${near}?`,
  });
}
