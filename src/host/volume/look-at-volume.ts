import { join } from 'node:path';
import { RECORD_FILE } from '../../admission/record.ts';
import type { Settings } from '../../settings/table.ts';
import { type FileHead, snapshotState } from '../../volume/file-head.ts';
import type { DirectoryPlace, VolumeContents, VolumeLook } from '../../volume/judge-volume.ts';
import { openedLogs } from '../../volume/logs.ts';
import { platformOf } from '../../volume/mounts.ts';
import type { Need } from '../../volume/ownership.ts';
import { isHandedOver, zooKeepersAccount } from '../account/privileges.ts';
import { identityOf } from '../files/identity-of.ts';
import { isRoot } from '../files/root-path.ts';
import {
  readEpochs,
  readHead,
  readNewestTransaction,
  readSnapshotHeads,
  readTornLogs,
} from './read-heads.ts';
import { isThere, mounts, readFileSystem, readOwners, realPath } from './read-places.ts';
import { readFolder, readVolume } from './read-volume.ts';

type Directories = Pick<Settings, 'user' | 'dataDir' | 'dataLogDir'>;

/** Lists both `version-2`, once each, and reads the ends of the newest snapshots and the epochs. */
export function readContents(settings: Pick<Settings, 'dataDir' | 'dataLogDir'>): VolumeContents {
  const facts = readVolume(settings);
  return { facts, epochs: readEpochs(facts.data.path), heads: readSnapshotHeads(facts.data) };
}

/** Everything else that is judged of a volume; `lastDataLogDir` is where the last start wrote its logs. */
export function lookAtVolume(
  contents: VolumeContents,
  settings: Directories,
  lastDataLogDir: string | undefined,
): VolumeLook {
  const { facts, heads } = contents;
  const all = mounts();
  return {
    contents,
    owners: ownersOf(contents, settings),
    sameDirectory: oneForBoth(contents, settings),
    openedLogs: readOpenedLogs(contents),
    tornLogs: readTornLogs(facts.log),
    newest: readNewestTransaction(facts, heads),
    left: lastDataLogDir === undefined ? undefined : leftIn(lastDataLogDir, contents, settings),
    hasInitialize: isThere(settings.dataDir, 'initialize'),
    data: placeOf(settings.dataDir),
    log: placeOf(settings.dataLogDir),
    mounts: all,
    runsIn: platformOf(all, process.env['KUBERNETES_SERVICE_HOST']),
  };
}

/** Usually the logs are still at the same place, and already listed. */
function leftIn(directory: string, { facts }: VolumeContents, { dataDir, dataLogDir }: Directories) {
  if (directory === dataLogDir) return facts.log;
  return directory === dataDir ? facts.data : readFolder(directory);
}

function oneForBoth(
  { facts }: VolumeContents,
  { dataDir, dataLogDir }: Directories,
): VolumeLook['sameDirectory'] {
  const pairs = [
    [dataDir, dataLogDir],
    [facts.data.path, facts.log.path],
  ] as const;
  return pairs.find(([first, second]) => first !== second && identityOf(first) === identityOf(second));
}

function readOpenedLogs({ facts: { log }, heads }: VolumeContents): FileHead[] {
  const whole = heads.find((head) => snapshotState(head) === 'whole');
  return openedLogs(log.logs, whole?.file.zxid).flatMap((file) => readHead(log.path, file) ?? []);
}

function placeOf(path: string): DirectoryPlace {
  return { path, realPath: realPath(path), fileSystem: readFileSystem(path) };
}

function ownersOf({ facts: { data, log } }: VolumeContents, settings: Directories): VolumeLook['owners'] {
  const reader = zooKeepersAccount(settings.user);
  if (reader === undefined) return undefined;
  const { dataDir, dataLogDir, user } = settings;
  const below = (names: readonly string[], need: Need) => names.map((path) => ({ path, need }));
  const inData = [
    ...below([data.path], 7),
    ...below(
      data.snapshots.slice(0, 1).map(({ name }) => join(data.path, name)),
      4,
    ),
    ...below(
      ['acceptedEpoch', 'currentEpoch'].map((name) => join(data.path, name)),
      4,
    ),
    ...below(
      // Without root, reading them shows it.
      (isRoot() ? ['myid', RECORD_FILE] : []).map((name) => join(dataDir, name)),
      4,
    ),
  ];
  const inLog = [
    ...below([log.path], 7),
    ...below(
      log.logs.slice(0, 1).map(({ name }) => join(log.path, name)),
      6,
    ),
  ];
  // A directory that root will give away with its content needs no check.
  const files = readOwners([
    ...(isHandedOver(dataDir, user) ? [] : inData),
    ...(isHandedOver(dataLogDir, user) ? [] : inLog),
  ]);
  return { files, reader };
}
