type Ink = 'bold' | 'dim' | 'green' | 'red';

const CODES: Readonly<Record<Ink, number>> = { bold: 1, dim: 2, red: 31, green: 32 };
const LABEL_WIDTH = 8;

const onTerminal = process.stdout.isTTY === true;
const coloured = onTerminal && !process.env['NO_COLOR'] && process.stdout.hasColors();
/** What `progress` showed last: on a terminal the next line replaces it. */
let shown = '';
let hushed = false;

/** A colour on a terminal; plain in a pipe, and where NO_COLOR is set (no-color.org). */
export function ink(text: string, colour: Ink): string {
  return coloured ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text;
}

/** While hushed, nothing is shown: for the time in which a story that was cut off still goes on behind. */
export function hush(on: boolean): void {
  hushed = on;
}

/** A line of the page; with a label, one word, it opens a step. */
export function line(text: string, label = ''): void {
  if (hushed) return;
  if (onTerminal && shown !== '') process.stdout.write('\r\u001b[K');
  shown = '';
  process.stdout.write(`${ink(label.padEnd(LABEL_WIDTH), 'bold')} ${text}\n`);
}

/** What another program said, set apart. */
export function quote(text: string): void {
  for (const each of text.trimEnd().split('\n')) line(ink(`| ${each}`, 'dim'));
}

/** How far it is: one line that changes on a terminal, and elsewhere a line whenever `state` changes. */
export function progress(text: string, state: string): void {
  if (hushed) return;
  if (onTerminal) process.stdout.write(`\r\u001b[K${' '.repeat(LABEL_WIDTH)} ${ink(text, 'dim')}`);
  else if (state !== shown) line(text);
  shown = state;
}

/** The time since a moment that `performance.now()` gave: `2.9 s`. */
export function elapsed(startMs: number): string {
  return `${((performance.now() - startMs) / 1_000).toFixed(1)} s`;
}
