import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type KubernetesObject,
  type Labels,
  labelsAt,
  objectsOf,
  ofKind,
} from '../../src/manifest/objects/objects.ts';
import { selects, serviceSelects } from '../../src/manifest/objects/selector.ts';
import { at, listAt, pairsAt, textAt } from '../../src/manifest/objects/tree.ts';
import { rows, type SettingKey, table } from '../../src/settings/table.ts';
import { documentsOf, kubernetes, linesOf, textOf } from '../manifest/manifests.ts';

const fetched = spawnSync(join(import.meta.dirname, '../../scripts/fetch-tool'), ['kubectl'], {
  encoding: 'utf8',
});
const kubectl = fetched.status === 0 ? fetched.stdout.trim() : undefined;
if (kubectl === undefined) {
  process.stderr.write(`SKIPPED: no kubectl, so no kustomization was built: ${fetched.stderr}\n`);
}

function built(folder: string): string {
  const { status, stdout, stderr } = spawnSync(kubectl ?? '', ['kustomize', join(kubernetes, folder)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

interface Built {
  readonly objects: readonly KubernetesObject[];
  readonly set: KubernetesObject;
  readonly pod: unknown;
  readonly container: unknown;
  readonly labels: Labels;
}

function read(text: string): Built {
  const objects = objectsOf(documentsOf(text));
  const [set] = objects.filter(({ kind }) => kind === 'StatefulSet');
  if (set === undefined) throw new Error('no StatefulSet');
  const pod = at(set.tree, 'spec', 'template', 'spec');
  const labels = labelsAt(set.tree, 'spec', 'template', 'metadata', 'labels');
  return { objects, set, pod, container: at(pod, 'containers', 0), labels };
}

const kind = ({ objects }: Built, name: string) => ofKind(objects, { kind: name, namespace: 'default' });
const SETTINGS = new Set(rows.map(([, { variable }]) => variable));
const defaultOf = (key: SettingKey) => (table[key].fallback as { value?: unknown }).value;
const PORTS = {
  client: defaultOf('clientPort'),
  server: defaultOf('serverPort'),
  election: defaultOf('electionPort'),
  health: defaultOf('healthPort'),
};

/** Every name of a variable that the objects set, whatever way. */
function variablesOf(manifest: Built): string[] {
  const maps = kind(manifest, 'ConfigMap').flatMap(({ tree }) => pairsAt(tree, 'data').map(([key]) => key));
  return [...maps, ...listAt(manifest.container, 'env').map((entry) => textAt(entry, 'name') ?? '')].filter(
    (name) => name.startsWith('ZK_'),
  );
}

describe.skipIf(kubectl === undefined)('the kustomization', () => {
  describe.each([
    ['base', 3],
    ['overlays/development', 1],
    ['overlays/five-members', 5],
  ])('%s', (folder, members) => {
    const manifest = kubectl === undefined ? undefined : read(built(folder));
    const given = (): Built => manifest as Built;

    it('is judged to have nothing wrong', async () => {
      expect(await linesOf(given().objects.map(({ tree }) => tree))).toEqual([]);
    });

    it('has as many pods as members, and names no setting that there is not', () => {
      const [config] = kind(given(), 'ConfigMap');
      expect([at(given().set.tree, 'spec', 'replicas'), at(config?.tree, 'data', 'ZK_REPLICAS')]).toEqual([
        members,
        String(members),
      ]);
      expect(variablesOf(given()).length).toBeGreaterThan(1);
      expect(variablesOf(given()).filter((name) => !SETTINGS.has(name))).toEqual([]);
    });

    it('lets the ensemble decide on its members, so that another number of pods restarts nobody', () => {
      const [config] = kind(given(), 'ConfigMap');
      expect(at(config?.tree, 'data', 'ZK_MEMBERSHIP')).toBe('dynamic');
      expect(at(given().set.tree, 'spec', 'template', 'metadata', 'annotations')).toBeUndefined();
    });

    it('has the ports of the settings’ defaults, in the container, the Services and the probes', () => {
      const ports = Object.fromEntries(
        listAt(given().container, 'ports').map((port) => [textAt(port, 'name'), at(port, 'containerPort')]),
      );
      expect(ports).toEqual(PORTS);
      for (const { tree } of kind(given(), 'Service')) {
        for (const port of listAt(tree, 'spec', 'ports')) {
          const name = textAt(port, 'name') as keyof typeof PORTS;
          expect([at(port, 'port'), at(port, 'targetPort')]).toEqual([PORTS[name], name]);
        }
      }
      const [headless] = kind(given(), 'Service').filter(({ name }) => name === 'zk-headless');
      expect(listAt(headless?.tree, 'spec', 'ports').map((port) => textAt(port, 'name'))).toEqual(
        Object.keys(PORTS),
      );
    });

    it('asks the health endpoint, with more patience than ours', () => {
      for (const [probe, path] of [
        ['startupProbe', '/startupz'],
        ['livenessProbe', '/livez'],
        ['readinessProbe', '/readyz'],
      ] as const) {
        expect(at(given().container, probe, 'httpGet')).toEqual({ path, port: PORTS.health });
        expect(at(given().container, probe, 'timeoutSeconds')).toBeGreaterThanOrEqual(3);
      }
    });

    it('selects its pods wherever it selects', () => {
      const { set, pod, labels } = given();
      const term = at(
        pod,
        'affinity',
        'podAntiAffinity',
        'requiredDuringSchedulingIgnoredDuringExecution',
        0,
        'labelSelector',
      );
      const spread = at(pod, 'topologySpreadConstraints', 0, 'labelSelector');
      const [budget] = kind(given(), 'PodDisruptionBudget');
      for (const selector of [
        at(set.tree, 'spec', 'selector'),
        term,
        spread,
        at(budget?.tree, 'spec', 'selector'),
      ]) {
        expect(selects(selector, labels)).toBe(true);
      }
      expect(kind(given(), 'Service').map(({ tree }) => serviceSelects(tree, labels))).toEqual([true, true]);
      expect(textAt(set.tree, 'spec', 'serviceName')).toBe('zk-headless');
    });

    it('lets one pod at a time be drained, and starts all at once', () => {
      const [budget] = kind(given(), 'PodDisruptionBudget');
      expect(at(budget?.tree, 'spec', 'maxUnavailable')).toBe(1);
      expect(at(given().set.tree, 'spec', 'podManagementPolicy')).toBe('Parallel');
      expect(at(given().pod, 'terminationGracePeriodSeconds')).toBeGreaterThan(22);
      expect(at(given().pod, 'enableServiceLinks')).toBe(false);
    });

    it('asks for no more than the restricted Pod Security Standard allows', () => {
      const { pod, container } = given();
      expect(at(pod, 'securityContext')).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(at(container, 'securityContext')).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(
        listAt(pod, 'volumes')
          .flatMap((volume) => Object.keys(volume as object))
          .filter((key) => !['name', 'emptyDir'].includes(key)),
      ).toEqual([]);
    });

    it('mounts something to write to wherever something is written', () => {
      const mounts = listAt(given().container, 'volumeMounts').map((mount) => textAt(mount, 'mountPath'));
      expect(mounts).toEqual(['/var/lib/zookeeper', defaultOf('confDir'), defaultOf('logDir'), '/tmp']);
      for (const key of ['dataDir', 'dataLogDir'] as const)
        expect(defaultOf(key)).toMatch(/^\/var\/lib\/zookeeper\//);
    });

    it('has requests and limits, and an image with a tag', () => {
      const resources = at(given().container, 'resources');
      for (const list of ['requests', 'limits']) {
        expect(Object.keys(at(resources, list) as object).toSorted()).toEqual(['cpu', 'memory']);
      }
      expect(textAt(given().container, 'image')).toBe('zk-entrypoint:3.9');
    });
  });

  // Without this, a kubectl that builds anything would pass.
  it('would not be built from a folder without one', () => {
    expect(() => built('overlays')).toThrow('kustomization');
  });
});

describe('tutorial.yaml', () => {
  const tutorial = read(textOf('tutorial.yaml'));

  it('has the objects, names and command of the tutorial', () => {
    expect(tutorial.objects.map(({ kind, name }) => `${kind}/${name}`)).toEqual([
      'Service/zk-headless',
      'ConfigMap/zk-config',
      'PodDisruptionBudget/zk-budget',
      'StatefulSet/zk',
    ]);
    expect(at(tutorial.container, 'command')).toEqual([
      'sh',
      '-c',
      'zkGenConfig.sh && zkServer.sh start-foreground',
    ]);
    expect(at(tutorial.pod, 'securityContext')).toEqual({ runAsUser: 1000, fsGroup: 1000 });
  });

  it('names no setting that there is not, and selects its pods', () => {
    expect(variablesOf(tutorial).length).toBeGreaterThan(8);
    expect(variablesOf(tutorial).filter((name) => !SETTINGS.has(name))).toEqual([]);
    expect(kind(tutorial, 'Service').map(({ tree }) => serviceSelects(tree, tutorial.labels))).toEqual([
      true,
    ]);
    expect(
      kind(tutorial, 'PodDisruptionBudget').map(({ tree }) =>
        selects(at(tree, 'spec', 'selector'), tutorial.labels),
      ),
    ).toEqual([true]);
  });
});

it('every file of image/kubernetes is YAML', () => {
  const files = readdirSync(kubernetes, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.yaml'),
  );
  expect(files.length).toBeGreaterThan(6);
  for (const file of files) expect(documentsOf(textOf(file)).length).toBeGreaterThan(0);
});
