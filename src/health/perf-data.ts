/** What a JVM tells of itself in its perf data file: numbers, and texts without their closing zero. */
export type JvmCounters = ReadonlyMap<string, number | string>;

const MAGIC = 0xcafec0c0;
const LITTLE_ENDIAN = 1;
/** PerfDataPrologue and PerfDataEntry of HotSpot's perfMemory.hpp, version 2. */
const PROLOGUE_BYTES = 32;
const ENTRY_BYTES = 20;
/** HotSpot 21 has some 250. A file that claims more than this is not HotSpot's. */
const MOST_ENTRIES = 4_096;

/**
 * Reads the file that HotSpot maps into memory, `/tmp/hsperfdata_<user>/<pid>`, as jstat does: a copy of it is enough, and
 * the JVM does not notice. Undefined for anything else and while the JVM still fills it. Longs that a double cannot hold
 * lose their last digits.
 */
export function parsePerfData(bytes: Uint8Array): JvmCounters | undefined {
  if (bytes.length < PROLOGUE_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [order, major, , accessible] = bytes.subarray(4, 8);
  if (view.getUint32(0) !== MAGIC || major !== 2 || accessible !== 1) return undefined;
  const isLittle = order === LITTLE_ENDIAN;
  const counters = new Map<string, number | string>();
  let at = view.getUint32(24, isLittle);
  const count = Math.min(view.getUint32(28, isLittle), MOST_ENTRIES);
  for (let index = 0; index < count && at + ENTRY_BYTES <= bytes.length; index++) {
    const length = view.getUint32(at, isLittle);
    if (length < ENTRY_BYTES || at + length > bytes.length) break;
    const entry = new DataView(bytes.buffer, bytes.byteOffset + at, length);
    const [name, value] = nameAndValue(entry, isLittle);
    if (value !== undefined) counters.set(name, value);
    at += length;
  }
  return counters;
}

/** A long is a vector of none, a text one of bytes; HotSpot writes no other kinds. */
function nameAndValue(entry: DataView, isLittle: boolean): [string, number | string | undefined] {
  const nameAt = entry.getUint32(4, isLittle);
  const vectorLength = entry.getUint32(8, isLittle);
  const type = String.fromCharCode(entry.getUint8(12));
  const dataAt = entry.getUint32(16, isLittle);
  const name = textAt(entry, nameAt, entry.byteLength);
  if (type === 'B' && vectorLength > 0) return [name, textAt(entry, dataAt, dataAt + vectorLength)];
  const isLong = type === 'J' && vectorLength === 0 && dataAt + 8 <= entry.byteLength;
  return [name, isLong ? Number(entry.getBigInt64(dataAt, isLittle)) : undefined];
}

function textAt(entry: DataView, from: number, to: number): string {
  let text = '';
  for (let at = from; at < Math.min(to, entry.byteLength); at++) {
    const byte = entry.getUint8(at);
    if (byte === 0) break;
    text += String.fromCharCode(byte);
  }
  return text;
}
