import { join } from 'node:path';
import { RECORD_FILE } from '../../admission/record.ts';
import type { Ensemble } from '../../ensemble/member.ts';
import { type Finding, hasErrors } from '../../findings/finding.ts';
import type { Settings } from '../../settings/table.ts';
import { epochFindings } from '../../volume/epochs.ts';
import { type FileHead, snapshotState } from '../../volume/file-head.ts';
import { logFindings, openedLogs } from '../../volume/logs.ts';
import { mountFindings, mountOf, sharedDevice, surroundings } from '../../volume/mounts.ts';
import { type Need, ownershipFindings } from '../../volume/ownership.ts';
import {
  downgrade,
  initializeFindings,
  type LastStart,
  misplacedFindings,
  movedFindings,
  oneDirectory,
} from '../../volume/places.ts';
import { type Consents, type Refusable, refusalsOf } from '../../volume/refusable.ts';
import { missingSnapshot, snapshotFindings } from '../../volume/snapshots.ts';
import { spaceFindings } from '../../volume/space.ts';
import { strangeFindings } from '../../volume/strange.ts';
import type { VolumeFacts } from '../../volume/volume-facts.ts';
import type { Distribution } from '../../zookeeper/distribution.ts';
import { isHandedOver, zooKeepersAccount } from '../account/zookeepers-account.ts';
import { identityOf } from '../files/identity-of.ts';
import { isRoot } from '../files/root-path.ts';
import { readEpochs, readHead, readNewestTransaction, readSnapshotHeads } from './read-heads.ts';
import { isThere, mounts, readFileSystem, readOwners, realPath } from './read-places.ts';
import { readFolder, readVolume } from './read-volume.ts';

/** What the guards need to know; record and consents come from whoever keeps them. */
export interface GuardInput {
  readonly settings: Pick<Settings, 'user' | 'dataDir' | 'dataLogDir' | 'extraConfig'>;
  readonly distribution: Pick<Distribution, 'release'>;
  readonly ensemble: Pick<Ensemble, 'members'>;
  readonly lastStart?: LastStart | undefined;
  readonly consents?: Consents;
}

/** What lies on the volume and where it lies, judged from names, the ends of a few files, and what the system tells. */
export function volumeFindings(input: GuardInput): Finding[] {
  const facts = readVolume(input.settings);
  const owners = ownerFindings(input, facts);
  // What may not be read cannot be judged.
  if (hasErrors(owners)) return owners;
  const strange = strangeFindings(facts);
  // A link from one of our directories to the other is strange too, and the better reason.
  if (hasErrors(strange)) return sameDirectory(input.settings, facts) ?? strange;
  const heads = readSnapshotHeads(facts.data);
  const { findings, asked } = contentFindings(input, { facts, heads });
  return [
    ...owners,
    ...findings,
    ...refusalsOf(asked, input.consents),
    ...placeFindings(input, heads[0]?.bytes ?? 0),
  ];
}

interface Content {
  readonly facts: VolumeFacts;
  readonly heads: readonly FileHead[];
}

function contentFindings(
  { settings, distribution: { release }, ensemble, lastStart }: GuardInput,
  { facts, heads }: Content,
): { findings: Finding[]; asked: Refusable[] } {
  const epochs = readEpochs(facts.data.path);
  const older = downgrade(lastStart, release, settings.dataDir);
  const standalone = ensemble.members.length < 2;
  const left = lastStart === undefined ? undefined : readFolder(lastStart.dataLogDir);
  return {
    findings: [
      ...placement(settings, facts, left),
      ...snapshotFindings({ newest: heads, facts, epochs, standalone, release }),
      ...logFindings(readOpenedLogs(facts, heads), release),
      // A server alone reads no epoch.
      ...(standalone
        ? []
        : epochFindings(
            { files: epochs, data: facts.data, newest: readNewestTransaction(facts, heads) },
            release,
          )),
      ...initializeFindings(facts, isThere(settings.dataDir, 'initialize')),
      ...older.findings,
    ],
    asked: [...missingSnapshot(facts, release), ...older.asked],
  };
}

/** What is one directory under two names shows every file twice, so nothing else is said of where they lie. */
function placement(
  settings: GuardInput['settings'],
  facts: VolumeFacts,
  left: ReturnType<typeof readFolder> | undefined,
): Finding[] {
  return sameDirectory(settings, facts) ?? [...misplacedFindings(facts), ...movedFindings(facts, left)];
}

function sameDirectory(
  { dataDir, dataLogDir }: GuardInput['settings'],
  facts: VolumeFacts,
): Finding[] | undefined {
  const pairs = [
    [dataDir, dataLogDir],
    [facts.data.path, facts.log.path],
  ] as const;
  const one = pairs.find(([first, second]) => first !== second && identityOf(first) === identityOf(second));
  return one && [oneDirectory(...one, dataDir)];
}

function readOpenedLogs({ log }: VolumeFacts, snapshots: readonly FileHead[]): FileHead[] {
  const whole = snapshots.find((head) => snapshotState(head) === 'whole');
  return openedLogs(log.logs, whole?.file.zxid).flatMap((file) => readHead(log.path, file) ?? []);
}

function placeFindings({ settings, distribution, ensemble }: GuardInput, snapshotBytes: number): Finding[] {
  const [data, log] = [settings.dataDir, settings.dataLogDir].map(readFileSystem) as [
    FileSystemOf,
    FileSystemOf,
  ];
  const space = spaceFindings({
    data,
    log,
    snapshotBytes,
    extraConfig: settings.extraConfig,
    release: distribution.release,
    standalone: ensemble.members.length < 2,
  });
  const all = mounts();
  const place = (directory: string) => ({ path: directory, mount: mountOf(all, realPath(directory)) });
  const places = [...new Set([settings.dataDir, settings.dataLogDir])].map(place);
  const [first, second] = [places[0], places.at(-1)] as [(typeof places)[0], (typeof places)[0]];
  return [
    ...space,
    ...mountFindings(places, surroundings(all, process.env['KUBERNETES_SERVICE_HOST'])),
    ...sharedDevice({ ...first, device: data.device }, { ...second, device: log.device }),
  ];
}

type FileSystemOf = ReturnType<typeof readFileSystem>;

function ownerFindings({ settings }: GuardInput, { data, log }: VolumeFacts): Finding[] {
  const reader = zooKeepersAccount(settings.user);
  if (reader === undefined) return [];
  const { dataDir, dataLogDir } = settings;
  const below = (names: readonly string[], need: Need) => names.map((path) => ({ path, need }));
  const looked = {
    data: [
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
        // Whoever is not root finds that out by reading them.
        (isRoot() ? ['myid', RECORD_FILE] : []).map((name) => join(dataDir, name)),
        4,
      ),
    ],
    log: [
      ...below([log.path], 7),
      ...below(
        log.logs.slice(0, 1).map(({ name }) => join(log.path, name)),
        6,
      ),
    ],
  };
  // What root is about to hand over whole is judged by nobody.
  const judged = [
    ...(isHandedOver(dataDir, settings.user) ? [] : looked.data),
    ...(isHandedOver(dataLogDir, settings.user) ? [] : looked.log),
  ];
  return ownershipFindings(readOwners(judged), reader);
}
