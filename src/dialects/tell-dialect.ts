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

/** The row of a name, or of the name before its `_FILE`. A name with the prefix gets a row for its key. */
export function readBy({ rows, prefix }: Dialect, name: string): Read | undefined {
  const exact = row(rows, name);
  if (exact !== undefined) return { row: exact, name, isFile: false };
  const base = name.endsWith('_FILE') ? name.slice(0, -'_FILE'.length) : undefined;
  const filed = base === undefined ? undefined : row(rows, base);
  if (base !== undefined && filed !== undefined) return { row: filed, name: base, isFile: true };
  if (prefix === undefined || !name.startsWith(prefix.text) || isWhole(name)) return undefined;
  const key = prefix.keyOf(name.slice(prefix.text.length));
  if (key === '') return undefined;
  return {
    row: { kind: 'becomes', goesTo: `zoo.cfg ${key}`, pairs: (value) => [[key, value]] },
    name,
    isFile: false,
  };
}

/** Whether `readBy` finds a row. It makes no row, because it runs for every name and every dialect. */
function isReadBy({ rows, prefix }: Dialect, name: string): boolean {
  if (row(rows, name) !== undefined) return true;
  if (name.endsWith('_FILE') && row(rows, name.slice(0, -'_FILE'.length)) !== undefined) return true;
  return (
    prefix !== undefined && name.length > prefix.text.length && name.startsWith(prefix.text) && !isWhole(name)
  );
}

function row(rows: Dialect['rows'], name: string): ForeignRow | undefined {
  return Object.hasOwn(rows, name) ? rows[name] : undefined;
}

/** Whether a table has the whole name. Then its prefix does not count. */
function isWhole(name: string): boolean {
  const base = name.endsWith('_FILE') ? name.slice(0, -'_FILE'.length) : name;
  return dialects.some(({ rows }) => Object.hasOwn(rows, base));
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
  const known = given
    .filter(([name]) => !name.startsWith('KAFKA_'))
    .map(([name, value]) => ({ name, value, owners: dialects.filter((each) => isReadBy(each, name)) }))
    .filter(({ owners }) => owners.length > 0);
  const alone = known.filter(({ owners }) => owners.length === 1);
  const firsts = dialects.flatMap((dialect) => {
    const first = alone.find(({ owners }) => owners[0] === dialect);
    return first === undefined ? [] : [{ name: first.name, dialect, owner: dialect.owner }];
  });
  if (firsts.length > 1) return { kind: 'two', names: firsts };
  const [first] = firsts;
  if (first !== undefined) return { kind: 'told', dialect: first.dialect, owner: first.owner };
  if (known.length === 0) return { kind: 'none' };
  const list = known.find(({ name }) => name === 'ZOO_SERVERS')?.value;
  if (list !== undefined && !/(^|\s)server\.\d+=/.test(list))
    return { kind: 'told', dialect: bitnami, owner: bitnami.owner };
  return {
    kind: 'told',
    dialect: dockerLibrary,
    owner: list === undefined ? `${bitnami.owner} and ${dockerLibrary.owner}` : dockerLibrary.owner,
  };
}
