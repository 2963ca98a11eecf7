import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/manifest/pods/command.ts';
import { kubernetes, textOf } from '../manifest/manifests.ts';
import { run, temporaryFolder } from './run.ts';

const TUTORIAL = join(kubernetes, 'tutorial.yaml');
const BASE = ['config.yaml', 'services.yaml', 'disruption-budget.yaml', 'stateful-set.yaml'].map((file) =>
  join(kubernetes, 'base', file),
);

function fileWith(text: string): string {
  const path = join(temporaryFolder(), 'given.yaml');
  writeFileSync(path, text);
  return path;
}

describe('check --manifest', () => {
  it('ends with 0 for what would start, with its warnings', async () => {
    const { exitCode, stdout } = await run(['check', '--manifest', TUTORIAL]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      'warning ZK-TIMING-001 StatefulSet/zk ZK_SYNC_LIMIT (from ConfigMap/zk-config data.tick)',
    );
    expect(stdout.split('\n').at(-1)).toBe('StatefulSet/zk: 3 pods would start (0 errors, 4 warnings)');
  });

  it('takes several files, and the flag again and again', async () => {
    const flags = BASE.flatMap((path) => ['--manifest', path]);
    for (const words of [['--manifest', ...BASE], flags]) {
      const { exitCode, stdout } = await run(['check', ...words]);
      expect([exitCode, stdout]).toEqual([0, 'StatefulSet/zk: 3 pods would start (0 errors, 0 warnings)']);
    }
  });

  it('reads standard input, and ends with 78 for an error', async () => {
    const input = textOf('tutorial.yaml').replace('ensemble: "zk-0;zk-1;zk-2"', 'ensemble: "zk-0"');
    const { exitCode, stdout } = await run(['check', '--manifest', '-'], {}, { input });
    expect(exitCode).toBe(78);
    expect(stdout).toContain('error ZK-MANIFEST-015 StatefulSet/zk spec.replicas: is 3');
    expect(stdout).toContain('\nzk-1:\n  error ZK-IDENTITY-002 ');
    expect(stdout).toMatch(/StatefulSet\/zk: 3 pods would be wrong \(\d errors?, \d warnings?\)$/);
  });

  it('knows every command of zk-entrypoint', async () => {
    const { stdout } = await run(['--help']);
    const listed = [...stdout.matchAll(/^ {2}([a-z]+) .*$/gm)].map(([, name = '']) => name);
    expect(listed.filter((name) => name !== 'help').toSorted()).toEqual(COMMANDS.toSorted());
  });

  it('answers in JSON', async () => {
    const { stdout } = await run(['check', '--manifest', TUTORIAL, '--output', 'json']);
    const { manifests } = JSON.parse(stdout) as {
      manifests: { title: string; pods: string[]; findings: { code: string }[] }[];
    };
    expect(manifests.map(({ title, pods }) => [title, pods])).toEqual([
      ['StatefulSet/zk', ['zk-0', 'zk-1', 'zk-2']],
    ]);
    expect(manifests[0]?.findings.map(({ code }) => code)).toContain('ZK-MANIFEST-004');
  });

  it('judges nothing of this machine or its environment', async () => {
    const { stdout } = await run(['check', '--manifest', ...BASE], { ZK_REPLICAS: '4', ZK_CLIENT_PORT: 'x' });
    expect(stdout).toBe('StatefulSet/zk: 3 pods would start (0 errors, 0 warnings)');
  });

  it.each([
    [
      'no YAML',
      () => ['--manifest', fileWith('a: 1\nb: "open\n')],
      /^error: --manifest \S+ is not YAML: line \d, column \d+: .*; correct it/,
    ],
    [
      'a template',
      () => ['--manifest', fileWith('kind: {{ .Values.kind }}\n')],
      /is not YAML: line 1, column \d+: .*helm template/,
    ],
    [
      'no StatefulSet',
      () => ['--manifest', BASE[1] ?? ''],
      /contains no StatefulSet, only Service; give the file of the StatefulSet as well/,
    ],
    [
      'an empty file',
      () => ['--manifest', fileWith('')],
      /contains no objects; give the file of the StatefulSet/,
    ],
    ['comments alone', () => ['--manifest', fileWith('# a\n---\n# b\n')], /contains no objects/],
    [
      'a web page',
      () => ['--manifest', fileWith('<html>404</html>\n')],
      /: document 1 is a text or number, not an object/,
    ],
    [
      'a list of objects without kind: List',
      () => ['--manifest', fileWith('- kind: Service\n')],
      /: document 1 is a list, not an object/,
    ],
    [
      'kinds that cannot be',
      () => ['--manifest', fileWith('kind: statefulset\n---\nmetadata: { name: zk }\n')],
      /document 1 kind: is statefulset, but it is written StatefulSet; document 2 has no kind: add it/,
    ],
    [
      'a List of no list',
      () => ['--manifest', fileWith('kind: List\nitems: { a: b }\n')],
      /document 1 items: is not a list/,
    ],
    [
      'a Deployment',
      () => [
        '--manifest',
        fileWith(readFileSync(TUTORIAL, 'utf8').replace('kind: StatefulSet', 'kind: Deployment')),
      ],
      /Deployment\/zk kind: a Deployment gives its pods no ordinal, so no member has an id; use kind: StatefulSet/,
    ],
    [
      'no file',
      () => ['--manifest', '/nowhere.yaml'],
      /--manifest \/nowhere\.yaml does not exist; give the path of a YAML file/,
    ],
    ['a folder', () => ['--manifest', kubernetes], /--manifest \S+ is a directory; give/],
    [
      'another pod too',
      () => ['--manifest', TUTORIAL, '--hostname', 'zk-1'],
      /cannot be used with option '--hostname/,
    ],
    ['no path', () => ['--manifest'], /argument missing/],
  ] as readonly (readonly [string, () => string[], RegExp])[])(
    'ends with 64 for %s',
    async (_, words, message) => {
      const { exitCode, stdout, stderr } = await run(['check', ...words()]);
      expect([exitCode, stdout]).toEqual([64, '']);
      expect(stderr).toMatch(message);
    },
  );
});
