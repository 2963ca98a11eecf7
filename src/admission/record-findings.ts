import { type Finding, finding } from '../findings/finding.ts';
import { type ConsentBook, type Refusable, type Refusals, refusals } from '../volume/refusable.ts';
import { type EnsembleName, ensembleWords, isOtherEnsemble } from './ensemble-name.ts';
import { judgeChange } from './quorums.ts';
import type { MemberRecord, RecordOnDisk } from './record.ts';
import { knownBy, type Traces } from './voters-with-data.ts';

/** What the settings and the volume say, as far as the start has read them. */
export interface RecordLook extends Traces {
  /** The path of the record. */
  readonly path: string;
  readonly disk: RecordOnDisk;
  readonly id: number;
  readonly ensemble: EnsembleName;
  /** The voters of our list. */
  readonly voters: readonly number[];
  /** True if the voters are in a committed configuration, so that the list of the settings does not count. */
  readonly isCommitted?: boolean;
  /** False for a single server, which has no peers to ask. */
  readonly hasPeers: boolean;
  readonly consents: ConsentBook;
}

/** Judges the record of the volume, before any peer is asked. */
export function judgeRecord(look: RecordLook): Refusals {
  const { disk } = look;
  if (disk.kind === 'unreadable' || disk.kind === 'newer') return refuse(recordProblem(look.path, disk));
  const record = disk.kind === 'record' ? disk.record : undefined;
  const foreign = record === undefined ? undefined : otherMember(look, record);
  if (foreign !== undefined) return refuse(foreign);
  const asked = [otherEnsemble(look, record), shrunk(look, record), vanished(look, record)];
  const { findings, used } = refusals(
    asked.filter((each) => each !== undefined),
    look.consents,
  );
  return { findings: [...findings, ...shortened(look, record), ...adoption(look, record)], used };
}

function refuse(found: Finding): Refusals {
  return { findings: [found], used: [] };
}

function recordProblem(path: string, disk: Extract<RecordOnDisk, { kind: 'unreadable' | 'newer' }>): Finding {
  if (disk.kind === 'newer') {
    return finding('ZK-VOLUME-024', {
      subject: path,
      problem: `has the format ${disk.format} of a later zk-entrypoint; this one reads format 1`,
      remedy: 'use the image that last ran on this volume, or a later one',
    });
  }
  return finding('ZK-VOLUME-023', {
    subject: path,
    problem: disk.problem,
    remedy:
      'look at the volume; if the data belongs to this member, remove the file, and the start writes it again',
  });
}

function otherMember({ path, id }: RecordLook, record: MemberRecord): Finding | undefined {
  if (record.id === id) return undefined;
  return finding('ZK-VOLUME-020', {
    subject: path,
    problem: `names the volume of member ${record.id}, but this server is ${id}`,
    remedy: `attach the volume that belongs to member ${id}`,
  });
}

function otherEnsemble(look: RecordLook, record: MemberRecord | undefined): Refusable | undefined {
  if (record === undefined || !isOtherEnsemble(record.ensemble, look.ensemble)) return undefined;
  return {
    kind: 'other-ensemble',
    code: 'ZK-VOLUME-021',
    subject: look.path,
    problem: `names the volume of the ensemble ${ensembleWords(record.ensemble)}, but this server is of ${ensembleWords(look.ensemble)}`,
    remedy: 'attach the right volume, or set ZK_CLUSTER_NAME to the name in the record',
  };
}

/** A mistaken ZK_REPLICAS 3 → 1 makes a standalone server beside the ensemble. It may lack the last writes. */
function shrunk(look: RecordLook, record: MemberRecord | undefined): Refusable | undefined {
  const { verdict, words } = changeOf(look, record);
  if (verdict !== 'unsafe' || look.isCommitted === true) return undefined;
  return {
    kind: 'shrink',
    code: 'ZK-VOLUME-025',
    subject: look.path,
    problem: `${words}: acknowledged writes may be missing from what these hold`,
    remedy:
      'correct ZK_REPLICAS or ZK_ENSEMBLE, or change the list in steps that keep more than half of the voters',
  };
}

function shortened(look: RecordLook, record: MemberRecord | undefined): Finding[] {
  const { verdict, words } = changeOf(look, record);
  if (verdict !== 'after-serving' || look.isCommitted === true) return [];
  return [
    finding('ZK-VOLUME-026', {
      subject: look.path,
      problem: `${words}: a quorum of these need not hold the last writes`,
      remedy: `let ${list(look.voters)} serve together with the old list before the list changes; a StatefulSet that is scaled down does so`,
    }),
  ];
}

function changeOf(look: RecordLook, record: MemberRecord | undefined) {
  const { voters } = look;
  const known = new Set(knownBy(record, look, voters));
  const words = `has served with the voters ${list([...known])}, and the list now has ${list(voters)}`;
  return { verdict: judgeChange(voters, known), words };
}

/** In an ensemble, a member with an empty volume waits. For a single server, no other member can have the data. */
function vanished(look: RecordLook, record: MemberRecord | undefined): Refusable | undefined {
  if (look.hasPeers || look.data !== 'empty' || (record?.members.length ?? 0) === 0) return undefined;
  return {
    kind: 'empty-volume',
    code: 'ZK-VOLUME-027',
    subject: look.path,
    problem: `says that this volume has served since ${record?.firstStart}, but it holds no data`,
    remedy: 'restore the data; check ZK_DATA_DIR, ZK_DATA_LOG_DIR and the mounts',
  };
}

function adoption({ path, data, voters }: RecordLook, record: MemberRecord | undefined): Finding[] {
  if (record !== undefined || data !== 'served') return [];
  return [
    finding('ZK-VOLUME-022', {
      subject: path,
      problem: `is missing, but the volume has data: it is used as the data of this member, last served with the voters ${list(voters)}`,
      remedy: 'nothing to do; this start writes the file',
    }),
  ];
}

function list(ids: readonly number[]): string {
  return ids.toSorted((a, b) => a - b).join(', ');
}
