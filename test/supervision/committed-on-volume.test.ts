import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Log } from '../../src/host/output/log.ts';
import { readMembership } from '../../src/host/volume/read-membership.ts';
import { votersOf } from '../../src/membership/configuration.ts';
import { keepCommittedOnVolume } from '../../src/supervision/committed-on-volume.ts';

const server = (id: number) => `server.${id}=zk-${id}:2888:3888:participant;0.0.0.0:2181`;
/** As ConfCommand prints it, with what stands around it. */
const conf = (ids: readonly number[], version: string) =>
  [
    'clientPort=2181',
    'secureClientPort=-1',
    'membership: ',
    ...ids.map(server),
    `version=${version}`,
    '',
  ].join('\n');

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'zk-committed-'));
  mkdirSync(join(dataDir, 'conf'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const onDisk = (ids: readonly number[], version: string) =>
  writeFileSync(join(dataDir, 'conf', `zoo.cfg.dynamic.${version}`), `${ids.map(server).join('\n')}\n`);

/** Lets it look as often as there are answers; `during` is called before each pause, and may change the volume. */
async function looks(answers: readonly (string | undefined)[], during: (ms: number) => void = () => {}) {
  const isOver = new AbortController();
  const log: string[] = [];
  const left = [...answers];
  let written = 0;
  await keepCommittedOnVolume({
    settings: { dataDir, clientPort: 2_181, clientAddress: undefined },
    log: { write: (_level: string, line: string) => log.push(line) } as unknown as Log,
    signal: isOver.signal,
    ask: async () => left.shift(),
    pause: async (ms) => {
      during(ms);
      if (left.length === 0) isOver.abort();
    },
    written: () => {
      written += 1;
    },
  });
  return { log, written, names: readdirSync(join(dataDir, 'conf')).sort() };
}

it('writes what the server has taken up in memory alone, and a start then goes by it', async () => {
  onDisk([1, 2, 3, 4, 5], '3c0000010c');
  const newer = conf([1, 2, 3], '3c0000018a');
  const { names, written, log } = await looks([newer, newer]);
  expect(names).toEqual(['heard.3c0000018a', 'zoo.cfg.dynamic.3c0000010c']);
  expect(written).toBe(1);
  expect(log).toEqual([
    'the server has not written the committed configuration 3c0000018a: it is written now',
  ]);
  const membership = readMembership({ dataDir });
  expect(membership.kind === 'committed' && votersOf(membership.configuration)).toEqual([1, 2, 3]);
  expect(readFileSync(join(dataDir, 'conf', 'heard.3c0000018a'), 'utf8')).toBe(
    `${[1, 2, 3].map(server).join('\n')}\n`,
  );
});

it('leaves a server the time to write it itself', async () => {
  onDisk([1, 2, 3], '100000004');
  const newer = conf([1, 2, 3, 4], '100000009');
  const { names, written } = await looks([newer, newer], (ms) => {
    if (ms < 10_000) onDisk([1, 2, 3, 4], '100000009');
  });
  expect(names).toEqual(['zoo.cfg.dynamic.100000004', 'zoo.cfg.dynamic.100000009']);
  expect(written).toBe(0);
});

it.each<[string, (string | undefined)[]]>([
  ['the volume has it already', [conf([1, 2, 3], '100000004')]],
  ['the server has an older one', [conf([1, 2], '100000001')]],
  ['nothing was committed', [conf([1, 2, 3], '0')]],
  ['the server does not answer', [undefined, undefined]],
  ['the word is refused', ['conf is not executed because it is not in the whitelist.']],
  ['the server is standalone', ['clientPort=2181\nserverId=0\n']],
])('writes nothing where %s', async (_, answers) => {
  onDisk([1, 2, 3], '100000004');
  const { names, log } = await looks(answers);
  expect(names).toEqual(['zoo.cfg.dynamic.100000004']);
  expect(log).toEqual([]);
});

it('says once that it cannot write, and writes when it can', async () => {
  const newer = conf([1, 2], '200000001');
  // There is no folder that could take it.
  rmSync(join(dataDir, 'conf'), { recursive: true });
  let pauses = 0;
  const { log, names } = await looks(Array(6).fill(newer), () => {
    pauses += 1;
    if (pauses === 4) mkdirSync(join(dataDir, 'conf'));
  });
  expect(log).toEqual([
    expect.stringMatching(/^the committed configuration 200000001 is not on the volume: .*heard\.200000001 /),
    'the server has not written the committed configuration 200000001: it is written now',
  ]);
  expect(names).toContain('heard.200000001');
});
