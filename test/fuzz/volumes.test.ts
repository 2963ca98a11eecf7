import fc from 'fast-check';
import { describe, it } from 'vitest';
import { epochFindings, epochOf } from '../../src/volume/epochs.ts';
import { type FileHead, logState, snapshotState } from '../../src/volume/file-head.ts';
import { lastTransaction } from '../../src/volume/log-records.ts';
import { readMounts } from '../../src/volume/mounts.ts';
import { dataFolder, dataOn } from '../../src/volume/volume-facts.ts';
import { parseRelease, type Release } from '../../src/zookeeper/release.ts';
import { feed } from './feed.ts';
import { hold } from './hold.ts';
import { textLike } from './inputs.ts';

const STATES = ['whole', 'empty', 'cut short', 'foreign'];
/** What Long.parseLong takes. */
const isLong = (text: string) =>
  /^[-+]?\d{1,40}$/.test(text) &&
  BigInt.asIntN(64, BigInt(text.replace('+', ''))) === BigInt(text.replace('+', ''));
const packing = fc.constantFrom('plain', 'gz', 'snappy');
const ends = fc.record({
  file: fc.record({ name: fc.string(), zxid: fc.bigInt({ min: 0n, max: 2n ** 64n }), packing }),
  path: fc.string(),
  bytes: fc.nat(),
  head: fc.uint8Array({ maxLength: 16 }),
  tail: fc.uint8Array({ maxLength: 5 }),
}) as fc.Arbitrary<FileHead>;
const folder = dataFolder('/data/version-2', ['snapshot.100000000']);
const release = parseRelease('3.9.6') as Release;

describe('what lies on a volume, of any bytes', () => {
  it('has a state as a file', () => {
    const read = (head: FileHead) =>
      hold(STATES.includes(snapshotState(head)) && STATES.includes(logState(head)), head.bytes);
    feed({ inputs: ends, read });
  });

  it('has a last transaction as a log, or none', () => {
    const record = Uint8Array.from({ length: 48 }, (_, at) =>
      at === 11 ? 35 : at === 47 ? 0x42 : at < 12 ? 0 : at % 7,
    );
    const bytes = fc.array(fc.oneof(fc.constant(record), fc.uint8Array({ maxLength: 60 })), { maxLength: 6 });
    const read = (parts: Uint8Array[]) => {
      const log = Buffer.concat([Buffer.alloc(16), ...parts]);
      const { zxid, isLast } = lastTransaction(log, log.length);
      hold(isLast && (zxid !== undefined || parts[0] !== record), log.toString('hex'), zxid);
    };
    feed({ inputs: bytes, read });
  });

  it('is an epoch or is named', () => {
    const text = textLike(['0', '-1', '7', '4294967296', '+3'], ['-', '+', '1', '9', ' ', '\t', 'e', '0x']);
    const read = (epoch: string) => {
      const found = epochFindings(
        {
          files: { acceptedEpoch: '1', currentEpoch: epoch, unfinished: undefined },
          data: folder,
          newest: { zxid: 1n << 32n, path: '/data/version-2/snapshot.100000000', isLast: true },
        },
        release,
      );
      for (const { problem } of found) hold(problem.length < 400, problem);
      const isNumber = isLong(epoch);
      hold(isNumber || found.some(({ severity }) => severity === 'error'), epoch);
      const number = epochOf({ currentEpoch: epoch });
      hold(Number.isSafeInteger(number) && (isNumber || number === 0), epoch, number);
    };
    feed({ inputs: text, read });
  });

  it('is mounts or none', () => {
    const line = '36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue\n';
    const inputs = textLike([line, `${line}${line}`], [' ', '\n', '-', '/', 'rw', '\\040', '98:0', '36']);
    feed({ inputs, read: (text) => void readMounts(text) });
  });

  it('is data, or not, by its names', () => {
    const words = ['snapshot.', 'log.', '0', 'f', '100000001', '.gz', '.snappy', '.tmp', '\n', '/'];
    const inputs = textLike(['snapshot.0', 'log.1', 'snapshot.100000002.gz'], words);
    const read = (text: string) => {
      const facts = dataFolder('/data/version-2', text.split('\n'));
      const data = dataOn({ data: facts, log: facts }, 0);
      hold((data === 'empty') === (facts.snapshots.length + facts.logs.length === 0), text, data);
    };
    feed({ inputs, read });
  });
});
