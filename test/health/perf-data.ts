/** Bytes as HotSpot lays its perf data file out (perfMemory.hpp), with these counters in this order. */
export function perfData(
  counters: Readonly<Record<string, number | string>>,
  { isLittle = true, accessible = 1, major = 2 } = {},
): Uint8Array {
  const entries = Object.entries(counters).map(([name, value]) => entryOf(name, value, isLittle));
  const prologue = Buffer.alloc(32);
  prologue.writeUInt32BE(0xcafec0c0, 0);
  prologue.set([isLittle ? 1 : 0, major, 0, accessible], 4);
  put(prologue, { at: 24, value: 32, isLittle });
  put(prologue, { at: 28, value: entries.length, isLittle });
  return Buffer.concat([prologue, ...entries, Buffer.alloc(64)]);
}

function entryOf(name: string, value: number | string, isLittle: boolean): Buffer {
  const isText = typeof value === 'string';
  const nameBytes = Buffer.from(`${name}\0`);
  const dataAt = Math.ceil((20 + nameBytes.length) / 8) * 8;
  const dataBytes = isText ? Buffer.byteLength(value) + 1 : 8;
  const entry = Buffer.alloc(Math.ceil((dataAt + dataBytes) / 8) * 8);
  put(entry, { at: 0, value: entry.length, isLittle });
  put(entry, { at: 4, value: 20, isLittle });
  put(entry, { at: 8, value: isText ? dataBytes : 0, isLittle });
  entry.writeUInt8((isText ? 'B' : 'J').charCodeAt(0), 12);
  put(entry, { at: 16, value: dataAt, isLittle });
  nameBytes.copy(entry, 20);
  if (isText) entry.write(value, dataAt);
  else if (isLittle) entry.writeBigInt64LE(BigInt(value), dataAt);
  else entry.writeBigInt64BE(BigInt(value), dataAt);
  return entry;
}

function put(
  buffer: Buffer,
  { at, value, isLittle }: { at: number; value: number; isLittle: boolean },
): void {
  if (isLittle) buffer.writeUInt32LE(value, at);
  else buffer.writeUInt32BE(value, at);
}

/** What HotSpot 17 wrote of a program of 128 MiB with the serial collector. */
export const serialCounters = {
  'java.cls.loadedClasses': 1_662,
  'java.cls.sharedLoadedClasses': 834,
  'java.cls.sharedUnloadedClasses': 0,
  'java.cls.unloadedClasses': 3,
  'java.threads.daemon': 5,
  'java.threads.live': 6,
  'java.threads.livePeak': 7,
  'java.threads.started': 9,
  'sun.gc.collector.0.invocations': 6,
  'sun.gc.collector.0.name': 'Serial young collection pauses',
  'sun.gc.collector.0.time': 54_988_594,
  'sun.gc.collector.1.invocations': 2,
  'sun.gc.collector.1.name': 'Serial full collection pauses',
  'sun.gc.collector.1.time': 21_741_959,
  'sun.gc.compressedclassspace.used': 1_147_296,
  'sun.gc.generation.0.maxCapacity': 44_695_552,
  'sun.gc.generation.0.space.0.used': 1_774_504,
  'sun.gc.generation.0.space.1.maxCapacity': 4_456_448,
  'sun.gc.generation.0.space.1.used': 0,
  'sun.gc.generation.0.space.2.used': 1_024,
  'sun.gc.generation.1.maxCapacity': 89_522_176,
  'sun.gc.generation.1.space.0.used': 4_991_056,
  'sun.gc.metaspace.used': 9_560_248,
  'sun.os.hrt.frequency': 1_000_000_000,
} as const;

/** The same with the collector that larger machines choose. */
export const g1Counters = {
  'sun.gc.collector.0.invocations': 6,
  'sun.gc.collector.0.name': 'G1 young collection pauses',
  'sun.gc.collector.0.time': 127_223_802,
  'sun.gc.collector.1.invocations': 2,
  'sun.gc.collector.1.name': 'G1 full collection pauses',
  'sun.gc.collector.1.time': 26_608_034,
  'sun.gc.collector.2.invocations': 4,
  'sun.gc.collector.2.name': 'G1 concurrent cycle pauses',
  'sun.gc.collector.2.time': 5,
  'sun.gc.generation.0.maxCapacity': 134_217_752,
  'sun.gc.generation.0.space.0.used': 1_048_576,
  'sun.gc.generation.0.space.1.used': 0,
  'sun.gc.generation.0.space.2.used': 2_048,
  'sun.gc.generation.1.maxCapacity': 134_217_736,
  'sun.gc.generation.1.space.0.used': 5_678_936,
  'sun.os.hrt.frequency': 1_000_000_000,
} as const;
