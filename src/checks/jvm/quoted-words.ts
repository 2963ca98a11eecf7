const BLANK = /\s/;

/** True where a quote begins that nothing ends: "Unmatched quote", with which the JVM ends. */
export function hasOpenQuote(text: string): boolean {
  let quote: string | undefined;
  for (const sign of text) {
    if (sign === quote) quote = undefined;
    else if (quote === undefined && (sign === '"' || sign === "'")) quote = sign;
  }
  return quote !== undefined;
}

/**
 * Words as the JVM splits its variables: by blanks, with quotes of both kinds taken away. An argument file has comments
 * too, and escapes within quotes (the java command, "Argument files").
 */
export function quotedWords(text: string, isFile = false): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] as string;
    if (quote !== undefined) {
      if (sign === quote) quote = undefined;
      else if (isFile && sign === '\\' && at + 1 < text.length) word = `${word ?? ''}${text[++at]}`;
      else word = `${word ?? ''}${sign}`;
    } else if (sign === '"' || sign === "'") {
      quote = sign;
      word ??= '';
    } else if (BLANK.test(sign)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (isFile && sign === '#' && word === undefined) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else word = `${word ?? ''}${sign}`;
  }
  return word === undefined ? words : [...words, word];
}

/** The words of a file for -XX:Flags, `+UseG1GC` and `MaxHeapSize=1g`, as flags (HotSpot, process_settings_file). */
export function settingsFileWords(text: string): string[] {
  const words = quotedWords(text.replaceAll(/#.*/g, ''));
  return words.map((word) => (word.startsWith('-XX:') ? word : `-XX:${word}`));
}
