import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ask,
  createNetwork,
  eventually,
  image,
  mayRun,
  type Network,
  networkName,
  removeNetwork,
} from './engine.ts';
import { ended, type Pod, serving, startPod } from './pod.ts';

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Answers as the API server does for one StatefulSet, to whoever shows the token; the number stands in a file. */
const API_SERVER = `
const { readFileSync } = require('node:fs');
const read = (name) => readFileSync('/api/' + name, 'utf8');
require('node:https').createServer({ key: read('tls.key'), cert: read('tls.crt') }, (request, response) => {
  const known = request.url === '/apis/apps/v1/namespaces/default/statefulsets/zk';
  const allowed = request.headers.authorization === 'Bearer let-me-read';
  response.writeHead(known && allowed ? 200 : 403, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ spec: { replicas: Number(read('replicas')) } }));
}).listen(6443);
`;

describe.skipIf(!mayRun)('pods that are added and scaled away', () => {
  const name = networkName('scale');
  const pods = new Map<number, Pod>();
  let network: Network;
  let apiServer = '';

  const wish = (replicas: number) => writeFileSync(join(network.folder, 'api/replicas'), String(replicas));
  const pod = (ordinal: number) => pods.get(ordinal) as Pod;

  async function start(...ordinals: readonly number[]): Promise<void> {
    for (const ordinal of ordinals) {
      const variables = {
        ZK_REPLICAS: '3',
        ZK_MEMBERSHIP: 'dynamic',
        KUBERNETES_SERVICE_HOST: apiServer,
        KUBERNETES_SERVICE_PORT: '6443',
      };
      const flags = ['-v', `${join(network.folder, 'account')}:${ACCOUNT}:ro`];
      pods.set(ordinal, await startPod(network, { ordinal, variables, flags }));
    }
    await Promise.all(ordinals.map((ordinal) => serving(pod(ordinal))));
  }

  async function stop(ordinal: number): Promise<void> {
    await ask('stop', '-t', '60', pod(ordinal).container);
    await ended(pod(ordinal));
    await ask('rm', '-f', pod(ordinal).container);
  }

  const voters = (ids: readonly number[], at = 0) =>
    eventually(async () => {
      const { stdout, stderr } = await pod(at).exec('zk-entrypoint', 'status', '--output', 'json');
      const { membership } = JSON.parse(stdout || `{"membership":${JSON.stringify(stderr)}}`);
      expect(membership).toMatchObject({ voters: ids, joining: [] });
    });

  beforeAll(async () => {
    network = await createNetwork(name);
    apiServer = network.address();
    makeApiServer(network.folder, apiServer);
    wish(5);
    await ask(
      ...['run', '-d', '--name', `${name}-api`, '--network', name, '--ip', apiServer, '--user', '0'],
      ...['-v', `${join(network.folder, 'api')}:/api:ro`, '--entrypoint', 'node', image, '-e', API_SERVER],
    );
    await start(0, 1, 2);
  });
  afterAll(() => removeNetwork(name));

  it('join by themselves, and nobody who stays is restarted', async () => {
    const before = await Promise.all([0, 1, 2].map((ordinal) => startedAt(pod(ordinal))));
    await start(3, 4);
    await voters([1, 2, 3, 4, 5]);
    expect(await Promise.all([0, 1, 2].map((ordinal) => startedAt(pod(ordinal))))).toEqual(before);
  });

  it('leave by `scale`, which says what to do next', async () => {
    const { exitCode, stdout } = await pod(1).exec('zk-entrypoint', 'scale', '4');
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringContaining('kubectl scale statefulset zk --replicas=4'),
    ]);
    await voters([1, 2, 3, 4]);
    wish(4);
    await stop(4);
  });

  it('leave by themselves where they may read their StatefulSet, and a restart removes nobody', async () => {
    await ask('restart', '-t', '60', pod(2).container);
    await serving(pod(2));
    await voters([1, 2, 3, 4]);
    wish(3);
    await stop(3);
    await voters([1, 2, 3]);
  });

  it('come back with their old volumes as new members', async () => {
    wish(5);
    await start(3, 4);
    await voters([1, 2, 3, 4, 5]);
  });
});

const startedAt = (pod: Pod) => ask('inspect', '-f', '{{.State.StartedAt}}', pod.container);

function makeApiServer(folder: string, address: string): void {
  const [api, account] = [join(folder, 'api'), join(folder, 'account')];
  for (const path of [api, account]) {
    mkdirSync(path);
    chmodSync(path, 0o755);
  }
  const request = `req -x509 -newkey rsa:2048 -nodes -keyout ${api}/tls.key -out ${api}/tls.crt -subj /CN=api -days 2`;
  execFileSync('openssl', [...request.split(' '), '-addext', `subjectAltName=IP:${address}`], {
    stdio: 'ignore',
  });
  writeFileSync(join(account, 'token'), 'let-me-read\n', { mode: 0o644 });
  writeFileSync(join(account, 'namespace'), 'default', { mode: 0o644 });
  execFileSync('cp', [join(api, 'tls.crt'), join(account, 'ca.crt')]);
}
