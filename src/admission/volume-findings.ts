import { type Finding, finding } from '../findings/finding.ts';
import type { Consent, ConsentKind } from '../settings/consent-list.ts';
import { type ConsentState, consentFor, howToConsent, isGiven } from './consent.ts';
import { type EnsembleName, ensembleWords, isOtherEnsemble } from './ensemble-name.ts';
import { type DataOnVolume, knownBy } from './known.ts';
import { judgeChange } from './quorums.ts';
import type { MemberRecord, RecordOnDisk } from './record.ts';

/** Our side and the volume's, as far as the start has looked. */
export interface VolumeLook {
  readonly path: string;
  readonly disk: RecordOnDisk;
  readonly data: DataOnVolume;
  readonly id: number;
  readonly ensemble: EnsembleName;
  /** The voters of our list. */
  readonly voters: readonly number[];
  /** False for the one member of an ensemble of one, which asks nobody. */
  readonly hasPeers: boolean;
  readonly state: ConsentState;
  /** What ZK_CONSENT holds. */
  readonly given: readonly Consent[];
}

/** What the volume says, and which of the given consents were needed for it. */
export interface VolumeJudgement {
  readonly findings: readonly Finding[];
  readonly used: readonly Consent[];
}

/** Judges the volume's own knowledge of itself, before anything is asked of others. */
export function judgeVolume(look: VolumeLook): VolumeJudgement {
  const { disk } = look;
  if (disk.kind === 'unreadable' || disk.kind === 'newer') return refuse(recordProblem(look.path, disk));
  const record = disk.kind === 'record' ? disk.record : undefined;
  const foreign = record === undefined ? undefined : otherMember(look, record);
  if (foreign !== undefined) return refuse(foreign);
  const asked = [otherEnsemble(look, record), shrunk(look, record), vanished(look, record)];
  const judged = asked.filter((each) => each !== undefined).map((each) => consentOr(look, each));
  const adopted = record === undefined && look.data === 'served' ? [adoption(look)] : [];
  return {
    findings: [...judged.flatMap(({ findings }) => findings), ...adopted],
    used: judged.flatMap(({ used }) => used),
  };
}

/** An error that a person may overrule. */
interface Refusable {
  readonly kind: ConsentKind;
  readonly code: 'ZK-VOLUME-021' | 'ZK-VOLUME-025' | 'ZK-VOLUME-027';
  readonly problem: string;
  readonly remedy: string;
}

function refuse(found: Finding): VolumeJudgement {
  return { findings: [found], used: [] };
}

function consentOr(look: VolumeLook, { kind, code, problem, remedy }: Refusable | Warned): VolumeJudgement {
  if (kind === undefined) return refuse(finding(code, { subject: look.path, problem, remedy }));
  const consent = consentFor(kind, look.state);
  if (!isGiven(look.given, consent)) {
    return refuse(
      finding(code, { subject: look.path, problem, remedy: `${remedy}; ${howToConsent(consent)}` }),
    );
  }
  const used = finding('ZK-VOLUME-029', {
    subject: 'ZK_CONSENT',
    problem: `${kind} was consented to: ${look.path} ${problem}`,
    remedy: 'remove ZK_CONSENT again; it has no further effect',
  });
  return { findings: [used], used: [consent] };
}

/** A finding that nobody can overrule, or need not. */
interface Warned {
  readonly kind: undefined;
  readonly code: 'ZK-VOLUME-026';
  readonly problem: string;
  readonly remedy: string;
}

function recordProblem(path: string, disk: Extract<RecordOnDisk, { kind: 'unreadable' | 'newer' }>): Finding {
  if (disk.kind === 'newer') {
    return finding('ZK-VOLUME-024', {
      subject: path,
      problem: `has the format ${disk.format}, which a later zk-entrypoint wrote; this one reads 1`,
      remedy: 'use the image that last ran on this volume, or a later one',
    });
  }
  return finding('ZK-VOLUME-023', {
    subject: path,
    problem: disk.problem,
    remedy: 'look at the volume; if the data is this member’s own, remove the file and it is written anew',
  });
}

function otherMember({ path, id }: VolumeLook, record: MemberRecord): Finding | undefined {
  if (record.id === id) return undefined;
  return finding('ZK-VOLUME-020', {
    subject: path,
    problem: `says that this is the volume of member ${record.id}, but this server is ${id}`,
    remedy: `attach the volume that belongs to member ${id}`,
  });
}

function otherEnsemble(look: VolumeLook, record: MemberRecord | undefined): Refusable | undefined {
  if (record === undefined || !isOtherEnsemble(record.ensemble, look.ensemble)) return undefined;
  return {
    kind: 'other-ensemble',
    code: 'ZK-VOLUME-021',
    problem: `says that this is the volume of the ensemble ${ensembleWords(record.ensemble)}, but this server is of ${ensembleWords(look.ensemble)}`,
    remedy: 'attach the right volume, or set ZK_CLUSTER_NAME to the name it has',
  };
}

/** ZK_REPLICAS 3 → 1 by mistake makes a standalone server beside an ensemble, which may lack its last writes. */
function shrunk(look: VolumeLook, record: MemberRecord | undefined): Refusable | Warned | undefined {
  const known = new Set(knownBy(record, look.data, look.voters));
  const verdict = judgeChange(look.voters, known);
  if (verdict === 'safe') return undefined;
  const change = `has served with the voters ${list([...known])}, and the list now has ${list(look.voters)}`;
  if (verdict === 'after-serving') {
    return {
      kind: undefined,
      code: 'ZK-VOLUME-026',
      problem: `${change}: a quorum of these need not hold the last writes`,
      remedy: `let ${list(look.voters)} serve together with the old list before it changes, as a StatefulSet does that is scaled down`,
    };
  }
  return {
    kind: 'shrink',
    code: 'ZK-VOLUME-025',
    problem: `${change}: acknowledged writes may be missing from what these hold`,
    remedy:
      'correct ZK_REPLICAS or ZK_ENSEMBLE, or change the list in steps that keep more than half of the voters',
  };
}

/** In an ensemble an empty volume is waited with; alone there is nobody who could have the data. */
function vanished(look: VolumeLook, record: MemberRecord | undefined): Refusable | undefined {
  if (look.hasPeers || look.data !== 'empty' || (record?.members.length ?? 0) === 0) return undefined;
  return {
    kind: 'empty-volume',
    code: 'ZK-VOLUME-027',
    problem: `says that this volume has served since ${record?.firstStart}, but it holds no data`,
    remedy: 'bring the data back: look at ZK_DATA_DIR, ZK_DATA_LOG_DIR and the mounts',
  };
}

function adoption({ path, voters }: VolumeLook): Finding {
  return finding('ZK-VOLUME-022', {
    subject: path,
    problem: `is not there, but data is: it is taken for this member’s own, last served with the voters ${list(voters)}`,
    remedy: 'nothing to do; the file is written with this start',
  });
}

function list(ids: readonly number[]): string {
  return ids.toSorted((a, b) => a - b).join(', ');
}
