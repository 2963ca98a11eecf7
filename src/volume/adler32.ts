const BASE = 65_521;
/** How many bytes may be added before the sums must be cut to size again (RFC 1950). */
const BYTES_AT_ONCE = 5_552;

/** The checksum of ZooKeeper's logs and snapshots, over bytes that come in parts (java.util.zip.Adler32). */
export class Adler32 {
  #low = 1;
  #high = 0;

  add(bytes: Uint8Array, begin = 0, end = bytes.length): this {
    let [low, high] = [this.#low, this.#high];
    for (let at = begin; at < end; ) {
      const stop = Math.min(end, at + BYTES_AT_ONCE);
      for (; at < stop; at += 1) {
        low += bytes[at] as number;
        high += low;
      }
      low %= BASE;
      high %= BASE;
    }
    [this.#low, this.#high] = [low, high];
    return this;
  }

  get value(): bigint {
    return BigInt(this.#high * 65_536 + this.#low);
  }
}
