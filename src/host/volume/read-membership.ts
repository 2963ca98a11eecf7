import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CommittedConfiguration, readConfiguration } from '../../membership/configuration.ts';
import { membershipFolder } from '../../render/dynamic-files.ts';
import type { Settings } from '../../settings/table.ts';
import { describeErrno } from '../errno.ts';
import { attempt } from '../files/carry-out.ts';
import { listFolder } from '../files/list-folder.ts';
import { atMost, readText } from '../files/read-file.ts';

/** The committed configuration on a volume. */
export type MembershipOnVolume =
  | { readonly kind: 'none' }
  | { readonly kind: 'committed'; readonly configuration: CommittedConfiguration }
  /** It cannot be read or used; `problem` follows the path. */
  | { readonly kind: 'strange'; readonly path: string; readonly problem: string };

/** The name of a configuration that a server committed (QuorumPeer.makeDynamicConfigFilename), or that a joining member got from peers. */
const VERSIONED = /^(?:zoo\.cfg\.dynamic|heard)\.([0-9a-f]{1,16})$/;
const COMMITTED = 'zoo.cfg.dynamic';
const NEXT = 'zoo.cfg.dynamic.next';

/**
 * Reads the newest configuration on the volume. A server writes a versioned file when the change is committed, and names
 * it in zoo.cfg after that, so the newest file is never older than what zoo.cfg names.
 */
export function readMembership({ dataDir }: Pick<Settings, 'dataDir'>): MembershipOnVolume {
  const folder = membershipFolder(dataDir);
  let path = folder;
  try {
    const [newest] = versionedFiles(folder);
    if (newest === undefined) return { kind: 'none' };
    path = join(folder, newest.name);
    const reading = readConfiguration(readOfVolume(path), newest.version);
    if (reading.kind === 'strange')
      return { kind: 'strange', path, problem: `has a line that is not supported: "${reading.line}"` };
    const isOnVolume = newest.name.startsWith(`${COMMITTED}.`);
    return { kind: 'committed', configuration: { ...reading.configuration, isOnVolume } };
  } catch (error) {
    return { kind: 'strange', path, problem: describeErrno(error) };
  }
}

/** Names with versions, the newest first. A first start has version 0. */
function versionedFiles(folder: string): { readonly name: string; readonly version: bigint }[] {
  return listFolder(folder, { keep: (name) => VERSIONED.test(name) })
    .map(({ name }) => ({ name, version: BigInt(`0x${VERSIONED.exec(name)?.[1]}`) }))
    .filter(({ version }) => version > 0n)
    .sort((one, other) => {
      if (one.version !== other.version) return one.version > other.version ? -1 : 1;
      return one.name.startsWith(COMMITTED) ? -1 : 1;
    });
}

function readOfVolume(path: string): string {
  return readText(path, { maxBytes: atMost.textBytes, lies: 'volume' });
}

/** ZooKeeper keeps the file of every change. The last few show what has happened. */
const KEPT = 5;

/**
 * Removes files of earlier starts: old versions, and files of joining. A configuration that was proposed before `committed`
 * but never committed must not be used for votes again. @throws WriteFailure
 */
export function tidyMembership(
  { dataDir }: Pick<Settings, 'dataDir'>,
  committed: CommittedConfiguration | undefined,
): void {
  const folder = membershipFolder(dataDir);
  const old = versionedFiles(folder).slice(KEPT);
  const joining = listFolder(folder, { keep: (name) => name.startsWith('joining.') });
  const gone = [...old, ...joining].map(({ name }) => name);
  if (committed !== undefined && isBefore(join(folder, NEXT), committed)) gone.push(NEXT);
  for (const path of gone.map((name) => join(folder, name)))
    attempt(path, () => rmSync(path, { force: true }));
}

/** Removes all of them, so that the list of the settings decides again. @throws WriteFailure */
export function forgetMembership({ dataDir }: Pick<Settings, 'dataDir'>): void {
  const folder = membershipFolder(dataDir);
  for (const { name } of listFolder(folder, { keep: (each) => VERSIONED.test(each) || each === NEXT })) {
    const path = join(folder, name);
    attempt(path, () => rmSync(path, { force: true }));
  }
}

/** A proposal has its version in the file (QuorumPeerConfig.writeDynamicConfig). */
function isBefore(path: string, { version }: CommittedConfiguration): boolean {
  try {
    const reading = readConfiguration(readOfVolume(path));
    return reading.kind === 'read' && reading.configuration.version <= version;
  } catch {
    return false;
  }
}
