import { type Finding, hasErrors } from '../findings/finding.ts';
import type { Settings } from '../settings/table.ts';
import type { Release } from '../zookeeper/release.ts';
import { type EpochFiles, epochFindings, type NewestTransaction } from './epochs.ts';
import type { FileHead } from './file-head.ts';
import { logFindings, type TornLog, tornFindings } from './logs.ts';
import { type Mount, mountFindings, mountOf, type Platform, sharedDevice } from './mounts.ts';
import { type Need, type Owned, ownershipFindings, type Reader } from './ownership.ts';
import {
  downgrade,
  initializeFindings,
  type LastStart,
  misplacedFindings,
  movedFindings,
  oneDirectory,
} from './places.ts';
import { type ConsentBook, type Refusable, type Refusals, refusals } from './refusable.ts';
import { missingSnapshot, snapshotFindings } from './snapshots.ts';
import { type FileSystem, spaceFindings } from './space.ts';
import { strangeFindings } from './strange.ts';
import type { DataFolder, VolumeFacts } from './volume-facts.ts';

/** What lies in both `version-2`: the names, the epochs, and the ends of the newest snapshots. */
export interface VolumeContents {
  readonly facts: VolumeFacts;
  readonly epochs: EpochFiles;
  readonly heads: readonly FileHead[];
}

/** The place of one of the two directories. */
export interface DirectoryPlace {
  /** As the settings name it. */
  readonly path: string;
  /** Without symbolic links, as mount points are told; of the nearest directory that exists. */
  readonly realPath: string;
  readonly fileSystem: FileSystem;
}

/** One look at the volume: all that is judged of it. */
export interface VolumeLook {
  readonly contents: VolumeContents;
  /** The owners of the judged files of ZooKeeper; undefined if the user of ZooKeeper is not known. */
  readonly owners:
    | { readonly files: readonly (Owned & { need: Need })[]; readonly reader: Reader }
    | undefined;
  /** The two paths of the settings that lead to one directory. */
  readonly sameDirectory: readonly [string, string] | undefined;
  /** The ends of the logs that ZooKeeper opens at a start. */
  readonly openedLogs: readonly FileHead[];
  /** Logs that end within a record, although another follows. */
  readonly tornLogs?: readonly TornLog[];
  readonly newest: NewestTransaction | undefined;
  /** The folder of logs that the last start used; undefined without a last start. */
  readonly left: DataFolder | undefined;
  readonly hasInitialize: boolean;
  readonly data: DirectoryPlace;
  readonly log: DirectoryPlace;
  readonly mounts: readonly Mount[];
  readonly runsIn: Platform;
}

/** What the volume is judged for: which server is to start on it. */
export interface VolumeQuestion {
  readonly settings: Pick<Settings, 'dataDir' | 'dataLogDir' | 'extraConfig'>;
  readonly release: Release;
  /** True for an ensemble of one. */
  readonly standalone: boolean;
  readonly lastStart: LastStart | undefined;
  readonly consents: ConsentBook | undefined;
}

const nothing = (findings: Finding[]): Refusals => ({ findings, used: [] });

/** What lies on the volume and where it lies, judged from names, the ends of a few files, and what the system reports. */
export function judgeVolume(look: VolumeLook, question: VolumeQuestion): Refusals {
  const owners = look.owners === undefined ? [] : ownershipFindings(look.owners.files, look.owners.reader);
  // What may not be read cannot be judged.
  if (hasErrors(owners)) return nothing(owners);
  const strange = strangeFindings(look.contents.facts);
  // A link from one of our directories to the other is strange too, and the better reason.
  if (hasErrors(strange)) return nothing(sameDirectory(look, question) ?? strange);
  const { findings, asked } = judgeContents(look, question);
  const refused = refusals(asked, question.consents);
  return {
    findings: [...owners, ...findings, ...refused.findings, ...judgePlaces(look, question)],
    used: refused.used,
  };
}

function judgeContents(
  look: VolumeLook,
  question: VolumeQuestion,
): { findings: Finding[]; asked: Refusable[] } {
  const { facts, epochs, heads: newest } = look.contents;
  const { settings, release, standalone, lastStart } = question;
  const older = downgrade(lastStart, release, settings.dataDir);
  return {
    findings: [
      // One directory under two names shows every file twice, so no other finding about places is reported.
      ...(sameDirectory(look, question) ?? [...misplacedFindings(facts), ...movedFindings(facts, look.left)]),
      ...snapshotFindings({ newest, facts, epochs, standalone, release }),
      ...logFindings(look.openedLogs, release),
      ...tornFindings(look.tornLogs ?? [], look.openedLogs, facts.data),
      // A single server reads no epoch.
      ...(standalone ? [] : epochFindings({ files: epochs, data: facts.data, newest: look.newest }, release)),
      ...initializeFindings(facts, look.hasInitialize),
      ...older.findings,
    ],
    asked: [...missingSnapshot(facts, release), ...older.asked],
  };
}

function sameDirectory(look: VolumeLook, { settings }: VolumeQuestion): Finding[] | undefined {
  return look.sameDirectory && [oneDirectory(...look.sameDirectory, settings.dataDir)];
}

function judgePlaces(
  { data, log, mounts, runsIn, contents }: VolumeLook,
  { settings: { extraConfig }, release, standalone }: VolumeQuestion,
): Finding[] {
  const space = spaceFindings({
    data: data.fileSystem,
    log: log.fileSystem,
    snapshotBytes: contents.heads[0]?.bytes ?? 0,
    extraConfig,
    release,
    standalone,
  });
  const mounted = ({ path, realPath }: DirectoryPlace) => ({ path, mount: mountOf(mounts, realPath) });
  const places = data.path === log.path ? [mounted(data)] : [mounted(data), mounted(log)];
  return [
    ...space,
    ...mountFindings(places, runsIn),
    ...sharedDevice(
      { ...mounted(data), device: data.fileSystem.device },
      { ...mounted(log), device: log.fileSystem.device },
    ),
  ];
}
