import { type Finding, finding } from '../findings/finding.ts';
import { shortened } from '../text/some-of.ts';
import { has } from '../zookeeper/features.ts';
import type { Release } from '../zookeeper/release.ts';
import type { VolumeFacts } from './volume-facts.ts';

/** The first line of an epoch file; undefined if the file does not exist. */
export interface EpochFiles {
  readonly acceptedEpoch: string | undefined;
  readonly currentEpoch: string | undefined;
  /** What ZooKeeper 3.5 and later leave while they change currentEpoch, and go on from. */
  readonly unfinished: string | undefined;
}

/** The newest transaction that was found on the volume: in a snapshot's name or in a log. */
export interface NewestTransaction {
  readonly zxid: bigint;
  /** The file that holds it. */
  readonly path: string;
  /** False where later ones may follow that were not read. */
  readonly isLast: boolean;
}

/** The files to judge, and the other data on the volume. */
export interface EpochLook extends Pick<VolumeFacts, 'data'> {
  readonly files: EpochFiles;
  readonly newest: NewestTransaction | undefined;
}

/** What ZooKeeper 3.4 leaves while it changes currentEpoch, and goes on from (QuorumPeer.loadDataBase). */
const UPDATING = 'updatingEpoch';
/** The counter's bits in a zxid; the epoch is above them (ZxidUtils). */
const COUNTER_BITS = 32n;
/** Long.parseLong. */
const LARGEST = 2n ** 63n;

/** Epoch files that a member of an ensemble would end with status 1 on, judged as QuorumPeer.loadDataBase does. */
export function epochFindings(look: EpochLook, release: Release): Finding[] {
  const { files, data } = look;
  const unclear = [
    ...unreadable(`${data.path}/acceptedEpoch`, files.acceptedEpoch),
    ...unreadable(`${data.path}/currentEpoch`, files.currentEpoch),
  ];
  const wrong = unclear.length > 0 ? unclear : contradictions(look, release);
  const leftover = data.names.includes('currentEpoch.tmp') && !has(release, 'goesOnFromEpochTmp');
  return [...wrong, ...(leftover ? [unfinished(data.path)] : [])];
}

/** The number in `currentEpoch`, from its text; 0 without the file, as before the first quorum. */
export function epochOf({ currentEpoch }: Pick<EpochFiles, 'currentEpoch'>): number {
  const epoch = Number(readEpoch(currentEpoch) ?? 0n);
  // The record holds it, and reads back no other numbers.
  return Math.max(-1, Math.min(epoch, Number.MAX_SAFE_INTEGER));
}

/**
 * The newest epoch that anything on a volume tells of: of its files, or of the names of its data. acceptedEpoch is never below
 * currentEpoch, so where one of the two is damaged the other is a bound.
 */
export function newestEpoch(files: EpochFiles, { data, log }: VolumeFacts): number {
  const ascending = (numbers: readonly bigint[]) =>
    numbers.toSorted((one, other) => (one === other ? 0 : one < other ? -1 : 1));
  const numbers = [files.currentEpoch, files.acceptedEpoch].flatMap((text) => readEpoch(text) ?? []);
  const [written = 0n] = ascending(numbers);
  const ofNames = [...data.snapshots, ...log.logs].map(({ zxid }) => zxid >> COUNTER_BITS);
  const newest = ascending([written, ...ofNames]).at(-1) as bigint;
  return Number(newest > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : newest);
}

/** True for a member that has joined no quorum yet: its epoch did not come from a quorum. */
export function isBeforeFirstQuorum({ currentEpoch }: EpochFiles): boolean {
  return (readEpoch(currentEpoch) ?? 1n) <= 0n;
}

function contradictions(look: EpochLook, release: Release): Finding[] {
  const { files, data, newest } = look;
  const { least, most } = epochsOfData(newest);
  const written = readEpoch(files.currentEpoch) ?? least;
  const current = written < least ? goesOnWith(look, { least, release }) : written;
  if (current === 'unreadable') return unreadable(`${data.path}/currentEpoch.tmp`, files.unfinished);
  if (current === undefined) return newest === undefined ? [] : [belowData(data.path, written, newest)];
  const accepted = readEpoch(files.acceptedEpoch) ?? most;
  return accepted !== undefined && accepted < current ? [belowCurrent(look, accepted, current)] : [];
}

/** Without data ZooKeeper goes on from zxid 0 or -1, depending on whether it may begin; `most` is undefined where it is not known. */
function epochsOfData(newest: NewestTransaction | undefined): { least: bigint; most: bigint | undefined } {
  if (newest === undefined) return { least: -1n, most: 0n };
  const epoch = newest.zxid >> COUNTER_BITS;
  return { least: epoch, most: newest.isLast ? epoch : undefined };
}

/** The epoch with which a server continues that was killed while it changed currentEpoch; undefined if it does not continue. */
function goesOnWith(
  { files, data }: EpochLook,
  { least, release }: { least: bigint; release: Release },
): bigint | 'unreadable' | undefined {
  if (!has(release, 'goesOnFromEpochTmp')) return data.names.includes(UPDATING) ? least : undefined;
  if (files.unfinished === undefined) return undefined;
  return readEpoch(files.unfinished) ?? 'unreadable';
}

/** As Long.parseLong reads it; -1 is what a server writes that has no data. */
function readEpoch(text: string | undefined): bigint | undefined {
  if (text === undefined || !/^[-+]?\d{1,40}$/.test(text)) return undefined;
  const number = BigInt(text.replace('+', ''));
  return number < LARGEST && number >= -LARGEST ? number : undefined;
}

function unreadable(path: string, text: string | undefined): Finding[] {
  if (text === undefined || readEpoch(text) !== undefined) return [];
  return [
    finding('ZK-VOLUME-010', {
      subject: path,
      problem: text === '' ? 'is empty' : `holds "${shortened(text)}", which is not a number`,
      remedy:
        'let this member join a quorum of the others with an empty volume; or write the epoch of its newest transaction there, if you know it',
    }),
  ];
}

function belowCurrent({ data, files }: EpochLook, accepted: bigint, current: bigint): Finding {
  const isThere = files.acceptedEpoch !== undefined;
  return finding('ZK-VOLUME-010', {
    subject: `${data.path}/acceptedEpoch`,
    problem: `${isThere ? `is ${accepted}` : `is missing, so ZooKeeper takes ${accepted}`}, below currentEpoch, which is ${current}: files of different times are mixed`,
    remedy: `restore the volume; if it belongs to this member, write ${current} into acceptedEpoch`,
  });
}

function belowData(path: string, current: bigint, newest: NewestTransaction): Finding {
  const epoch = newest.zxid >> COUNTER_BITS;
  return finding('ZK-VOLUME-010', {
    subject: `${path}/currentEpoch`,
    problem: `is ${current}, older than the newest transaction, which is of epoch ${epoch} (${newest.path})`,
    remedy: `restore the volume; if it belongs to this member, write ${epoch} into currentEpoch and acceptedEpoch`,
  });
}

function unfinished(path: string): Finding {
  return finding('ZK-VOLUME-011', {
    subject: `${path}/currentEpoch.tmp`,
    problem: 'is left from an earlier start, and ZooKeeper 3.4 does not use it',
    remedy: 'if ZooKeeper ends with status 1 because of its epoch, copy the number to currentEpoch',
  });
}
