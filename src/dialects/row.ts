/** Reads another variable of the same dialect, also through its `_FILE`; undefined if it is not set. */
export type Look = (name: string) => string | undefined;

/** What a variable becomes: keys of zoo.cfg or variables of ours, with their texts. */
export type Pairs = readonly (readonly [target: string, text: string])[];

/** A different effect here than on the other image, and what to do about it. */
export interface Difference {
  readonly problem: string;
  readonly remedy: string;
}

/** The fault of a value, and the correct form. A part that may be a secret is not quoted. */
export interface Unreadable {
  readonly problem: string;
  readonly remedy: string;
}

/**
 * One variable of another image: what it becomes here, or why it has no effect. Most rows are plain data, because a start
 * with one such name loads all rows: V8 creates an object of constants in one step, and runs calls one by one.
 */
export type ForeignRow =
  /** A key of zoo.cfg or one of our variables, with the same value. */
  | string
  /** A switch becomes `true` or `false`, because ZooKeeper's parser accepts no other words. */
  | { readonly kind: 'switch'; readonly target: string }
  /** It counts only if another variable is yes. Without a target, the row of that variable reads it. */
  | { readonly kind: 'when'; readonly needs: string; readonly target?: string }
  | {
      readonly kind: 'becomes';
      pairs(value: string, look: Look): Pairs;
      /** The different effect here. The problem follows the name. */
      readonly differs?: Difference;
      /** The fault of a value that its own image cannot read either. The error quotes the value as it was written. */
      unreadable?(value: string): Unreadable | undefined;
    }
  /** It has no setting here; `words` say what to do instead. */
  | { readonly kind: 'instead'; readonly words: string }
  /** Its own image does not read it. `meant` is the name that was probably meant there, `ours` is the name here. */
  | { readonly kind: 'nothing'; readonly meant?: string; readonly ours?: string }
  /** It is not needed here; `words` follow its name. */
  | { readonly kind: 'needless'; readonly words: string };

/** The names of one image. */
export interface Dialect {
  readonly id: 'bitnami' | 'docker-library' | 'confluent';
  /** The owner in a sentence: `Bitnami's`. */
  readonly owner: string;
  /** Rows in the order in which the image writes them. If two write one key, the last one counts. */
  readonly rows: Readonly<Record<string, ForeignRow>>;
  /** Names that consist of a prefix and a key of zoo.cfg. */
  readonly prefix?: { readonly text: string; keyOf(rest: string): string };
  /** The variable with the list of servers, which `servers` reads. */
  readonly serverList: string;
  readonly serverId: string;
  /** The entries of its list of servers. */
  servers(list: string): readonly ServerEntry[];
  /** The form of such a list, after the word `write`. */
  readonly listForm: string;
  /** True if every entry needs an id. */
  readonly needsId?: true;
  /** ZooKeeper's own variable for the heap in MiB (zkEnv.sh), if the image uses it. */
  readonly heapVariable?: string;
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

const LONGEST_WORD = 60;
const ADDRESS = /^(\[[\da-f:.%]+\]|[^\s[\]:;,=|"']+)(:\d{1,5}:\d{1,5}(:(participant|observer))?)?$/i;

/** The first entry of a list that its image does not read as a server, quoted as it was written. */
export function notAServer({ servers, needsId, listForm }: Dialect, list: string): Unreadable | undefined {
  const wrong = servers(list).find(
    ({ id, address, client }) =>
      !ADDRESS.test(address) ||
      (needsId && id === undefined) ||
      (client !== undefined && !/^(.*:)?\d{1,5}$/.test(client)),
  );
  if (wrong === undefined) return undefined;
  const { address, client } = wrong;
  const word = (client === undefined ? address : `${address};${client}`).slice(0, LONGEST_WORD);
  const quotes = /["']/.test(word) ? ', without quotes' : '';
  return { problem: `has "${word}", which is not a server`, remedy: `write ${listForm}${quotes}` };
}

/** Reads a switch as Bitnami's scripts do (`is_boolean_yes`): 1, yes and true are yes, everything else is no. */
export function isYes(value: string | undefined): boolean {
  return /^(1|yes|true)$/i.test(value?.trim() ?? '');
}

/** `true` or `false`, because ZooKeeper's parser accepts no other words. */
export function trueOrFalse(value: string): string {
  return String(isYes(value));
}
