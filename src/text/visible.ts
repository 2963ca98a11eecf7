/**
 * What no reader sees, or what makes a terminal or a log reader see something else: control characters with line breaks
 * and ESC (Cc), format characters with those of direction and of no width (Cf), line and paragraph separators (Zl, Zp),
 * half surrogates (Cs), and whatever fonts leave out (Default_Ignorable_Code_Point). Unicode Technical Report 36;
 * https://trojansource.codes/.
 */
const HIDDEN = '\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Default_Ignorable_Code_Point}';
let everyHidden: RegExp | undefined;

/** V8 takes a millisecond to read these classes of Unicode, so they wait for a text that needs them. */
function hidden(): RegExp {
  everyHidden ??= new RegExp(`[${HIDDEN}]`, 'gu');
  return everyHidden;
}

/** Nearly every text, and nothing in it is hidden. */
const PLAIN = /^[ -~]*$/;

/** The longest line that is written, in characters: a whole reason fits, a megabyte of somebody's does not. */
export const LONGEST_LINE = 16_384;

/** True when a text holds a character that `visible` would replace. */
export function hasHidden(text: string): boolean {
  return !PLAIN.test(text) && text.search(hidden()) >= 0;
}

/**
 * A text of whatever origin as it may stand within one line: what is hidden is written as an escape (`\n`, `\x1b`,
 * `\u{202e}`), and of more than `longest` characters the first are shown. What is visible already comes back as it is.
 */
export function visible(text: string, longest = LONGEST_LINE): string {
  // Cut first, so that a huge text costs nothing; once more, since escapes are longer than what they stand for.
  const beginning = text.slice(0, longest + 1);
  const shown = PLAIN.test(beginning) ? beginning : beginning.replace(hidden(), escaped);
  return shown.length > longest ? `${wellCut(shown, longest - 1)}…` : shown;
}

/** Several lines of which each is made visible by itself; the breaks between them stay. */
export function visibleLines(lines: readonly string[]): string {
  return lines.map((line) => visible(line)).join('\n');
}

/** JSON in which everything hidden is escaped as JSON has it, so that it says the same; its own line breaks stay. */
export function visibleJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent).replace(hidden(), (found) =>
    found === '\n' ? found : found.split('').map(unit).join(''),
  );
}

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(found: string): string {
  const code = found.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  return NAMED[found] ?? (code < 0x100 ? `\\x${digits.padStart(2, '0')}` : `\\u{${digits}}`);
}

function unit(half: string): string {
  return `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Never between the halves of a pair. */
function wellCut(text: string, end: number): string {
  const last = text.charCodeAt(end - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end);
}
