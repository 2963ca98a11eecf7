/** Texts that forge a line, move a cursor, turn direction, or hide: each with what must not be seen of it. */
export const nasty: readonly (readonly [what: string, text: string])[] = [
  ['a line break', 'a\n2026-01-01 00:00:00,000 [myid:1] - INFO  [zk-entrypoint] - all is well'],
  ['a carriage return', 'a\rb'],
  ['ESC', 'a\u001b[2J\u001b]0;title\u0007b'],
  ['a C1 control', 'a\u009b31mb\u0085c'],
  ['DEL and backspace', 'a\u007f\bb'],
  ['line and paragraph separators', 'a\u2028b\u2029c'],
  ['direction overrides', 'a\u202eb\u202dc\u202ad\u202be\u202c'],
  ['direction isolates', 'a\u2066b\u2067c\u2068d\u2069'],
  ['direction marks', 'a\u200eb\u200fc\u061c'],
  ['no width', 'a\u200bb\u200cc\u200dd\u2060e\ufefff\u180eg\u00adh'],
  ['fillers and tags', 'a\u3164b\u115fc\u{e0041}d\u{e0100}'],
];

/** The same with what no environment or file can hold, but JSON can. */
export const nastyInJson = [
  ...nasty,
  ['NUL', 'a\0b'],
  ['half surrogates', 'a\ud83db\ude00'],
  ['something endless', 'x'.repeat(50_000)],
] as const;

/** What must never reach a reader; the breaks between lines are meant. */
export const HIDDEN = /[\p{Cs}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?!\n)\p{Cc}/u;
