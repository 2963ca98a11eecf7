import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, it } from 'vitest';
import { findAccount } from '../../src/host/account/account.ts';
import { isMapped, missingCapabilities } from '../../src/host/account/privileges.ts';
import { describeErrno } from '../../src/host/errno.ts';
import { readEnds, readText } from '../../src/host/files/read-file.ts';
import { put, things } from '../host/strange-things.ts';
import { feed, RUNS } from './feed.ts';
import { hold } from './hold.ts';
import { bytesLike, textLike } from './inputs.ts';

const folder = mkdtempSync(join(tmpdir(), 'fuzz-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A real file for each input costs fifty times what an input in memory does. */
const runs = Math.max(1_000, Math.floor(RUNS / 50));
const path = join(folder, 'file');

describe('a file of any bytes', () => {
  it('is read whole, or refused for its size', () => {
    const inputs = fc.record({
      bytes: bytesLike(['1\n', '{"format":1}'], ['\0', '\n', 'é']),
      maxBytes: fc.nat({ max: 300 }),
    });
    const read = ({ bytes, maxBytes }: { bytes: Buffer; maxBytes: number }) => {
      writeFileSync(path, bytes);
      let text: string | undefined;
      try {
        text = readText(path, { maxBytes, lies: 'volume' }, 'latin1');
      } catch (error) {
        hold(/^has .* more than the /.test(describeErrno(error)), describeErrno(error));
      }
      hold((text === undefined) === bytes.length > maxBytes, bytes.length, maxBytes);
      hold(text === undefined || text === bytes.toString('latin1'), text);
    };
    feed({ inputs, read, runs });
  });

  it('has ends', () => {
    const inputs = bytesLike(['ZKSN\0\0\0\u0002', 'ZKLG'], ['\0', '/']);
    const read = (bytes: Buffer) => {
      writeFileSync(path, bytes);
      const ends = readEnds(path, { head: 16, tail: 5 });
      hold(ends.bytes === bytes.length, ends.bytes);
      hold(Buffer.compare(Buffer.from(ends.head), bytes.subarray(0, 16)) === 0, bytes.length);
      hold(Buffer.compare(Buffer.from(ends.tail), bytes.subarray(-5)) === 0, bytes.length);
    };
    feed({ inputs, read, runs });
  });

  it('is a list of users, or of none', () => {
    const inputs = textLike(
      ['root:x:0:0::/:/bin/sh\nzookeeper:x:1000:1000::/:/bin/sh\n'],
      [':', '\n', 'x', '0', '4294967295', '-1', 'zookeeper'],
    );
    const read = (text: string) => {
      writeFileSync(path, text);
      const account = findAccount('zookeeper', path);
      hold(account === undefined || (account.uid >= 0 && account.uid < 4_294_967_295), account);
    };
    feed({ inputs, read, runs });
  });

  it('tells capabilities and numbers, or nothing', () => {
    const inputs = textLike(
      ['CapEff:\t000001ffffffffff\n', '0 0 4294967295\n'],
      ['CapEff:', '\t', 'f', '0', '\n', ' '],
    );
    const read = (text: string) => {
      writeFileSync(path, text);
      hold(missingCapabilities(['CHOWN'], path).length < 2, text);
      hold(typeof isMapped(1_000, path) === 'boolean', text);
    };
    feed({ inputs, read, runs });
  });
});

describe('a place with anything in it', () => {
  it('is read at once, or refused in words', () => {
    const places = things.map((thing) => {
      const place = join(folder, thing);
      put(thing, place);
      return place;
    });
    const inputs = fc.record({
      place: fc.constantFrom(
        ...places,
        ...places.map((place) => join(place, 'below')),
        '/proc/self/status',
        '/dev/null',
      ),
      maxBytes: fc.constantFrom(0, 1, 4_096, 1_048_576),
      lies: fc.constantFrom('volume' as const, undefined),
    });
    const read = ({
      place,
      maxBytes,
      lies,
    }: {
      place: string;
      maxBytes: number;
      lies: 'volume' | undefined;
    }) => {
      try {
        const text = readText(place, lies === undefined ? { maxBytes } : { maxBytes, lies });
        hold(text.length <= maxBytes, place, text.length);
      } catch (error) {
        hold(!/failed with|undefined|bug/.test(describeErrno(error)), place, describeErrno(error));
      }
    };
    feed({ inputs, read, runs });
  });
});
