import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/**
 * Prints every name under which the jars of a ZooKeeper look for a setting, a line each: `parsed` is a key of zoo.cfg
 * (QuorumPeerConfig), `property` a system property `zookeeper.<name>`, `bare` one without that prefix.
 *
 *     node scripts/zookeeper-keys.ts /opt/zookeeper >test/zookeeper/keys/3.9.6.txt
 */
export function keysOf(home: string): string[] {
  return [...new Set(classesIn(home).flatMap(keysIn))].sort();
}

/** The string constants of ZooKeeper's classes whose names match, such as the names of an enum. */
export function stringsOf(home: string, className: RegExp): readonly string[] {
  return classesIn(home)
    .filter(({ name }) => className.test(name))
    .flatMap(({ code }) => constants(code).strings);
}

function classesIn(home: string): ClassFile[] {
  const jars = readdirSync(join(home, 'lib')).filter((name) => /^zookeeper(-jute)?-\d[^/]*\.jar$/.test(name));
  return jars.flatMap((name) => classesOf(readFileSync(join(home, 'lib', name))));
}

interface ClassFile {
  readonly name: string;
  readonly code: Buffer;
}

/** The classes of a jar, by its central directory (PKWARE's APPNOTE, 4.3.12). */
function classesOf(zip: Buffer): ClassFile[] {
  const end = zip.lastIndexOf('PK\x05\x06');
  const found: ClassFile[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [nameBytes, extraBytes, noteBytes] = [28, 30, 32].map((offset) =>
      zip.readUInt16LE(at + offset),
    ) as [number, number, number];
    const name = zip.toString('latin1', at + 46, at + 46 + nameBytes);
    if (name.endsWith('.class')) found.push({ name: name.slice(0, -6), code: entryAt(zip, at) });
    at += 46 + nameBytes + extraBytes + noteBytes;
  }
  return found;
}

function entryAt(zip: Buffer, at: number): Buffer {
  const header = zip.readUInt32LE(at + 42);
  const from = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
  const bytes = zip.subarray(from, from + zip.readUInt32LE(at + 20));
  return zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes;
}

/** Strings and names of a class's constant pool (The Java Virtual Machine Specification, 4.4). */
function constants(code: Buffer): {
  readonly strings: readonly string[];
  readonly names: ReadonlySet<string>;
} {
  const texts = new Map<number, string>();
  const stringsAt: number[] = [];
  const WIDTHS: Readonly<Record<number, number>> = { 7: 3, 8: 3, 15: 4, 16: 3, 19: 3, 20: 3, 5: 9, 6: 9 };
  let at = 10;
  for (let index = 1; index < code.readUInt16BE(8); index++) {
    const tag = code.readUInt8(at);
    if (tag === 1) texts.set(index, code.toString('utf8', at + 3, at + 3 + code.readUInt16BE(at + 1)));
    if (tag === 8) stringsAt.push(code.readUInt16BE(at + 1));
    at += tag === 1 ? 3 + code.readUInt16BE(at + 1) : (WIDTHS[tag] ?? 5);
    // Longs and doubles take two places.
    if (tag === 5 || tag === 6) index++;
  }
  return { strings: stringsAt.flatMap((place) => texts.get(place) ?? []), names: new Set(texts.values()) };
}

const GETTERS = ['getProperty', 'getInteger', 'getLong', 'getBoolean'];
/** Java's own properties, which every program may read. */
const JAVAS = /^(java|javax|jdk|sun|com|org|os|user|line|host|path|file)\./;

function keysIn({ name, code }: ClassFile): string[] {
  const { strings, names } = constants(code);
  const reads = GETTERS.some((getter) => names.has(getter));
  return strings.flatMap((text) => {
    if (/^zookeeper\.[\w.-]*\w$/.test(text)) return `property ${text.slice('zookeeper.'.length)}`;
    if (/\/QuorumPeerConfig$/.test(name)) return /^[a-z][\w.-]*\w$/.test(text) ? `parsed ${text}` : [];
    if (/\/(Quorum|Client)?X509Util$/.test(name)) return tlsKeys(name, text);
    return reads && /^[a-z]+(\.[\w-]+)+$/.test(text) && !JAVAS.test(text) ? `bare ${text}` : [];
  });
}

/** X509Util puts `zookeeper.ssl.` or `zookeeper.ssl.quorum.` before them; what ClientX509Util adds is for clients. */
function tlsKeys(name: string, text: string): string[] {
  if (!/^[a-z]\w*(\.[a-z]\w*)*$/i.test(text) || JAVAS.test(text) || !/^[a-z]/.test(text)) return [];
  const both = [`property ssl.${text}`, `property ssl.quorum.${text}`];
  return name.endsWith('ClientX509Util') ? both.slice(0, 1) : both;
}

if (import.meta.main) {
  const [home] = process.argv.slice(2);
  if (home === undefined) {
    console.error('usage: node scripts/zookeeper-keys.ts ZK_HOME');
    process.exitCode = 64;
  } else console.log(keysOf(home).join('\n'));
}
