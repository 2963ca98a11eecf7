import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { at, listAt, type Tree, textAt } from '../../src/manifest/objects/tree.ts';
import { changed, documentsOf, kubernetes, linesOf, textOf } from '../manifest/manifests.ts';
import { podSpecs, unrestricted, validate } from '../manifest/published.ts';

const fetched = spawnSync(join(import.meta.dirname, '../../scripts/fetch-tool'), ['kubectl'], {
  encoding: 'utf8',
});
const kubectl = fetched.status === 0 ? fetched.stdout.trim() : undefined;
if (kubectl === undefined)
  process.stderr.write(`SKIPPED: no kubectl, so no component was built: ${fetched.stderr}\n`);

function kustomize(folder: string): Tree[] {
  const { status, stdout, stderr } = spawnSync(kubectl ?? '', ['kustomize', folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return documentsOf(stdout);
}

/** An overlay of our base with a component, as its user writes one. */
function withComponent(name: string, more: object = {}): Tree[] {
  const folder = mkdtempSync(join(tmpdir(), 'zk-overlay-'));
  try {
    // kustomize follows no absolute path.
    const from = (path: string) => relative(folder, join(kubernetes, path));
    const overlay = { resources: [from('base')], components: [from(`components/${name}`)], ...more };
    writeFileSync(join(folder, 'kustomization.yaml'), stringify(overlay));
    return kustomize(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const named = (objects: readonly Tree[], kind: string, name: string) =>
  objects.find((tree) => textAt(tree, 'kind') === kind && at(tree, 'metadata', 'name') === name);
const portsOf = (tree: Tree, ...path: string[]) => listAt(tree, ...path).map((port) => textAt(port, 'name'));

/** What the comment of certificate.yaml says that an overlay adds. */
function commented(): object {
  const lines = textOf('components/tls/certificate.yaml').split('\n');
  const text = lines.flatMap((line) => /^# {3}(.*)$/.exec(line)?.[1] ?? []).join('\n');
  const [found] = documentsOf(text);
  return found as object;
}

const cases = [
  ['components/tls', () => withComponent('tls'), ['client-tls']],
  ['components/tls-from-secret', () => withComponent('tls-from-secret'), ['client-tls']],
  ['overlays/to-tls', () => kustomize(join(kubernetes, 'overlays/to-tls')), ['client-tls', 'client']],
] as const;

describe.skipIf(kubectl === undefined)('TLS by kustomize', () => {
  describe.each(cases)('%s', (folder, build, open) => {
    const objects = kubectl === undefined ? [] : build();
    const pod = () => podSpecs(objects)[0];

    it('is judged to have nothing wrong, and fits the published schemas', async () => {
      expect(await linesOf(objects)).toEqual([]);
      for (const object of objects) await validate(object);
    });

    it('asks for no more than the restricted Pod Security Standard allows', () => {
      expect(unrestricted(pod())).toEqual([]);
    });

    it('mounts the key for the group of the pod alone, where ZK_TLS_DIR has it', () => {
      const volume = listAt(pod(), 'volumes').find((each) => textAt(each, 'name') === 'tls');
      expect(at(volume, 'secret')).toEqual({ secretName: 'zk-tls', defaultMode: 0o440 });
      expect(at(pod(), 'securityContext', 'fsGroup')).toBe(1000);
      const mount = listAt(pod(), 'containers', 0, 'volumeMounts').find(
        (each) => textAt(each, 'name') === 'tls',
      );
      expect(mount).toMatchObject({ readOnly: true });
      expect(at(named(objects, 'ConfigMap', 'zk-config'), 'data', 'ZK_TLS_DIR')).toBe(at(mount, 'mountPath'));
    });

    it('has the port without TLS in container and Services only while it is open', () => {
      const ofPod = portsOf(pod(), 'containers', '0', 'ports');
      expect(ofPod.filter((name) => name?.startsWith('client')).toSorted()).toEqual(open.toSorted());
      for (const service of ['zk-headless', 'zk-client'])
        expect(
          portsOf(named(objects, 'Service', service), 'spec', 'ports')
            .filter((name) => name?.startsWith('client'))
            .toSorted(),
          folder,
        ).toEqual(open.toSorted());
    });
  });

  it('has a Certificate for what members and clients call the pods, into the Secret that is mounted', () => {
    const certificate = named(withComponent('tls'), 'Certificate', 'zk');
    expect(at(certificate, 'spec')).toMatchObject({
      secretName: 'zk-tls',
      usages: expect.arrayContaining(['server auth', 'client auth']),
      dnsNames: expect.arrayContaining(['*.zk-headless.default.svc.cluster.local', 'zk-client.default.svc']),
    });
  });

  it('has the namespace and the Issuer of an overlay, as the comment says', async () => {
    const objects = withComponent('tls', { namespace: 'shop', ...commented() });
    const certificate = named(objects, 'Certificate', 'zk');
    expect(at(certificate, 'spec', 'issuerRef')).toEqual({ kind: 'ClusterIssuer', name: 'my-issuer' });
    expect(at(certificate, 'spec', 'dnsNames')).toEqual([
      '*.zk-headless.shop.svc.cluster.local',
      'zk-client',
      'zk-client.shop',
      'zk-client.shop.svc',
      'zk-client.shop.svc.cluster.local',
    ]);
    expect(await linesOf(objects)).toEqual([]);
  });

  it('is found wrong where the folder or the port is another', async () => {
    const objects = withComponent('tls-from-secret');
    const elsewhere = await linesOf(changed(objects, ['Service/zk-client spec.ports.0.targetPort', 2281]));
    expect(elsewhere.join('\n')).toContain('points to port 2281, but nothing in the pods listens there');
    const without = await linesOf(
      changed(objects, ['ConfigMap data.ZK_TLS_DIR', undefined], ['ConfigMap data.ZK_QUORUM_TLS', 'tls']),
    );
    expect(without.join('\n')).toMatch(/error ZK-TLS-016 [^\n]*there are no certificates for it/);
  });
});

describe.skipIf(kubectl === undefined)('the other components', () => {
  describe.each(['network-policy', 'leave-by-itself', 'auth'])('components/%s', (name) => {
    const objects = kubectl === undefined ? [] : withComponent(name);

    it('is judged to have nothing wrong, and fits the published schemas', async () => {
      expect(await linesOf(objects)).toEqual([]);
      for (const object of objects) await validate(object);
    });

    it('asks for no more than the restricted Pod Security Standard allows', () => {
      expect(unrestricted(podSpecs(objects)[0])).toEqual([]);
    });
  });

  it('mount passwords for the group of the pod alone, where the variables name them', async () => {
    const objects = kubectl === undefined ? [] : withComponent('auth');
    const [pod] = podSpecs(objects);
    const volume = listAt(pod, 'volumes').find((each) => textAt(each, 'name') === 'auth');
    expect(at(volume, 'secret')).toEqual({ secretName: 'zk-auth', defaultMode: 0o440 });
    const settings = named(objects, 'ConfigMap', 'zk-config');
    expect(at(settings, 'data')).toMatchObject({
      ZK_QUORUM_PASSWORD_FILE: '/etc/zookeeper-auth/password',
      ZK_CLIENT_USERS_FILE: '/etc/zookeeper-auth/users',
    });
    const secret = (password: string) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'zk-auth' },
      stringData: { password, users: 'alice:of-a-test-alone' },
    });
    expect(await linesOf([...objects, secret('of-a-test-alone')])).toEqual([]);
    expect((await linesOf([...objects, secret('changeme')])).join()).toMatch(
      /error ZK-\S+ \S+ ZK_QUORUM_PASSWORD\S* .*is one of the words that are tried first/,
    );
  });

  it('let nobody but members reach the ports between members', () => {
    const objects = kubectl === undefined ? [] : withComponent('network-policy');
    const rules = listAt(named(objects, 'NetworkPolicy', 'zk'), 'spec', 'ingress');
    const open = rules.flatMap((rule) => listAt(rule, 'ports').map((port) => textAt(port, 'port')));
    expect(open.toSorted()).toEqual(['7000', '9141', 'client', 'client-tls', 'health']);
    expect(rules.filter((rule) => listAt(rule, 'from').length === 0)).toEqual([]);
    // Without ports a rule opens all of them: that of the members alone.
    const [all, ...others] = rules.filter((rule) => listAt(rule, 'ports').length === 0);
    expect(others).toEqual([]);
    expect(at(listAt(all, 'from')[0], 'podSelector', 'matchLabels')).toEqual({
      'app.kubernetes.io/name': 'zookeeper',
    });
  });
});

describe.skipIf(kubectl === undefined)('the key of the members by kustomize', () => {
  const objects = kubectl === undefined ? [] : withComponent('peer-key');
  const pod = () => podSpecs(objects)[0];

  it('is judged to have nothing wrong, and fits the published schemas', async () => {
    expect(await linesOf(objects)).toEqual([]);
    for (const object of objects) await validate(object);
    expect(unrestricted(pod())).toEqual([]);
  });

  it('mounts the key for the group of the pod alone, where ZK_PEER_KEY_FILE has it', () => {
    const volume = listAt(pod(), 'volumes').find((each) => textAt(each, 'name') === 'peer-key');
    expect(at(volume, 'secret')).toEqual({ secretName: 'zk-peer-key', defaultMode: 0o440 });
    const mount = listAt(pod(), 'containers', 0, 'volumeMounts').find(
      (each) => textAt(each, 'name') === 'peer-key',
    );
    const file = at(named(objects, 'ConfigMap', 'zk-config'), 'data', 'ZK_PEER_KEY_FILE');
    expect(file).toBe(`${textAt(mount, 'mountPath')}/peer-key`);
  });
});
