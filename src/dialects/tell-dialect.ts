import { bitnami } from './bitnami.ts';
import { confluent } from './confluent.ts';
import { dockerLibrary } from './docker-library.ts';
import type { Dialect, ForeignRow } from './row.ts';

/** All images whose names are known, in the order of docs/move-in.md. */
export const dialects: readonly Dialect[] = [bitnami, dockerLibrary, confluent];

/** One variable as a dialect reads it. */
export interface Read {
  readonly row: ForeignRow;
  /** The name in the table, without `_FILE`. */
  readonly name: string;
  readonly isFile: boolean;
}

const FILE = '_FILE';
const NONE: readonly Dialect[] = [];

/** The images whose table has a name, by that name. The map is made once, because there may be hundreds of names. */
let tables: Map<string, Dialect[]> | undefined;

function ownersIn(name: string): readonly Dialect[] | undefined {
  if (tables === undefined) {
    tables = new Map();
    for (const dialect of dialects)
      for (const known in dialect.rows) {
        const owners = tables.get(known);
        if (owners === undefined) tables.set(known, [dialect]);
        else owners.push(dialect);
      }
  }
  return tables.get(name);
}

/** The images that read a name: the whole name, the name before its `_FILE`, or a key after their prefix. */
function readersOf(name: string): readonly Dialect[] {
  const exact = ownersIn(name);
  if (exact !== undefined) return exact;
  const filed = name.endsWith(FILE) ? ownersIn(name.slice(0, -FILE.length)) : undefined;
  return filed ?? dialects.filter(({ prefix }) => hasPrefix(prefix, name));
}

function hasPrefix(prefix: Dialect['prefix'], name: string): boolean {
  return prefix !== undefined && name.length > prefix.text.length && name.startsWith(prefix.text);
}

/** The row of a name, or of the name before its `_FILE`. A name with the prefix gets a row for its key. */
export function readBy(dialect: Dialect, name: string): Read | undefined {
  const { rows, prefix } = dialect;
  const exact = ownersIn(name);
  if (exact?.includes(dialect)) return { row: rows[name] as ForeignRow, name, isFile: false };
  const base = name.endsWith(FILE) ? name.slice(0, -FILE.length) : undefined;
  const filed = base === undefined ? undefined : ownersIn(base);
  if (base !== undefined && filed?.includes(dialect))
    return { row: rows[base] as ForeignRow, name: base, isFile: true };
  // If a table has the whole name, its prefix does not count.
  if (prefix === undefined || exact !== undefined || filed !== undefined || !hasPrefix(prefix, name))
    return undefined;
  const key = prefix.keyOf(name.slice(prefix.text.length));
  return { row: key, name, isFile: false };
}

/** The image that the names belong to, or the first name of each image if they belong to several. */
export type Told =
  | { readonly kind: 'told'; readonly dialect: Dialect; readonly owner: string }
  | { readonly kind: 'two'; readonly names: readonly { readonly name: string; readonly owner: string }[] }
  | { readonly kind: 'none' };

/**
 * Finds the image from names that only one image knows; a mixture is never guessed at. If two images know every name, the
 * names mean the same in both. Only the list of servers differs, and its form shows the image.
 */
export function tellDialect(given: readonly (readonly [name: string, value: string])[]): Told {
  const firsts = new Map<Dialect, string>();
  let isKnown = false;
  for (const [name] of given) {
    const owners = name.startsWith('KAFKA_') ? NONE : readersOf(name);
    const [owner] = owners;
    if (owner === undefined) continue;
    isKnown = true;
    if (owners.length === 1 && !firsts.has(owner)) firsts.set(owner, name);
  }
  if (firsts.size > 1) {
    const names = dialects.flatMap((dialect) => {
      const name = firsts.get(dialect);
      return name === undefined ? [] : [{ name, owner: dialect.owner }];
    });
    return { kind: 'two', names };
  }
  const [first] = firsts.keys();
  if (first !== undefined) return { kind: 'told', dialect: first, owner: first.owner };
  if (!isKnown) return { kind: 'none' };
  const list = given.find(([name]) => name === 'ZOO_SERVERS')?.[1];
  if (list !== undefined && !/(^|\s)server\.\d+=/.test(list))
    return { kind: 'told', dialect: bitnami, owner: bitnami.owner };
  return {
    kind: 'told',
    dialect: dockerLibrary,
    owner: list === undefined ? `${bitnami.owner} and ${dockerLibrary.owner}` : dockerLibrary.owner,
  };
}
