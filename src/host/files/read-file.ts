import { closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import { formatSize } from '../../text/size.ts';
import { AT_ONCE, demandFile, isNull, Unfit, whatStandsAt, whyNoFile } from './foreign.ts';
import { isRoot, openWithoutStraying } from './root-path.ts';

/** The most bytes that are read, by the kind of file. The limits are many times larger than real files. */
export const atMost = {
  /** One line: a number, a token, a limit. */
  lineBytes: 4_096,
  /** A setting, an env file, a record, a JAAS file: as much as one ConfigMap or Secret can hold. */
  textBytes: 1_048_576,
  /** Key stores, and lists of the system's own: accounts, hosts, mounts. */
  listBytes: 16_777_216,
  /** As much as `kubectl get -o yaml` may print for a large namespace. */
  manifestBytes: 67_108_864,
} as const;

/** How a file is read. */
export interface Reading {
  readonly maxBytes: number;
  /**
   * `volume`: another user may have put a link into the path, and root must not follow it. Paths that settings name are
   * followed, because the kubelet mounts Secrets and ConfigMaps as links.
   */
  readonly lies?: 'volume';
}

/**
 * The only way to read a file that others have made. It never waits, and never reads more than the limit.
 * @throws Unfit for anything that is not a regular file or is too large, and the system call's error otherwise.
 */
export function readBytes(path: string, { maxBytes, lies }: Reading): Buffer {
  return withFile(path, lies, (descriptor, size) => {
    if (size > maxBytes) throw tooLarge(maxBytes, size);
    return readAll(descriptor, maxBytes);
  });
}

/** The same as text. */
export function readText(path: string, reading: Reading, encoding: 'utf8' | 'latin1' = 'utf8'): string {
  return readBytes(path, reading).toString(encoding);
}

/** The beginning and the end of a file of any size. */
export interface Ends {
  readonly bytes: number;
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

/** The ends of a file on the volume. @throws as readBytes does. */
export function readEnds(path: string, { head, tail }: { head: number; tail: number }): Ends {
  return withFile(path, 'volume', (descriptor, bytes) => ({
    bytes,
    head: part(descriptor, { length: head, from: 0 }),
    tail: part(descriptor, { length: tail, from: Math.max(0, bytes - tail) }),
  }));
}

/** The first bytes of a file on the volume, and how large it is. @throws as readBytes does. */
export function readBeginning(path: string, maxBytes: number): { bytes: number; beginning: Uint8Array } {
  return withFile(path, 'volume', (descriptor, bytes) => ({
    bytes,
    beginning: part(descriptor, { length: Math.min(bytes, maxBytes), from: 0 }),
  }));
}

/** Reads a file on the volume from its beginning to its end, in parts that are the callback's until it returns. @throws as readBytes does. */
export function readInParts(path: string, each: (part: Uint8Array) => void): void {
  const buffer = new Uint8Array(1_048_576);
  withFile(path, 'volume', (descriptor) => {
    for (;;) {
      const count = readSync(descriptor, buffer, 0, buffer.length, null);
      if (count === 0) return;
      each(buffer.subarray(0, count));
    }
  });
}

function part(descriptor: number, { length, from }: { length: number; from: number }): Uint8Array {
  const buffer = new Uint8Array(length);
  return buffer.subarray(0, readSync(descriptor, buffer, 0, length, from));
}

function withFile<T>(
  path: string,
  lies: Reading['lies'],
  read: (descriptor: number, sizeBytes: number) => T,
): T {
  const descriptor = lies === 'volume' && isRoot() ? openWithoutStraying(path) : openFile(path);
  try {
    return read(descriptor, demandFile(descriptor).size);
  } finally {
    closeSync(descriptor);
  }
}

/** Checked before it is opened, because opening some devices has effects, and checked again once it is open. */
function openFile(path: string): number {
  const stats = whatStandsAt(path);
  const problem = isNull(stats) ? undefined : whyNoFile(stats);
  if (problem !== undefined) throw new Unfit(problem);
  return openSync(path, constants.O_RDONLY | AT_ONCE);
}

/** Files of /proc have no size before they are read, and others may grow. So it reads to the end, not to the size. */
function readAll(descriptor: number, maxBytes: number): Buffer {
  const chunks: Buffer[] = [];
  for (let total = 0; total <= maxBytes; ) {
    const chunk = Buffer.alloc(Math.min(65_536, maxBytes + 1 - total));
    const count = readSync(descriptor, chunk, 0, chunk.length, null);
    if (count === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, count));
    total += count;
  }
  throw tooLarge(maxBytes);
}

/** True if every user may read the file that a path leads to; false if that is not known. */
export function isReadableByAll(path: string): boolean {
  try {
    return (statSync(path).mode & 0o004) !== 0;
  } catch {
    return false;
  }
}

/** Why a file is not read: `has 3 GiB, more than the 1 MiB that are read of such a file`. */
export function tooLarge(maxBytes: number, bytes?: number): Unfit {
  const has = bytes === undefined ? 'has' : `has ${formatSize(bytes)},`;
  return new Unfit(`${has} more than the ${formatSize(maxBytes)} that are read of such a file`);
}
