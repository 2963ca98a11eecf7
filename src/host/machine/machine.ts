import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Machine } from '../../preparation/machine.ts';
import type { Variables } from '../../settings/read-row.ts';
import { mountOf } from '../../volume/mounts.ts';
import { describeErrno } from '../errno.ts';
import { atMost, isReadableByAll, readText } from '../files/read-file.ts';
import { isThere, isVolume, mounts, readFileSystem, realPath } from '../volume/read-places.ts';
import { readFolder } from '../volume/read-volume.ts';
import { readMemory } from './cgroup.ts';
import { findDistribution } from './distribution.ts';
import { findDomain } from './domain.ts';
import { findClassArchive, findJava, readJavaRelease } from './java.ts';

/** The machine this process runs on, with its own variables or those of another process. */
export function thisMachine(variables: Variables = process.env): Machine {
  return {
    variables,
    hostName: hostname(),
    memory: readMemory(),
    readText: textOf,
    ownAddresses,
    places: { findData, holdsLogs, isMounted },
    findId,
    findDomain: (hostName) => findDomain(hostName),
    findDistribution,
    findClassArchive,
    // Rare, and node:tls takes its time to load.
    inspectTlsStore: async (question) => (await mounted()).inspectTlsStore(question),
    trustsCertificate: async (own, trust) => (await mounted()).trustsCertificate(own, trust),
    composeTls: async (question) => (await mounted()).composeTls(question),
    readKeytab: async (path) => (await mounted()).inspectKeytab(path),
    isInMemory,
    isReadableByAll,
    volumeBytes,
    readJavaRelease,
    findJava: (javaHome) => findJava({ javaHome, path: variables['PATH'] ?? '' }),
  };
}

const mounted = () => import('../tls/mounted.ts');

/** One line with a number, as ZooKeeper reads it (QuorumPeerConfig). Any other text is refused when the volume is judged. */
function findId(directory: string): number | undefined {
  try {
    const text = readText(join(directory, 'myid'), { maxBytes: atMost.lineBytes, lies: 'volume' }, 'latin1');
    const [, digits] = /^(\d{1,3})\r?\n?$/.exec(text) ?? [];
    return digits === undefined ? undefined : Number(digits);
  } catch {
    return undefined;
  }
}

/** Files of a server: ZooKeeper's folder with content, or a myid. */
function findData(directory: string): 'absent' | 'empty' | 'data' {
  if (!isThere(directory, '.')) return 'absent';
  const { snapshots, logs, problem } = readFolder(directory);
  // A directory that cannot be read may hold data.
  const holds = snapshots.length + logs.length > 0 || problem !== undefined || isThere(directory, 'myid');
  return holds ? 'data' : 'empty';
}

function holdsLogs(directory: string): boolean {
  return readFolder(directory).logs.length > 0;
}

/** Kubernetes may mount a volume above the directory, as at /bitnami/zookeeper. */
function isMounted(directory: string): boolean {
  if (!isThere(directory, '.')) return false;
  const mount = mountOf(mounts(), realPath(directory));
  return mount !== undefined && mount.point !== '/';
}

/** A volume is mounted. The root of a container or a laptop also holds other files. */
function volumeBytes(directory: string): number | undefined {
  return isVolume(directory) ? readFileSystem(directory).sizeBytes : undefined;
}

/** As the kernel tells it; of a folder that is not there yet, the one above it counts. */
function isInMemory(path: string): boolean | undefined {
  const all = mounts();
  const mount = mountOf(all, realPath(path));
  return mount === undefined ? undefined : mount.type === 'tmpfs' || mount.type === 'ramfs';
}

function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((interfaces) => interfaces ?? []);
  return all.filter(({ internal }) => !internal).map(({ address }) => address);
}

function textOf(path: string): ReturnType<Machine['readText']> {
  try {
    return { ok: true, text: readText(path, { maxBytes: atMost.textBytes }) };
  } catch (error) {
    return { ok: false, problem: describeErrno(error) };
  }
}
