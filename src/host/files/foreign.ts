import { constants, fstatSync, lstatSync, readlinkSync, type Stats, statSync } from 'node:fs';
import { errorCode } from '../errno.ts';

/** Why a path is not used, in words that follow the path. */
export class Unfit extends Error {
  override readonly name = 'Unfit';
}

/** What is there instead of a regular file: `is a directory`; undefined for a regular file. */
export function whyNoFile(stats: Stats): string | undefined {
  if (stats.isFile()) return undefined;
  if (stats.isDirectory()) return 'is a directory';
  if (stats.isSymbolicLink()) return 'is a symbolic link';
  if (stats.isFIFO()) return 'is a named pipe, not a file';
  if (stats.isSocket()) return 'is a socket, not a file';
  return 'is a device, not a file';
}

/** `/dev/null`, which may be mounted over a file to hide it (Linux, devices.txt: character device 1, 3). */
const NULL_DEVICE = 0x103;

/** True for /dev/null, which is read as an empty file and never blocks. */
export function isNull(stats: Stats): boolean {
  return stats.isCharacterDevice() && stats.rdev === NULL_DEVICE;
}

/**
 * The file that the path leads to. A broken link does not count as a missing file, because a file was meant to be there.
 * @throws Unfit for such a link, and the system call's error otherwise; ENOENT if nothing is there.
 */
export function whatStandsAt(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' && isLink(path)) {
      throw new Unfit(`is a symbolic link to ${readlinkSync(path)}, which does not exist`);
    }
    throw error;
  }
}

/** The regular file that the path leads to; undefined in every other case. */
export function regularFile(path: string): Stats | undefined {
  try {
    const stats = statSync(path);
    return stats.isFile() ? stats : undefined;
  } catch {
    return undefined;
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/** Opens without waiting, also a pipe without a writer or a serial line without a carrier. */
export const AT_ONCE = constants.O_NONBLOCK | constants.O_NOCTTY;

/** @throws Unfit unless the descriptor is that of a regular file, or of /dev/null. */
export function demandFile(descriptor: number): Stats {
  const stats = fstatSync(descriptor);
  const problem = isNull(stats) ? undefined : whyNoFile(stats);
  if (problem !== undefined) throw new Unfit(problem);
  return stats;
}
