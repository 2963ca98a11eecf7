import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { misfits } from '../../src/manifest/objects/shape.ts';
import { textAt } from '../../src/manifest/objects/tree.ts';
import { base } from '../manifest/manifests.ts';
import { mutationsOf } from '../manifest/mutations.ts';
import { run, temporaryFolder } from './run.ts';

const fetched = spawnSync(join(import.meta.dirname, '../../scripts/fetch-tool'), ['kubectl'], {
  encoding: 'utf8',
});
const kubectl = fetched.status === 0 ? fetched.stdout.trim() : '';
if (kubectl === '') process.stderr.write(`SKIPPED: no kubectl to compare with: ${fetched.stderr}\n`);

/** Whether kubectl can read the manifest into Kubernetes' own types; it asks no server for that. */
async function isRead(text: string): Promise<boolean> {
  const path = join(temporaryFolder(), 'given.yaml');
  writeFileSync(path, text);
  const words = ['set', 'env', '--local', '--dry-run=client', '-f', path, 'X=1', '-o', 'name'];
  const { exitCode, stderr } = await execa(kubectl, words, { reject: false });
  if (exitCode !== 0 && !/unable to decode|error parsing/.test(stderr)) throw new Error(stderr);
  return exitCode === 0;
}

const withValue = (value: string) => `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: zk }
spec:
  serviceName: zk
  selector: { matchLabels: { a: b } }
  template:
    metadata: { labels: { a: b } }
    spec:
      containers:
        - name: zk
          image: zk-entrypoint
          env:
            - name: A
              value: ${value}
`;

describe.skipIf(kubectl === '')('as kubectl reads it', () => {
  // Each of them stands for what YAML 1.1 and 1.2, or the parsers of Go and JavaScript, take for different things.
  it.each([
    '"2000"',
    "'yes'",
    'a b',
    '1:30',
    '2001-01-01',
    '1e',
    '0x',
    '12abc',
    '!!str 5',
    '1.2.3',
    '-',
    '""',
    'nan',
    'o1',
    '2000',
    '-1',
    '+1',
    '0755',
    '08',
    '0o755',
    '0x1F',
    '0b11',
    '1_000',
    '1e3',
    '.5',
    '1.',
    '1.5e-3',
    'yes',
    'No',
    'on',
    'OFF',
    'y',
    'n',
    'true',
    'False',
    '~',
    'null',
    'Null',
    '',
    '.inf',
    '[a]',
    '{a: b}',
    '!!int "5"',
  ])('value: %s', { timeout: 60_000 }, async (value) => {
    const text = withValue(value);
    const path = join(temporaryFolder(), 'given.yaml');
    writeFileSync(path, text);
    const { stdout, stderr } = await run(['check', '--manifest', path]);
    const ours = !`${stdout}${stderr}`.includes('env[0].value: is') && !stderr.includes('is not YAML');
    expect([value, ours]).toEqual([value, await isRead(text)]);
  });

  // One in sixteen of all: each takes kubectl a tenth of a second.
  it('types are refused alike', { timeout: 240_000 }, async () => {
    const set = base().find((tree) => textAt(tree, 'kind') === 'StatefulSet');
    const some = mutationsOf(set).filter(
      ({ what }, place) => place % 16 === 3 && !/^(kind|apiVersion)/.test(what),
    );
    const compared = [];
    for (const { what, tree } of some) {
      // Whether all is there and every word is known only the server says.
      const ours = misfits('StatefulSet', tree).some(({ problem }) => /accepts only/.test(problem));
      compared.push({ what, same: ours !== (await isRead(JSON.stringify(tree))), ours });
    }
    expect(compared.filter(({ same }) => !same)).toEqual([]);
    expect(compared.filter(({ ours }) => ours).length).toBeGreaterThan(20);
    expect(compared.filter(({ ours }) => !ours).length).toBeGreaterThan(10);
  });
});
