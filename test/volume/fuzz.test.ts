import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRelease, type Release } from '../../src/distribution/release.ts';
import { epochFindings } from '../../src/volume/epochs.ts';
import { type FileHead, logState, snapshotState } from '../../src/volume/file-head.ts';
import { readMounts } from '../../src/volume/mounts.ts';
import { dataFolder } from '../../src/volume/volume-facts.ts';

const STATES = ['whole', 'empty', 'cut short', 'foreign'];
const options = {
  numRuns: Number(process.env['ZK_ENTRYPOINT_FUZZ_RUNS'] ?? 300),
  interruptAfterTimeLimit: 2_000,
};
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

describe('arbitrary bytes', () => {
  it('have a state as a file', () => {
    fc.assert(
      fc.property(ends, (head) => {
        expect(STATES).toContain(snapshotState(head));
        expect(STATES).toContain(logState(head));
      }),
      options,
    );
  }, 20_000);

  it('are an epoch or are named', () => {
    const text = fc.oneof(
      fc.string(),
      fc.bigInt({ min: -9n, max: 2n ** 70n }).map(String),
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(text, text, (acceptedEpoch, currentEpoch) => {
        const found = epochFindings({ acceptedEpoch, currentEpoch }, { data: folder, log: folder }, release);
        for (const { problem } of found) expect(problem.length).toBeLessThan(400);
        const number = /^[-+]?\d{1,18}$/;
        const isBad = [acceptedEpoch, currentEpoch].some((each) => each !== undefined && !number.test(each));
        if (isBad) expect(found.map(({ severity }) => severity)).toContain('error');
      }),
      options,
    );
  }, 20_000);

  it('are mounts or none', () => {
    fc.assert(
      fc.property(fc.string(), (text) => void readMounts(text)),
      options,
    );
  }, 20_000);
});
