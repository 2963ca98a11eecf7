import type { Kind } from './kinds/kind.ts';

/** What settings derive their defaults from, beside other settings. */
export interface Basis {
  readonly tickTimeMs: number;
  /** The container's memory limit, or else the machine's memory, in bytes. */
  readonly memoryBytes: number;
  readonly memoryIs: 'limit' | 'machine';
}

/** Where a value comes from when its variable is not set. */
export type Fallback<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'derived'; readonly words: string; from(basis: Basis): T }
  | { readonly kind: 'unset'; readonly words: string };

export const groups = ['ensemble', 'network', 'time', 'storage', 'jvm', 'health', 'life', 'files'] as const;

/** One setting: everything that parsing, help, documentation, origins and masking need to know of it. */
export interface Row<T> {
  readonly variable: string;
  readonly group: (typeof groups)[number];
  readonly kind: Kind<T>;
  readonly fallback: Fallback<T>;
  /** One sentence for the reference. */
  readonly meaning: string;
  /** Where the value ends up, for people: `zoo.cfg clientPort`. */
  readonly goesTo: string;
  /** The key of zoo.cfg it is written to; ZK_EXTRA_CONFIG may not hold it. */
  readonly zooCfgKey?: string;
  /** The first ZooKeeper release that knows it; older ones ignore it. */
  readonly since?: string;
  /** The image sets its variable to the default, as the tutorial shows it; there that says no more than no variable. */
  readonly setByImage?: true;
  /** Both values together, for a list of things; undefined where the two disagree. Without it they must be equal. */
  join?(own: T, foreign: T): T | undefined;
  /** A value that may hold secrets: never quoted in a message, shown in part (preparation/shown), not inherited by the JVM. */
  readonly secret?: true;
}

/** A row with a default. */
export function row<T>(definition: Row<T>): Row<T> {
  return definition;
}

/** A row that may stay unset; `words` say what happens then. */
export function optional<T>({
  words,
  ...definition
}: Omit<Row<T>, 'fallback'> & { words: string }): Row<T | undefined> {
  return { ...(definition as Omit<Row<T | undefined>, 'fallback'>), fallback: { kind: 'unset', words } };
}

export function always<T>(value: T): Fallback<T> {
  return { kind: 'value', value };
}
