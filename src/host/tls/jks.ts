import { createHash } from 'node:crypto';

/** What a JKS holds; keys stay sealed. */
export interface Jks {
  /** True if the password of the store is right. */
  readonly opens: boolean;
  /** The certificates of each private key, its own first (DER). */
  readonly chains: readonly (readonly Buffer[])[];
  /** The certificates that it trusts (DER). */
  readonly trusted: readonly Buffer[];
}

const MAGIC = 0xfeedfeed;
const DIGEST_BYTES = 20;
const KEY = 1;
const CERTIFICATE = 2;
/** What the digest at the end begins with, after the password (sun.security.provider.JavaKeyStore). */
const SALT = 'Mighty Aphrodite';

/**
 * A store that trusts these certificates (DER), each with its own alias, sealed with an empty password. From a PEM file,
 * ZooKeeper keeps only one certificate for each name (PemReader.loadTrustStore), and a renewed authority keeps its name.
 */
export function trustStoreJks(certificates: readonly Uint8Array[]): Buffer {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const text = (value: string) => {
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16BE(value.length);
    return Buffer.concat([bytes, Buffer.from(value, 'latin1')]);
  };
  const entries = certificates.flatMap((certificate, place) => [
    number(CERTIFICATE),
    text(`authority ${place + 1}`),
    // The creation date, which is not used. It is constant, so that the same certificates make the same file.
    Buffer.alloc(8),
    text('X.509'),
    number(certificate.length),
    certificate,
  ]);
  const content = Buffer.concat([number(MAGIC), number(2), number(certificates.length), ...entries]);
  return Buffer.concat([content, createHash('sha1').update(SALT).update(content).digest()]);
}

/** Reads Java's own store format; undefined for other or damaged bytes. */
export function readJks(bytes: Buffer, password = ''): Jks | undefined {
  if (bytes.length < 12 + DIGEST_BYTES || bytes.readUInt32BE(0) !== MAGIC) return undefined;
  try {
    return { opens: opens(bytes, password), ...readEntries(bytes) };
  } catch (error) {
    // The bytes are cut short, or are not a store.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function opens(bytes: Buffer, password: string): boolean {
  const content = bytes.subarray(0, -DIGEST_BYTES);
  const secret = Buffer.from(password, 'utf16le').swap16();
  const digest = createHash('sha1').update(secret).update(SALT).update(content).digest();
  return digest.equals(bytes.subarray(-DIGEST_BYTES));
}

function readEntries(bytes: Buffer): Pick<Jks, 'chains' | 'trusted'> {
  const reader = new Reader(bytes.subarray(4));
  const typed = reader.number() > 1;
  const entries = reader.number();
  const chains: Buffer[][] = [];
  const trusted: Buffer[] = [];
  for (let entry = 0; entry < entries; entry += 1) {
    const tag = reader.number();
    reader.text();
    reader.skip(8);
    if (tag === KEY) chains.push(readChain(reader, typed));
    else if (tag === CERTIFICATE) trusted.push(reader.certificate(typed));
    else throw new RangeError(`entry of the kind ${tag}`);
  }
  return { chains, trusted };
}

function readChain(reader: Reader, typed: boolean): Buffer[] {
  reader.skip(reader.number());
  const chain: Buffer[] = [];
  for (let left = reader.number(); left > 0; left -= 1) chain.push(reader.certificate(typed));
  return chain;
}

/** Java's DataInput, as far as a store needs it. */
class Reader {
  #at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** @throws RangeError behind the end. */
  number(): number {
    const value = this.#bytes.readUInt32BE(this.#at);
    this.#at += 4;
    return value;
  }

  text(): void {
    const length = this.#bytes.readUInt16BE(this.#at);
    this.skip(2 + length);
  }

  /** @throws RangeError behind the end. */
  skip(count: number): void {
    this.#at += count;
    if (this.#at > this.#bytes.length) throw new RangeError('behind the end');
  }

  /** @throws RangeError behind the end. */
  certificate(typed: boolean): Buffer {
    if (typed) this.text();
    const length = this.number();
    this.skip(length);
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
