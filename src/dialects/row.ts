/** Reads another variable of the same dialect, a file behind its `_FILE` included; undefined when it is not set. */
export type Look = (name: string) => string | undefined;

/** What a variable becomes: targets, each a key of zoo.cfg or one of our variables, with their texts. */
export type Pairs = readonly (readonly [target: string, text: string])[];

/** One variable of another image: what it becomes here, or why it becomes nothing. */
export type ForeignRow =
  | {
      readonly kind: 'becomes';
      /** Where it goes, for people. */
      readonly goesTo: string;
      /** Undefined when the variable has no effect on its own image with the others as they are. */
      pairs(value: string, look: Look): Pairs | undefined;
      /** What comes out otherwise here than on its own image, to follow its name, with what to do. */
      readonly differs?: string;
      /** Which other variable would give it an effect. */
      readonly needs?: string;
    }
  /** It has no setting here; `words` say what to do instead. */
  | {
      readonly kind: 'instead';
      readonly words: string;
    }
  /** Its own image does not read it; `meant` is the name there that does what this one seems to say, ours the one here. */
  | { readonly kind: 'nothing'; readonly meant?: string; readonly ours?: string }
  /** Nothing has to be done for it here. */
  | { readonly kind: 'needless'; readonly words: string };

/** The names of one image. */
export interface Dialect {
  readonly id: 'bitnami' | 'docker-library' | 'confluent';
  /** As a sentence names its owner: `Bitnami's`. */
  readonly owner: string;
  /** Rows in the order in which the image writes them: where two write one key, the last one counts. */
  readonly rows: Readonly<Record<string, ForeignRow>>;
  /** Names that are made of a prefix and a key of zoo.cfg. */
  readonly prefix?: { readonly text: string; keyOf(rest: string): string };
  readonly serverList: string;
  readonly serverId: string;
  /** Which entries a list of its servers has. */
  servers(list: string): readonly ServerEntry[];
  /** True where a server has a client port only if its entry gives one. */
  readonly clientPortInList?: true;
  /** What the image does where nothing is set, by our variable, where this program does something else. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Where the image keeps its data; undefined where that is our place too. */
  readonly layout?: { readonly data: string; readonly log: string };
  /** Folders that its chart mounts to be written to, by our variable: with a read-only root they are all there is. */
  readonly folders?: Readonly<Record<string, string>>;
}

/** One server of a list of another image. */
export interface ServerEntry {
  readonly id?: number;
  /** `host:2888:3888` with a role or without; whatever cannot be read stays as it was written. */
  readonly address: string;
  /** What stands behind the semicolon of `server.N=…;2181`. */
  readonly client?: string;
}

/** A key of zoo.cfg whose value is written as it is, or as `as` makes it. */
export function key(name: string, as: (value: string) => string = (value) => value): ForeignRow {
  return { kind: 'becomes', goesTo: `zoo.cfg ${name}`, pairs: (value) => [[name, as(value)]] };
}

/** One of our variables. */
export function setting(variable: string, as: (value: string) => string = (value) => value): ForeignRow {
  return { kind: 'becomes', goesTo: variable, pairs: (value) => [[variable, as(value)]] };
}

/** A key that the image writes only where another variable says yes. */
export function keyWhen(needs: string, name: string): ForeignRow {
  const pairs = (value: string, look: Look): Pairs | undefined =>
    isYes(look(needs)) ? [[name, value]] : undefined;
  return { kind: 'becomes', goesTo: `zoo.cfg ${name}, with ${needs}`, needs: `${needs}=yes`, pairs };
}

/** Said of a variable that has no setting here. */
export function instead(words: string): ForeignRow {
  return { kind: 'instead', words };
}

/** Said of a variable that its own image does not read either. */
export function nothing(names: { readonly meant?: string; readonly ours?: string } = {}): ForeignRow {
  return { kind: 'nothing', ...names };
}

/** Said of a variable for which nothing has to be done. */
export function needless(words: string): ForeignRow {
  return { kind: 'needless', words };
}

/** As Bitnami's scripts read a switch (`is_boolean_yes`): 1, yes and true, and everything else is no. */
export function isYes(value: string | undefined): boolean {
  return /^(1|yes|true)$/i.test(value?.trim() ?? '');
}

/** `true` or `false` for ZooKeeper's parser, which knows no other words. */
export function trueOrFalse(value: string): string {
  return String(isYes(value));
}
