/** Reads another variable of the same dialect, also through its `_FILE`; undefined if it is not set. */
export type Look = (name: string) => string | undefined;

/** What a variable becomes: keys of zoo.cfg or variables of ours, with their texts. */
export type Pairs = readonly (readonly [target: string, text: string])[];

/** One variable of another image: what it becomes here, or why it has no effect. */
export type ForeignRow =
  | {
      readonly kind: 'becomes';
      /** What it becomes, for people. */
      readonly goesTo: string;
      /** Undefined if the variable has no effect on its own image either, with the other variables as they are. */
      pairs(value: string, look: Look): Pairs | undefined;
      /** The different effect here. The problem follows the name. */
      readonly differs?: Difference;
      /** The other variable without which it has no effect. */
      readonly needs?: string;
    }
  /** It has no setting here; `words` say what to do instead. */
  | {
      readonly kind: 'instead';
      readonly words: string;
    }
  /** Its own image does not read it. `meant` is the name that was probably meant there, `ours` is the name here. */
  | { readonly kind: 'nothing'; readonly meant?: string; readonly ours?: string }
  /** It is not needed here; `words` follow its name. */
  | { readonly kind: 'needless'; readonly words: string };

/** A different effect here than on the other image, and what to do about it. */
export interface Difference {
  readonly problem: string;
  readonly remedy: string;
}

/** The names of one image. */
export interface Dialect {
  readonly id: 'bitnami' | 'docker-library' | 'confluent';
  /** The owner in a sentence: `Bitnami's`. */
  readonly owner: string;
  /** Rows in the order in which the image writes them. If two write one key, the last one counts. */
  readonly rows: Readonly<Record<string, ForeignRow>>;
  /** Names that consist of a prefix and a key of zoo.cfg. */
  readonly prefix?: { readonly text: string; keyOf(rest: string): string };
  readonly serverList: string;
  readonly serverId: string;
  /** The entries of its list of servers. */
  servers(list: string): readonly ServerEntry[];
  /** True if a server has a client port only if its entry gives one. */
  readonly clientPortInList?: true;
  /** The defaults of the image that differ from ours, by our variable. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Where the image keeps its data; undefined if it is our place. */
  readonly layout?: { readonly data: string; readonly log: string };
  /** Folders that its chart mounts for writing, by our variable. With a read-only root, only these can be written. */
  readonly folders?: Readonly<Record<string, string>>;
}

/** One server of a list of another image. */
export interface ServerEntry {
  readonly id?: number;
  /** `host:2888:3888`, with or without a role. A text of another form stays as it is. */
  readonly address: string;
  /** The text after the semicolon of `server.N=…;2181`. */
  readonly client?: string;
}

/** A key of zoo.cfg with the same value, or with the value that `as` makes of it. */
export function key(name: string, as: (value: string) => string = (value) => value): ForeignRow {
  return { kind: 'becomes', goesTo: `zoo.cfg ${name}`, pairs: (value) => [[name, as(value)]] };
}

/** One of our variables. */
export function setting(variable: string, as: (value: string) => string = (value) => value): ForeignRow {
  return { kind: 'becomes', goesTo: variable, pairs: (value) => [[variable, as(value)]] };
}

/** A key that the image writes only if another variable is yes. */
export function keyWhen(needs: string, name: string): ForeignRow {
  const pairs = (value: string, look: Look): Pairs | undefined =>
    isYes(look(needs)) ? [[name, value]] : undefined;
  return { kind: 'becomes', goesTo: `zoo.cfg ${name}, with ${needs}`, needs: `${needs}=yes`, pairs };
}

/** A variable that has no setting here. */
export function instead(words: string): ForeignRow {
  return { kind: 'instead', words };
}

/** A variable that its own image does not read either. */
export function nothing(names: { readonly meant?: string; readonly ours?: string } = {}): ForeignRow {
  return { kind: 'nothing', ...names };
}

/** A variable that is not needed here. */
export function needless(words: string): ForeignRow {
  return { kind: 'needless', words };
}

/** Reads a switch as Bitnami's scripts do (`is_boolean_yes`): 1, yes and true are yes, everything else is no. */
export function isYes(value: string | undefined): boolean {
  return /^(1|yes|true)$/i.test(value?.trim() ?? '');
}

/** `true` or `false`, because ZooKeeper's parser accepts no other words. */
export function trueOrFalse(value: string): string {
  return String(isYes(value));
}
