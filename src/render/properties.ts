/**
 * Escapes one value for a file that java.util.Properties.load reads: ISO-8859-1 with `\uXXXX` for the rest, so that no
 * value can end its line or begin another key.
 */
export function escapeValue(value: string): string {
  return escapeAll(value).replace(/^ /, '\\ ');
}

/** Escapes one key; besides the rest, blanks and the separators `=` and `:` and the comment signs. */
export function escapeKey(key: string): string {
  return escapeAll(key).replaceAll(/[ :=#!]/g, (sign) => `\\${sign}`);
}

/** One line of a properties file, without its end. */
export function propertyLine(key: string, value: string | number | boolean): string {
  if (isPlain(key) && isPlain(String(value))) return `${key}=${value}`;
  return `${escapeKey(key)}=${escapeValue(String(value))}`;
}

/** True for letters, digits and `,-./;_`. It uses no regular expression, because V8 takes a millisecond to compile one. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const isLetter = (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || unit === 0x5f;
    const isOther = (unit >= 0x2c && unit <= 0x39) || unit === 0x3b;
    if (!isLetter && !isOther) return false;
  }
  return true;
}

const NAMED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
};

function escapeAll(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped
  return text.replaceAll(/[\\\u0000-\u001f\u007f-\uffff]/g, (unit) => NAMED[unit] ?? unicodeEscape(unit));
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
