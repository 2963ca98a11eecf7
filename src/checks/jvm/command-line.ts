import { fixedFlags } from '../../render/java-command.ts';
import { maskedFlags } from '../../render/masked-flags.ts';
import { MASK } from '../../settings/mask.ts';
import type { SettingFacts } from '../setting-facts.ts';
import { quotedWords, settingsFileWords } from './quoted-words.ts';

/** The variables that a JVM reads by itself, whoever starts it; `java` reads the last one, the others the JVM. */
export const JVM_VARIABLES = ['JAVA_TOOL_OPTIONS', '_JAVA_OPTIONS', 'JDK_JAVA_OPTIONS'] as const;
export type JvmVariable = (typeof JVM_VARIABLES)[number];

/** Where a word of the JVM's command line comes from; `ours` are the flags of this program. */
export type JvmSource = JvmVariable | 'SERVER_JVMFLAGS' | 'JVMFLAGS' | 'ours';

/** One word that the JVM gets. */
export interface JvmWord {
  readonly word: string;
  readonly source: JvmSource;
  /** Its place among the words of its source or file, from 1. */
  readonly place: number;
  /** The argument file it stands in, as it was named. */
  readonly file?: string;
}

export type JvmFacts = Pick<SettingFacts, 'settings' | 'jvm' | 'podFiles'>;

/**
 * Every word that the JVM gets, in the order of its judgement: of two that say the same, the later wins. JAVA_TOOL_OPTIONS
 * come before the command line and _JAVA_OPTIONS after it (HotSpot, Arguments::parse_vm_init_args); JDK_JAVA_OPTIONS are
 * put at the beginning of the command line by `java` itself (JLI_AddArgsFromEnvVar).
 */
export function jvmWords(facts: JvmFacts): readonly JvmWord[] {
  const { settings, jvm } = facts;
  const from = (source: JvmSource, list: readonly string[]) =>
    list.map((word, index): JvmWord => ({ word, source, place: index + 1 }));
  const variable = (source: JvmVariable) => from(source, quotedWords(jvm?.variables[source] ?? ''));
  const words = [
    ...variable('JAVA_TOOL_OPTIONS'),
    ...variable('JDK_JAVA_OPTIONS'),
    ...from('ours', fixedFlags(settings)),
    ...from('SERVER_JVMFLAGS', settings.serverJvmFlags),
    ...from('JVMFLAGS', settings.jvmFlags),
    ...variable('_JAVA_OPTIONS'),
  ];
  return words.flatMap((word) => expanded(word, facts));
}

/** False for a member that gets this program's own flags alone, without JMX; nothing of its flags needs a judgement. */
export function hasGivenFlags({ settings, jvm }: JvmFacts): boolean {
  return (
    settings.jvmFlags.length + settings.serverJvmFlags.length > 0 ||
    JVM_VARIABLES.some((name) => (jvm?.variables[name] ?? '') !== '') ||
    fixedFlags(settings).some((flag) => flag.startsWith('-Dcom.sun.management.'))
  );
}

/** What the files hold that a word names: an argument file of `java`, or one of options of the JVM. */
function expanded(given: JvmWord, { podFiles }: JvmFacts): JvmWord[] {
  const path = namedFile(given);
  const file = path === undefined ? undefined : podFiles?.readText(path);
  if (path === undefined || file === undefined || !file.ok) return [given];
  const words = given.word.startsWith('-XX:Flags=')
    ? settingsFileWords(file.text)
    : quotedWords(file.text, true);
  return [
    given,
    ...words.map((word, index) => ({ word, source: given.source, place: index + 1, file: path })),
  ];
}

/** The file that a word names, if it names one that is read for more words. */
export function namedFile({ word, source }: JvmWord): string | undefined {
  const byJvm = /^-XX:(?:Flags|VMOptionsFile)=(.+)$/.exec(word)?.[1];
  // The JVM itself knows no argument files, and `java` reads none of its variables but one.
  const byJava =
    source === 'JAVA_TOOL_OPTIONS' || source === '_JAVA_OPTIONS' ? undefined : /^@([^@].*)$/.exec(word)?.[1];
  return byJvm ?? byJava;
}

/** What the last word that `read` understands says, and where it stands. */
export function lastWord<T>(
  words: readonly JvmWord[],
  read: (word: string) => T | undefined,
): { readonly value: T; readonly given: JvmWord } | undefined {
  return words.reduce<{ readonly value: T; readonly given: JvmWord } | undefined>((last, given) => {
    const value = read(given.word);
    return value === undefined ? last : { value, given };
  }, undefined);
}

/** The variable, and the file if the word stands in one. */
export function subjectOf({ source, file }: JvmWord): string {
  return file === undefined ? source : `${source} (${file})`;
}

/** A word as it may stand in a message: itself where it can hold no secret, what of it cannot, or else its place. */
export function shownWord({ word, place }: Pick<JvmWord, 'word' | 'place'>): string {
  const [shown = MASK] = maskedFlags([word]);
  return shown.startsWith(MASK) ? `word ${place}` : shown;
}
