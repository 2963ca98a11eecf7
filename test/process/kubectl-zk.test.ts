import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from './run.ts';

const plugin = join(import.meta.dirname, '../../bin/kubectl-zk');
const tool = (name: string) => {
  const fetched = spawnSync(join(import.meta.dirname, '../../scripts/fetch-tool'), [name], {
    encoding: 'utf8',
  });
  if (fetched.status !== 0)
    process.stderr.write(`SKIPPED: no ${name} for bin/kubectl-zk: ${fetched.stderr}\n`);
  return fetched.status === 0 ? fetched.stdout.trim() : '';
};
const kubectl = tool('kubectl');
const shellcheck = tool('shellcheck');

/** In the place of kubectl: notes each call, and answers from the files that a call is matched with. */
const STAND_IN = `#!/bin/sh
{ for word in "$@"; do printf '<%s>' "$word"; done; echo; } >>"$CALLS"
case " $* " in
  *' get pods '*) printf 'zk|zk-0|False\\nzk|zk-1|True\\nother|other-0|True\\n|alone|True\\n' ;;
  *' get pod zk-1 -o name '*) echo pod/zk-1 ;;
  *' get pod zk-2 -o name '*) echo pod/zk-2 ;;
  *' get pod zk-1 '*) printf zk ;;
  *' get pod '*) echo "pods not found" >&2; exit 1 ;;
  *' get statefulset '*) printf 5 ;;
  *' exec '*) echo said; exit "\${EXEC_STATUS:-0}" ;;
esac
`;

/** Runs the plugin with the stand-in, and gives each call of it. */
async function zk(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder();
  const calls = join(folder, 'calls');
  writeFileSync(join(folder, 'kubectl'), STAND_IN);
  writeFileSync(calls, '');
  chmodSync(join(folder, 'kubectl'), 0o755);
  const PATH = `${folder}:/usr/bin:/bin`;
  const options = { reject: false, env: { PATH, CALLS: calls, ...env }, extendEnv: false } as const;
  const { exitCode, stdout, stderr } = await execa(plugin, words, options);
  const lines = readFileSync(calls, 'utf8').split('\n').slice(0, -1);
  return { exitCode, stdout, stderr, calls: lines.filter((line) => !line.includes('<get>')) };
}

const exec = (pod: string, ...words: string[]) =>
  ['exec', pod, '--', 'zk-entrypoint', ...words].map((word) => `<${word}>`).join('');

describe('kubectl zk', () => {
  it.each([
    ['status of what is found, asked in a member that is ready', ['status'], [exec('zk-1', 'status')]],
    ['status of a StatefulSet', ['status', 'other'], [exec('other-0', 'status')]],
    ['status of a pod', ['status', 'zk-2'], [exec('zk-2', 'status')]],
    [
      'flags of the command',
      ['status', 'zk', '--watch', '--timeout', '1s'],
      [exec('zk-1', 'status', '--watch', '--timeout', '1s')],
    ],
    ['a consent', ['consent', '1f0c9a3e', 'zk-2'], [exec('zk-2', 'consent', '1f0c9a3e')]],
    ['a check', ['check', 'zk-2'], [exec('zk-2', 'check')]],
    [
      'a hold with a reason of two words',
      ['hold', 'zk-2', '--reason', 'new $(disk) "x"'],
      [exec('zk-2', 'hold', '--reason', 'new $(disk) "x"')],
    ],
    ['a release', ['release', 'zk-2'], [exec('zk-2', 'release')]],
    [
      'fewer members: the ensemble first',
      ['scale', '3', 'zk'],
      [exec('zk-1', 'scale', '3'), '<scale><statefulset><zk><--replicas=3>'],
    ],
    ['more members: the pods alone', ['scale', '7', 'zk'], ['<scale><statefulset><zk><--replicas=7>']],
  ])('%s', async (_what, words, calls) => {
    expect(await zk(words)).toMatchObject({ exitCode: 0, stderr: '', calls });
  });

  it.each([
    [['-n', 'db', '--context', 'a b'], '<-n><db><--context><a b>'],
    [['-ndb'], '<-ndb>'],
    [['--namespace=db'], '<--namespace=db>'],
  ])('hands %j to kubectl', async (flags, given) => {
    const { calls } = await zk(['check', 'zk-2', ...flags]);
    expect(calls).toEqual([`${given}${exec('zk-2', 'check')}`]);
  });

  it('asks in the container that is named', async () => {
    const { calls } = await zk(['check', 'zk-2', '-c', 'zookeeper']);
    expect(calls).toEqual(['<exec><zk-2><--container=zookeeper><--><zk-entrypoint><check>']);
  });

  it('ends with the status of the command, and sets no replicas where a member is not removed', async () => {
    expect(await zk(['status', 'zk'], { EXEC_STATUS: '69' })).toMatchObject({ exitCode: 69, stdout: 'said' });
    const { exitCode, calls } = await zk(['scale', '3', 'zk'], { EXEC_STATUS: '69' });
    expect([exitCode, calls]).toEqual([69, [exec('zk-1', 'scale', '3')]]);
  });

  it.each([
    [[], 'Usage'],
    [['reboot'], 'unknown command reboot'],
    [['scale'], 'needs the number of replicas'],
    [['scale', '0', 'zk'], 'needs the number of replicas'],
    [['scale', '3; reboot', 'zk'], 'needs the number of replicas'],
    [['consent', '1f0c9a3e'], 'needs the token and the pod'],
    [['hold'], 'needs the pod'],
    [['hold', 'zk-1', '--reason', ''], '--reason needs a value'],
    [['status', 'zk', 'other'], 'takes one name'],
    [['check', 'zk-1', '-n'], '-n needs a value'],
    [['status', 'a\nb'], 'holds a line break'],
  ])('refuses %j with 64', async (words, said) => {
    const { exitCode, stderr, calls } = await zk(words);
    expect([exitCode, calls]).toEqual([64, []]);
    expect(stderr).toContain(said);
  });

  it('says which pods it looked for', async () => {
    const { exitCode, stderr } = await zk(['status', 'web']);
    expect([exitCode, stderr]).toEqual([69, expect.stringContaining('no pod of web runs here')]);
  });
});

describe.skipIf(shellcheck === '')('bin/kubectl-zk', () => {
  it('has nothing that shellcheck finds', () => {
    const { stdout, status } = spawnSync(shellcheck, [plugin], { encoding: 'utf8' });
    expect([stdout, status]).toEqual(['', 0]);
  });
});

describe.skipIf(kubectl === '')('kubectl itself', () => {
  /** As much of an API server as kubectl needs to find a pod, and the paths that it was asked for. */
  async function cluster() {
    const asked: string[] = [];
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'zk-0', namespace: 'db', ownerReferences: [{ kind: 'StatefulSet', name: 'zk' }] },
      spec: { containers: [{ name: 'zookeeper' }] },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
    };
    const answers: Record<string, object> = {
      '/api': { kind: 'APIVersions', versions: ['v1'] },
      '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: [] },
      '/api/v1': {
        kind: 'APIResourceList',
        groupVersion: 'v1',
        resources: [
          { name: 'pods', singularName: 'pod', namespaced: true, kind: 'Pod', verbs: ['get', 'list'] },
        ],
      },
      '/api/v1/namespaces/db/pods': { kind: 'PodList', apiVersion: 'v1', metadata: {}, items: [pod] },
      '/api/v1/namespaces/db/pods/zk-0': pod,
    };
    const answer = (url = '') => {
      asked.push(url);
      const found = answers[url.split('?', 1)[0] ?? ''];
      const missing = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404 };
      return { status: found === undefined ? 404 : 200, body: JSON.stringify(found ?? missing) };
    };
    const server = createServer((request, response) => {
      const { status, body } = answer(request.url);
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    // What kubectl makes of exec; the stand-in ends it there.
    server.on('upgrade', (request, socket) => {
      asked.push(request.url ?? '');
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const folder = temporaryFolder();
    const config = join(folder, 'config');
    writeFileSync(
      config,
      JSON.stringify({
        'current-context': 'here',
        contexts: [{ name: 'here', context: { cluster: 'here', user: 'me' } }],
        clusters: [{ name: 'here', cluster: { server: `http://127.0.0.1:${port}` } }],
        users: [{ name: 'me', user: {} }],
      }),
    );
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    symlinkSync(plugin, join(bin, 'kubectl-zk'));
    const PATH = `${bin}:${dirname(kubectl)}:/usr/bin:/bin`;
    const run = (...words: string[]) =>
      execa(kubectl, words, {
        reject: false,
        env: { PATH, KUBECONFIG: config, HOME: folder },
        extendEnv: false,
      });
    return { run, asked };
  }

  it('finds the plugin and has nothing to say against its name', async () => {
    const { run } = await cluster();
    const { exitCode, stdout, stderr } = await run('plugin', 'list');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('/kubectl-zk');
    expect((await run('zk', '--help')).stdout).toMatch(/^Usage: kubectl zk COMMAND/);
  });

  it('asks for the pods that the plugin means, and for the command in one of them', async () => {
    const { run, asked } = await cluster();
    await run('zk', 'status', 'zk', '--output', 'json', '-n', 'db');
    expect(asked).toContainEqual(
      expect.stringMatching(/^\/api\/v1\/namespaces\/db\/pods\?.*fieldSelector=status.phase%3DRunning/),
    );
    expect(asked).toContainEqual(
      expect.stringMatching(
        /^\/api\/v1\/namespaces\/db\/pods\/zk-0\/exec\?command=zk-entrypoint&command=status&command=--output&command=json&container=zookeeper/,
      ),
    );
  });
});
