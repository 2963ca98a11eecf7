/**
 * ZooKeeper's encoding (jute): big-endian numbers, a length of four bytes before each text and buffer, -1 for none.
 */

/** Bytes of an int. */
export function int(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** Bytes of a long. */
export function long(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

/** Bytes of a text, or of none. */
export function text(value: string | undefined): Buffer {
  return value === undefined ? int(-1) : buffer(Buffer.from(value));
}

/** Bytes of a buffer, with its length. */
export function buffer(value: Buffer): Buffer {
  return Buffer.concat([int(value.length), value]);
}

/** The text of a buffer that begins at `offset`; empty for none. Throws a RangeError when the bytes end before. */
export function readText(bytes: Buffer, offset: number): string {
  const length = bytes.readInt32BE(offset);
  const start = offset + 4;
  if (length > bytes.length - start) throw new RangeError(`a text of ${length} bytes, where fewer are left`);
  return length < 0 ? '' : bytes.toString('utf8', start, start + length);
}

/** The whole frames at the front of what was received, and the bytes of the next. */
export interface Frames {
  readonly frames: readonly Buffer[];
  readonly rest: Buffer;
}

/** Cuts frames of at most `maxBytes`. Throws a RangeError for a length that no ZooKeeper server sends. */
export function cutFrames(received: Buffer, maxBytes: number): Frames {
  const frames: Buffer[] = [];
  let rest = received;
  while (rest.length >= 4) {
    const length = rest.readInt32BE(0);
    if (length < 0 || length > maxBytes) throw new RangeError(`a frame of ${length} bytes`);
    if (rest.length < 4 + length) break;
    frames.push(rest.subarray(4, 4 + length));
    rest = rest.subarray(4 + length);
  }
  return { frames, rest };
}
