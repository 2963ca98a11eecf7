import { type Parsed, parsed, rejected } from '../settings/kinds/kind.ts';

// What PathUtils.validatePath refuses: controls, surrogates, private use, and the specials at the end.
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Co}\ufff0-\uffff]/u;

/** A node's path as ZooKeeper takes it (PathUtils.validatePath), outside ZooKeeper's own subtree. */
export function znodePath(text: string): Parsed<string> {
  const remedy = 'give a node such as /hello or /test/hello';
  if (!text.startsWith('/')) return rejected('does not begin with a slash', remedy);
  if (text === '/') return parsed(text);
  const names = text.slice(1).split('/');
  if (names.includes('')) return rejected('has an empty name, or ends with a slash', remedy);
  if (names.includes('.') || names.includes('..')) return rejected('has the name "." or ".."', remedy);
  if (FORBIDDEN.test(text)) return rejected('has a character that ZooKeeper does not take', remedy);
  if (names[0] === 'zookeeper') return rejected('is in the part that ZooKeeper reserves', remedy);
  return parsed(text);
}

/** The nodes above a path, from the top, without the root: `/a/b/c` has `/a` and `/a/b`. */
export function parents(path: string): string[] {
  const names = path.split('/').slice(1, -1);
  return names.map((_, index) => `/${names.slice(0, index + 1).join('/')}`);
}
