/** Reads another variable of the same dialect, a file behind its `_FILE` included; undefined when it is not set. */
export type Look = (name: string) => string | undefined;

/** What a variable becomes: targets, each a key of zoo.cfg or one of our variables, with their texts. */
export type Pairs = readonly (readonly [target: string, text: string])[];

/** What is other here, and what to do about it. */
export interface Differs {
  readonly how: string;
  readonly remedy: string;
}

/** What is wrong with a value, and how it is written right; a part that may be a secret is not quoted. */
export interface Unreadable {
  readonly problem: string;
  readonly remedy: string;
}

/**
 * One variable of another image: what it becomes here, or why it becomes nothing. Rows are plain data wherever they can be,
 * since a start that has one name reads all of them: V8 makes an object of constants at once, and calls one by one.
 */
export type ForeignRow =
  /** A key of zoo.cfg or one of our variables, whose value is written as it is. */
  | string
  /** The same for a switch: ZooKeeper's parser knows no words but true and false. */
  | { readonly kind: 'switch'; readonly target: string }
  /** Counts only where another variable says yes; without a target it is read with that one. */
  | { readonly kind: 'when'; readonly needs: string; readonly target?: string }
  | {
      readonly kind: 'becomes';
      pairs(value: string, look: Look): Pairs;
      /** What comes out otherwise here than on its own image, to follow its name. */
      readonly differs?: Differs;
      /** What of the value its own image cannot read either; such a value is an error, in the words that were written. */
      unreadable?(value: string): Unreadable | undefined;
    }
  /** It has no setting here; `words` say what to do instead. */
  | { readonly kind: 'instead'; readonly words: string }
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
  /** The list of its servers, which is read by `servers`. */
  readonly serverList: string;
  readonly serverId: string;
  /** Which entries a list of its servers has. */
  servers(list: string): readonly ServerEntry[];
  /** How such a list is written, after `write`. */
  readonly listForm: string;
  /** True where an entry without an id is no server. */
  readonly needsId?: true;
  /** ZooKeeper's own variable for the heap in MiB (zkEnv.sh), where the image lets it count. */
  readonly heapVariable?: string;
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

const LONGEST_WORD = 60;
const ADDRESS = /^(\[[\da-f:.%]+\]|[^\s[\]:;,=|"']+)(:\d{1,5}:\d{1,5}(:(participant|observer))?)?$/i;

/** The first entry of a list that its image does not read as a server, as it was written. */
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
  return { problem: `has "${word}", which is no server`, remedy: `write ${listForm}${quotes}` };
}

/** As Bitnami's scripts read a switch (`is_boolean_yes`): 1, yes and true, and everything else is no. */
export function isYes(value: string | undefined): boolean {
  return /^(1|yes|true)$/i.test(value?.trim() ?? '');
}

/** `true` or `false` for ZooKeeper's parser, which knows no other words. */
export function trueOrFalse(value: string): string {
  return String(isYes(value));
}
