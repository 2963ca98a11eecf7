import type { Kind } from './kinds/kind.ts';

/** What settings derive their defaults from, beside other settings. */
export interface Basis {
  readonly tickTimeMs: number;
  /** The container's memory limit, or else what is supposed (settings/memory.ts), in bytes. */
  readonly memoryBytes: number;
  readonly memoryIs: 'limit' | 'machine';
}

/** What a container may use, and above what the kernel slows it down (memory.high); that is left out where nothing is slowed. */
export interface Memory extends Pick<Basis, 'memoryBytes' | 'memoryIs'> {
  readonly highBytes?: number;
}

/** A value in zoo.cfg; undefined leaves the line out. */
export type ZooCfgValue = string | number | boolean;

/** What a setting's value becomes in a line; a method's type, so that rows of different values stand in one table. */
type ZooCfgLine<T> = { line(value: T): ZooCfgValue | undefined }['line'];

/** Where a value comes from when its variable is not set. */
export type Fallback<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'derived'; readonly words: string; from(basis: Basis): T }
  | { readonly kind: 'unset'; readonly words: string };

export const groups = [
  'ensemble',
  'network',
  'tls',
  'login',
  'time',
  'storage',
  'jvm',
  'health',
  'life',
  'files',
] as const;

/** One setting: everything that parsing, help, documentation, origins and masking need to know of it. */
export interface Row<T> {
  readonly variable: string;
  readonly group: (typeof groups)[number];
  readonly kind: Kind<T>;
  readonly fallback: Fallback<T>;
  /** One sentence for the reference. */
  readonly meaning: string;
  /** Where the value ends up beside the lines of `zooCfg`, for people: `java command`. */
  readonly goesTo?: string;
  /** Its lines of zoo.cfg, by key: what the value becomes there. ZK_EXTRA_CONFIG may hold none of these keys. */
  readonly zooCfg?: Readonly<Record<string, ZooCfgLine<T>>>;
  /** The image sets its variable to the default, as in the tutorial. Such a value counts as not set. */
  readonly setByImage?: true;
  /** Both values together, for a list of things; undefined where the two disagree. Without it they must be equal. */
  join?(own: T, foreign: T): T | undefined;
  /** A value that may hold secrets: never quoted in a message, shown in part (preparation/shown), not inherited by the JVM. */
  readonly secret?: true;
  /** What a manifest is judged with where the Secret is not in the files, as it should not be: a value that is right. */
  readonly standIn?: string;
  /** An empty file for it is an error, because the thing that it protects would silently be open. */
  readonly mustHold?: true;
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

/** A line of zoo.cfg that holds the setting's value as it is. */
export function asItIs<T extends ZooCfgValue | undefined>(value: T): T {
  return value;
}

/** A line of zoo.cfg that the ensemble decides on, not the setting alone (render/zoo-cfg.ts). */
export function byEnsemble(): undefined {
  return undefined;
}

/** Where the value of a setting ends up, for people: `zoo.cfg dataDir, myid`. */
export function goesTo({ zooCfg = {}, goesTo }: Pick<Row<never>, 'zooCfg' | 'goesTo'>): string {
  const keys = Object.keys(zooCfg);
  return [
    ...(keys.length === 0 ? [] : [`zoo.cfg ${keys.join(', ')}`]),
    ...(goesTo === undefined ? [] : [goesTo]),
  ].join(', ');
}

export function always<T>(value: T): Fallback<T> {
  return { kind: 'value', value };
}
