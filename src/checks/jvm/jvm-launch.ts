import { type Finding, finding } from '../../findings/finding.ts';
import type { SettingFacts } from '../setting-facts.ts';
import {
  JVM_VARIABLES,
  type JvmFacts,
  type JvmWord,
  jvmWords,
  namedFile,
  shownWord,
  subjectOf,
} from './command-line.ts';
import { hasOpenQuote } from './quoted-words.ts';

/** Words by which `java` would start something else than ZooKeeper, or nothing at all. */
export function launchFindings(facts: SettingFacts): Finding[] {
  return [
    ...strayFindings(facts),
    ...quoteFindings(facts),
    ...fileFindings(facts),
    ...sizeFindings(facts),
    ...collectorFindings(facts),
  ];
}

/** Flags of `java` whose value is the next word (java.c, IsWhiteSpaceOption). */
const WITH_VALUE = new Set(
  (
    '-cp -classpath --class-path -p --module-path --upgrade-module-path --add-modules --enable-native-access ' +
    '--limit-modules --add-exports --add-opens --add-reads --patch-module'
  ).split(' '),
);

/** Flags that choose what is run, or end `java` before anything is. */
const INSTEAD =
  /^(-cp|-classpath|--class-path(=.*)?|-Djava\.class\.path=.*|-jar|-m|--module(=.*)?|--source|-d|--describe-module(=.*)?|--list-modules|--validate-modules|--dry-run|-version|--version|-fullversion|--full-version|-help|--help|--help-extra|-h|-\?|-X|-Xinternalversion|-Xshare:dump)$/;

/** JVMFLAGS are split at blanks as the shell splits them in zkServer.sh, so quotes hold nothing together. */
function strayFindings(facts: JvmFacts): Finding[] {
  const words = jvmWords(facts).filter(({ source }) => source !== 'ours');
  return words.flatMap((given, place) => {
    const before = words[place - 1];
    const isValue = before !== undefined && before.source === given.source && WITH_VALUE.has(before.word);
    if (isValue) return [];
    if (INSTEAD.test(given.word))
      return [refused(given, `has ${given.word.split('=', 1)[0]}, ${insteadWords(given)}`, REMOVE)];
    if (isFlag(given)) return [];
    const behind = before?.source === given.source ? ` behind ${shownWord(before)}` : '';
    return [refused(given, `has a word ${given.place}${behind}, ${strayWords(given)}`, howToWrite(given))];
  });
}

/** The JVM and `java` read quotes in their variables, and end when one is left open. */
function quoteFindings({ jvm }: JvmFacts): Finding[] {
  return JVM_VARIABLES.filter((name) => hasOpenQuote(jvm?.variables[name] ?? '')).map((name) =>
    finding('ZK-JVM-003', {
      subject: name,
      problem: 'has a quote without its closing quote: the JVM would end at once',
      remedy: 'add the second quote or remove the first',
    }),
  );
}

function isFlag(given: JvmWord): boolean {
  return given.word.startsWith('-') || namedFile(given) !== undefined;
}

const REMOVE = 'remove it: this program gives the class path and the main class';

function insteadWords({ source }: JvmWord): string {
  return byJvmAlone(source)
    ? 'which no JVM accepts there: it would end at once'
    : 'with which java would not start ZooKeeper';
}

function strayWords({ source }: JvmWord): string {
  return byJvmAlone(source) || source === 'JDK_JAVA_OPTIONS'
    ? 'which is not a flag: the JVM would end at once'
    : 'which java would read as the main class: a blank ends a flag here, also between quotes';
}

function byJvmAlone(source: JvmWord['source']): boolean {
  return source === 'JAVA_TOOL_OPTIONS' || source === '_JAVA_OPTIONS';
}

function howToWrite({ source }: JvmWord): string {
  if (source !== 'JVMFLAGS' && source !== 'SERVER_JVMFLAGS')
    return 'begin each word with a dash, or put the flag in quotes';
  return `write flags without blanks and quotes; write a flag that needs a blank, in quotes, into a file: ${source}=@/path/of/the/file`;
}

function refused(given: JvmWord, problem: string, remedy: string): Finding {
  return finding('ZK-JVM-003', { subject: subjectOf(given), problem, remedy });
}

/** "Error: could not open": java ends with 1, as the JVM does for its own files. */
function fileFindings(facts: JvmFacts): Finding[] {
  return jvmWords(facts).flatMap((given) => {
    const path = namedFile(given);
    const file = path === undefined ? undefined : facts.podFiles?.readText(path);
    if (file === undefined || file.ok) return [];
    return [
      unstartable(
        given,
        `has ${shownWord(given)}, and the file that it names ${file.problem}`,
        'mount the file there, or correct the path',
      ),
    ];
  });
}

const SIZE =
  /^(-Xm[sxn]|-Xss|-XX:(?:MaxHeapSize|InitialHeapSize|MaxNewSize|NewSize|MaxMetaspaceSize|MetaspaceSize|MaxDirectMemorySize|ThreadStackSize)=)(.*)$/;

function sizeFindings(facts: JvmFacts): Finding[] {
  return jvmWords(facts).flatMap((given) => {
    const [, flag, size] = SIZE.exec(given.word) ?? [];
    if (flag === undefined || size === undefined || /^(0x[0-9a-f]+|\d+)[kmgt]?$/i.test(size)) return [];
    const near = /^(\d+)\s*([kmgt])i?b?$/i.exec(size);
    const example = near === null ? `${flag}512m` : `${flag}${near[1]}${near[2]}`;
    return [
      unstartable(
        given,
        `has a value for ${flag.replace(/=$/, '')} that no JVM can read`,
        `write ${example}`,
      ),
    ];
  });
}

const COLLECTOR = /^-XX:([+-])(Use(?:Serial|Parallel|G1|Z|Shenandoah|Epsilon)GC)$/;

/** "Conflicting collector combinations in option list": the JVM ends with 1. */
function collectorFindings(facts: JvmFacts): Finding[] {
  const chosen = new Map<string, JvmWord>();
  for (const given of jvmWords(facts)) {
    const [, sign, name] = COLLECTOR.exec(given.word) ?? [];
    if (name === undefined) continue;
    chosen.delete(name);
    if (sign === '+') chosen.set(name, given);
  }
  const last = [...chosen.values()].at(-1);
  if (last === undefined || chosen.size < 2) return [];
  const where = [...chosen.values()].map((given) => `${given.word} (${subjectOf(given)})`).join(' and ');
  return [
    unstartable(
      last,
      `with ${where} there are two garbage collectors, which no JVM starts with`,
      'keep one of them',
    ),
  ];
}

function unstartable(given: JvmWord, problem: string, remedy: string): Finding {
  return finding('ZK-JVM-009', { subject: subjectOf(given), problem, remedy });
}
