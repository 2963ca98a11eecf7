/** A snapshot or a log, as its name tells it. */
export interface DataFile {
  readonly name: string;
  /** Of a snapshot the last transaction in it, of a log the first. */
  readonly zxid: bigint;
  /** How it is packed, by the end of its name (ZooKeeper's SnapStream). */
  readonly packing: 'plain' | 'gz' | 'snappy';
}

/** The content of one `version-2`; both lists have the newest first. */
export interface DataFolder {
  /** The path of `version-2`. */
  readonly path: string;
  readonly snapshots: readonly DataFile[];
  readonly logs: readonly DataFile[];
  /** Every name in it that ZooKeeper knows, also names that are neither a snapshot nor a log. */
  readonly names: readonly string[];
  /** Entries with the name of such a file that are not regular files. */
  readonly strange?: readonly { readonly path: string; readonly problem: string }[];
  /** Why it could not be listed, in words that follow its path. */
  readonly problem?: string;
}

/** The content of the volume. The two are the same object if dataDir and dataLogDir are one directory. */
export interface VolumeFacts {
  readonly data: DataFolder;
  readonly log: DataFolder;
}

/** The data on the volume: none; data of a server that has not served; or data of a server that has served. */
export type DataOnVolume = 'empty' | 'created' | 'served';

/**
 * Judged by the names and one number. A server that starts with empty data writes only snapshot.0. The first transaction
 * makes a log. The first quorum comes before it and sets the epoch, which is 0 or -1 until then.
 */
export function dataOn(facts: VolumeFacts, epoch: number): DataOnVolume {
  // A directory that cannot be listed may hold data.
  if (facts.data.problem !== undefined || facts.log.problem !== undefined) return 'served';
  if (isEmpty(facts)) return 'empty';
  const folders = [facts.data, facts.log];
  const begun = folders.every(
    ({ snapshots, logs }) => logs.length === 0 && snapshots.every(({ zxid }) => zxid === 0n),
  );
  return begun && epoch <= 0 ? 'created' : 'served';
}

/** True without any snapshot and any log. Epoch files alone do not count as data. */
export function isEmpty({ data, log }: VolumeFacts): boolean {
  return [data, log].every(({ snapshots, logs }) => snapshots.length === 0 && logs.length === 0);
}

const NAME = /^(snapshot|log)\.([0-9a-f]{1,16})(?:\.(gz|snappy))?$/;

/** The epochs, and what ZooKeeper leaves while it changes them. */
const EPOCHS = /^(acceptedEpoch|currentEpoch|updatingEpoch)(\.tmp)?$/;

/** True for the name of a file that holds one number. */
export function isEpoch(name: string): boolean {
  return EPOCHS.test(name);
}

/** True for a name in `version-2` that ZooKeeper reads; all others may be there in any number. */
export function isOfServer(name: string): boolean {
  return NAME.test(name) || EPOCHS.test(name);
}

/** Sorts the names in `version-2` as ZooKeeper does (Util.getZxidFromName); what it passes over is passed over. */
export function dataFolder(path: string, names: readonly string[]): DataFolder {
  const found = names.map((name) => NAME.exec(name)).filter((match) => match !== null);
  const ofKind = (kind: string) =>
    found
      .filter(([, word]) => word === kind)
      .map(dataFile)
      .sort(newestFirst);
  return { path, names, snapshots: ofKind('snapshot'), logs: ofKind('log') };
}

function dataFile([name, , zxid, packing]: RegExpExecArray): DataFile {
  return { name, zxid: BigInt(`0x${zxid}`), packing: (packing ?? 'plain') as DataFile['packing'] };
}

function newestFirst(one: DataFile, other: DataFile): number {
  return one.zxid === other.zxid ? 0 : one.zxid < other.zxid ? 1 : -1;
}
