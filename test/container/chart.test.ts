import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KubernetesObject, objectsOf } from '../../src/manifest/objects/objects.ts';
import { at, textAt } from '../../src/manifest/objects/tree.ts';
import { helm, template, type Values } from '../chart/helm.ts';
import { documentsOf } from '../manifest/manifests.ts';
import { ask, createNetwork, image, mayRun, type Network, networkName, removeNetwork } from './engine.ts';
import { ended, type Pod, roleOf, serving, startPlaced } from './pod.ts';
import { containerOf, placedOf, podsOfSet } from './rendered-pod.ts';

/** A certificate for every member and client name, by an authority of its own, as one Secret. */
function secretOfStores(): object {
  const folder = mkdtempSync(join(tmpdir(), 'chart-tls-'));
  const openssl = (line: string) =>
    execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'ignore' });
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  try {
    openssl('req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -subj /CN=ca -days 30');
    openssl('req -new -newkey rsa:2048 -nodes -keyout tls.key -out tls.csr -subj /CN=zk');
    // The names of chart/templates/certificate.yaml.
    writeFileSync(
      join(folder, 'names'),
      'subjectAltName=DNS:*.zoo-zookeeper-headless.default.svc.cluster.local\n',
    );
    openssl(
      'x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial -extfile names -days 30 -out tls.crt',
    );
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'stores' },
      stringData: { 'tls.key': text('tls.key'), 'tls.crt': text('tls.crt'), 'ca.crt': text('ca.crt') },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The image under test, and pods that three of them fit beside other work. */
function onThisMachine(): Values {
  const [, repository = '', tag = ''] = /^(.*):([^:/]+)$/.exec(image) ?? [];
  return { image: { repository, tag }, resources: { limits: { cpu: '2', memory: '512Mi' } } };
}

const ensembles = [
  { title: 'the default values', values: (): Values => ({}), roles: ['follower', 'follower', 'leader'] },
  {
    title: 'an observer, and TLS for clients and between members',
    values: (): Values => ({
      observers: { replicaCount: 1 },
      tls: {
        client: { enabled: true, existingSecret: 'stores' },
        quorum: { enabled: true, existingSecret: 'stores' },
      },
      extraDeploy: [secretOfStores()],
    }),
    roles: ['follower', 'follower', 'leader', 'observer'],
  },
];

describe.skipIf(!mayRun || helm === '').each(ensembles)(
  'containers of the chart’s pods, with $title',
  (given) => {
    const name = networkName('chart');
    let network: Network;
    let objects: KubernetesObject[];
    let pods: Pod[] = [];
    const sets = () => objects.filter(({ kind }) => kind === 'StatefulSet');
    const rendered = () => sets().flatMap((set) => podsOfSet(objects, set));
    const first = () => pods[0] as Pod;

    beforeAll(async () => {
      network = await createNetwork(name);
      objects = objectsOf(documentsOf(await template({ ...onThisMachine(), ...given.values() })));
      pods = [];
      for (const pod of rendered()) pods.push(await startPlaced(network, await placedOf(pod, network)));
      await Promise.all(pods.map((pod) => serving(pod)));
    });
    afterAll(() => removeNetwork(name));

    it('form one ensemble, with the ids of their ordinals', async () => {
      expect((await Promise.all(pods.map(roleOf))).toSorted()).toEqual(given.roles);
      const ids = await Promise.all(
        pods.map(async (pod) => (await pod.exec('cat', '/var/lib/zookeeper/data/myid')).stdout.trim()),
      );
      expect(ids).toEqual(rendered().map(({ podName }) => String(Number(/\d+$/.exec(podName)?.[0]) + 1)));
    });

    it('run restricted: no root, nothing gained, nothing written to the image', async () => {
      const { stdout } = await first().exec('cat', '/proc/1/status');
      expect(stdout).toMatch(/^Uid:\t1000\t1000\t1000\t1000$/m);
      expect(stdout).toMatch(/^NoNewPrivs:\t1$/m);
      expect(stdout).toMatch(/^CapBnd:\t0+$/m);
      expect(await first().exec('touch', '/opt/zookeeper/lib/new')).toMatchObject({ exitCode: 1 });
    });

    it.each(['startupProbe', 'livenessProbe', 'readinessProbe'])('answer the rendered %s', async (probe) => {
      for (const [index, pod] of rendered().entries()) {
        const get = at(containerOf(pod), probe, 'httpGet');
        const url = `http://${pod.podName}:${textAt(get, 'port')}${textAt(get, 'path')}`;
        const asked = await pods[index]?.exec(
          'node',
          '-e',
          `fetch('${url}').then(r => console.log(r.status))`,
        );
        expect(asked?.stdout.trim(), asked?.stderr).toBe('200');
      }
    });

    it('pass `helm test`: its pod ends with 0 and has asked every member', async () => {
      const [workload] = objects.filter(({ kind }) => kind === 'Pod');
      const pod = {
        objects,
        workload: workload as KubernetesObject,
        podName: workload?.name ?? '',
        domain: '',
      };
      const placed = await placedOf(pod, network);
      const sanity = await startPlaced(network, { ...placed, domain: 'pods.default.svc.cluster.local' });
      const status = await ended(sanity);
      const log = await sanity.log();
      expect(status, log).toBe(0);
      for (const { podName } of rendered()) expect(log).toContain(podName);
    });

    it('serve on the ports of the Services', async () => {
      const ports = given.roles.length === 3 ? [2181] : [2181, 3181];
      for (const port of ports) {
        const client = `const c = require('node:net').connect(${port}, '127.0.0.1', () => { console.log('open'); c.end() })`;
        expect((await first().exec('node', '-e', client)).stdout.trim()).toBe('open');
      }
      if (ports.length === 1) return;
      const tls = `const c = require('node:tls').connect({ port: 3181, host: '127.0.0.1', rejectUnauthorized: false },
      () => { console.log(c.getPeerCertificate().subjectaltname); c.end() })`;
      expect((await first().exec('node', '-e', tls)).stdout).toContain('zoo-zookeeper-headless');
    });

    it('stop with 0 within the rendered grace period', async () => {
      const grace =
        textAt(sets()[0]?.tree, 'spec', 'template', 'spec', 'terminationGracePeriodSeconds') ?? '';
      expect(Number(grace)).toBeGreaterThan(22);
      const last = pods.at(-1) as Pod;
      await last.exec('sh', '-c', 'kill -TERM 1');
      expect(await ended(last)).toBe(0);
    });
  },
);

/** What the other chart's image leaves on its claim: both kinds of files in `data`, nothing of ours, another owner. */
const AS_THE_OTHER_LEAVES_IT = `cd /volume && mv log/version-2/log.* data/version-2/ && rm -r log data/zk-entrypoint.* &&
  chown -R 1001:1001 . && chmod -R u=rwX,go=rX . && find data -type f`;

describe.skipIf(!mayRun || helm === '')('claims of the Bitnami chart', () => {
  const name = networkName('moved');
  let network: Network;
  afterAll(() => removeNetwork(name));

  const start = async (values: Values) => {
    const objects = objectsOf(documentsOf(await template({ ...onThisMachine(), ...values })));
    const [set] = objects.filter(({ kind }) => kind === 'StatefulSet');
    const rendered = podsOfSet(objects, set as KubernetesObject);
    const pods: Pod[] = [];
    for (const pod of rendered) pods.push(await startPlaced(network, await placedOf(pod, network)));
    await Promise.all(pods.map((pod) => serving(pod)));
    return { pods, rendered };
  };

  it('are taken over: the members find their ids and their data, and serve', async () => {
    network = await createNetwork(name);
    const { pods, rendered } = await start({});
    const created = await pods[0]?.exec('zkCli.sh', 'create', '/kept', 'world');
    expect(`${created?.stdout}${created?.stderr}`).toContain('Created /kept');
    for (const pod of pods) await ask('stop', '-t', '30', pod.container);
    for (const [index, { podName }] of rendered.entries()) {
      await ask('rm', '-f', (pods[index] as Pod).container);
      const volume = `${name}-data-${podName}:/volume`;
      const left = await ask(
        ...[
          'run',
          '--rm',
          '--user',
          '0',
          '-v',
          volume,
          '--entrypoint',
          'sh',
          image,
          '-c',
          AS_THE_OTHER_LEAVES_IT,
        ],
      );
      expect(left).toMatch(/data\/version-2\/log\./);
      expect(left).not.toContain('zk-entrypoint');
    }
    const moved = await start({ dataLogDir: '/var/lib/zookeeper/data' });
    const got = await moved.pods[1]?.exec('zkCli.sh', 'get', '/kept');
    expect(got?.stdout).toMatch(/^world$/m);
  });
});
