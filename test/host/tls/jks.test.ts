import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJks } from '../../../src/host/tls/jks.ts';

const DER = Buffer.from('30030101ff', 'hex');
const number = (value: number) => Buffer.from(value.toString(16).padStart(8, '0'), 'hex');
const text = (value: string) => Buffer.concat([number(value.length).subarray(2), Buffer.from(value)]);
const certificate = Buffer.concat([text('X.509'), number(DER.length), DER]);
const head = (tag: number) => Buffer.concat([number(tag), text('alias'), Buffer.alloc(8)]);
const key = (chain: number) =>
  Buffer.concat([head(1), number(3), Buffer.from('key'), number(chain), ...Array(chain).fill(certificate)]);
const trusted = Buffer.concat([head(2), certificate]);

/** A store as Java writes it, sealed with `secret`. */
function storeOf(entries: readonly Buffer[], secret = 'secret', version = 2): Buffer {
  const content = Buffer.concat([number(0xfeedfeed), number(version), number(entries.length), ...entries]);
  const utf16 = Buffer.from(secret, 'utf16le').swap16();
  const digest = createHash('sha1').update(utf16).update('Mighty Aphrodite').update(content).digest();
  return Buffer.concat([content, digest]);
}

describe('a JKS', () => {
  it.each([
    ['one key with two certificates', [key(2)], [[DER, DER]], []],
    ['a key between others’ certificates', [trusted, key(1), trusted], [[DER]], [DER, DER]],
    ['two keys', [key(1), key(1)], [[DER], [DER]], []],
    ['no key', [trusted], [], [DER]],
    ['nothing', [], [], []],
  ])('of %s', (_what, entries, chains, others) => {
    expect(readJks(storeOf(entries), 'secret')).toEqual({ opens: true, chains, trusted: others });
  });

  it.each(['Secret', '', undefined])('does not open with the password %j', (password) => {
    expect(readJks(storeOf([key(1)]), password)?.opens).toBe(false);
  });

  it('opens with a password beyond ASCII', () => {
    expect(readJks(storeOf([key(1)], 'geheim–ß'), 'geheim–ß')?.opens).toBe(true);
  });

  it('that was changed does not open', () => {
    const store = storeOf([key(1)]);
    store[20] = (store[20] ?? 0) ^ 1;
    expect(readJks(store, 'secret')?.opens ?? false).toBe(false);
  });

  it('that is cut short anywhere is none', () => {
    const store = storeOf([key(1), trusted]);
    for (let bytes = 0; bytes < store.length - 20; bytes += 1)
      expect(readJks(store.subarray(0, bytes))).toBeUndefined();
  });

  it('of any bytes is survived', () => {
    const begin = fc.constantFrom(
      Buffer.alloc(0),
      number(0xfeedfeed),
      Buffer.concat([number(0xfeedfeed), number(2)]),
    );
    fc.assert(
      fc.property(begin, fc.uint8Array({ maxLength: 200, size: 'max' }), (start, rest) => {
        void readJks(Buffer.concat([start, rest]));
      }),
    );
  });
});

const mayMake = (() => {
  try {
    execFileSync('keytool', ['-help'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write('SKIPPED: no keytool, so no JKS of Java’s own was read\n');
    return false;
  }
})();

describe.skipIf(!mayMake)('a JKS of Java’s own', () => {
  it('opens with its password alone, and shows the chain', () => {
    const folder = mkdtempSync(join(tmpdir(), 'jks-'));
    try {
      const store = join(folder, 'store.jks');
      const words =
        '-genkeypair -alias zk -keyalg EC -dname CN=zk -storetype JKS -storepass changeit -keypass changeit';
      execFileSync('keytool', [...words.split(' '), '-keystore', store], { stdio: 'ignore' });
      const bytes = readFileSync(store);
      expect(readJks(bytes, 'changeit')).toMatchObject({ opens: true, chains: [[expect.any(Buffer)]] });
      expect(readJks(bytes, 'other')?.opens).toBe(false);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
