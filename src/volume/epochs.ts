import { isAtLeast, type Release } from '../distribution/release.ts';
import { type Finding, finding } from '../findings/finding.ts';
import type { VolumeFacts } from './volume-facts.ts';

/** The first line of an epoch file; undefined where there is none. */
export interface EpochFiles {
  readonly acceptedEpoch: string | undefined;
  readonly currentEpoch: string | undefined;
}

/** What ZooKeeper leaves while it changes currentEpoch, and goes on from (QuorumPeer.loadDataBase). */
const UNFINISHED = ['currentEpoch.tmp', 'updatingEpoch'];
/** The counter's bits in a zxid; the epoch is above them (ZxidUtils). */
const COUNTER_BITS = 32n;

/** Epoch files that a member of an ensemble would end with status 1 on (QuorumPeer.loadDataBase). */
export function epochFindings(files: EpochFiles, { data }: VolumeFacts, release: Release): Finding[] {
  const accepted = readEpoch(files.acceptedEpoch);
  const current = readEpoch(files.currentEpoch);
  const unclear = [
    ...unreadable(`${data.path}/acceptedEpoch`, files.acceptedEpoch, accepted),
    ...unreadable(`${data.path}/currentEpoch`, files.currentEpoch, current),
  ];
  const left = data.names.find((name) => UNFINISHED.includes(name));
  const leftover = left === 'currentEpoch.tmp' && !isAtLeast(release, '3.5.0') ? [unfinished(data.path)] : [];
  if (unclear.length > 0 || current === undefined) return [...unclear, ...leftover];
  if (accepted !== undefined && accepted < current)
    return [...leftover, belowCurrent(data.path, accepted, current)];
  const newest = data.snapshots[0];
  if (newest === undefined || left !== undefined) return leftover;
  const epoch = newest.zxid >> COUNTER_BITS;
  return current < epoch ? [belowData(data.path, current, epoch)] : leftover;
}

/** The number in `currentEpoch`, from its text; 0 where there is none, as before the first quorum. */
export function epochOf({ currentEpoch }: EpochFiles): number {
  return Number(readEpoch(currentEpoch) ?? 0n);
}

/** As Long.parseLong reads it; -1 is what a server writes that has no data. */
function readEpoch(text: string | undefined): bigint | undefined {
  return text !== undefined && /^[-+]?\d{1,18}$/.test(text) ? BigInt(text.replace('+', '')) : undefined;
}

function unreadable(path: string, text: string | undefined, epoch: bigint | undefined): Finding[] {
  if (text === undefined || epoch !== undefined) return [];
  return [
    finding('ZK-VOLUME-010', {
      subject: path,
      problem: text === '' ? 'is empty' : `holds ${JSON.stringify(text.slice(0, 40))}, which is no number`,
      remedy:
        'let this member join a quorum of the others with an empty volume; or write the epoch of its newest transaction there, when you know it',
    }),
  ];
}

function belowCurrent(path: string, accepted: bigint, current: bigint): Finding {
  return finding('ZK-VOLUME-010', {
    subject: `${path}/acceptedEpoch`,
    problem: `is ${accepted}, below currentEpoch, which is ${current}: files of different times are mixed`,
    remedy: `bring back the volume as it was; when it is this member's own, write ${current} into acceptedEpoch`,
  });
}

function belowData(path: string, current: bigint, epoch: bigint): Finding {
  return finding('ZK-VOLUME-010', {
    subject: `${path}/currentEpoch`,
    problem: `is ${current}, older than the newest snapshot, which is of epoch ${epoch}`,
    remedy: `bring back the volume as it was; when it is this member's own, write ${epoch} into currentEpoch and acceptedEpoch`,
  });
}

function unfinished(path: string): Finding {
  return finding('ZK-VOLUME-011', {
    subject: `${path}/currentEpoch.tmp`,
    problem: 'was left behind, and ZooKeeper 3.4 does not go on from it',
    remedy: 'should ZooKeeper end with status 1 over its epoch, move its number into currentEpoch',
  });
}
