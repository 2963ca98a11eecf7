import { describe, expect, it } from 'vitest';
import { objectsOf } from '../../../src/manifest/objects/objects.ts';
import { parseQuantity } from '../../../src/manifest/objects/quantity.ts';
import { environmentOf } from '../../../src/manifest/pods/environment.ts';

const objects = objectsOf([
  { kind: 'ConfigMap', metadata: { name: 'c' }, data: { A: 'a', B: 'b', n: 3 } },
  { kind: 'ConfigMap', metadata: { name: 'c', namespace: 'elsewhere' }, data: { A: 'foreign' } },
  { kind: 'Secret', metadata: { name: 's' }, data: { P: 'aMOkbGxv' }, stringData: { Q: 'q' } },
  {
    kind: 'StatefulSet',
    metadata: { name: 'zk' },
    spec: { template: { metadata: { labels: { app: 'zk' } } } },
  },
]);

function environment(container: object) {
  const workload = objects.find(({ kind }) => kind === 'StatefulSet');
  if (workload === undefined) throw new Error('no StatefulSet');
  const { variables, findings } = environmentOf({ objects, workload, container, path: 'c', podName: 'zk-1' });
  return { texts: Object.fromEntries([...variables].map(([name, { text }]) => [name, text])), findings };
}

const field = (fieldPath: string) => [{ name: 'X', valueFrom: { fieldRef: { fieldPath } } }];
const resource = (name: string, divisor?: string) => [
  { name: 'X', valueFrom: { resourceFieldRef: { resource: name, divisor } } },
];
const key = (kind: string, name: string, which: string, optional?: boolean) => [
  { name: 'X', valueFrom: { [kind]: { name, key: which, optional } } },
];

describe('the environment of a pod', () => {
  it.each([
    ['a value', [{ name: 'X', value: 'x' }], 'x'],
    ['a value left out', [{ name: 'X' }], ''],
    ['a number, as a careless hand writes it', [{ name: 'X', value: 3 }], '3'],
    [
      'the last of two',
      [
        { name: 'X', value: '1' },
        { name: 'X', value: '2' },
      ],
      '2',
    ],
    ['a ConfigMap key', key('configMapKeyRef', 'c', 'A'), 'a'],
    ['a number in a ConfigMap', key('configMapKeyRef', 'c', 'n'), '3'],
    ['a Secret key, decoded as UTF-8', key('secretKeyRef', 's', 'P'), 'hällo'],
    ['a Secret’s stringData', key('secretKeyRef', 's', 'Q'), 'q'],
    ['an optional key that is not there', key('configMapKeyRef', 'c', 'Z', true), undefined],
    ['an optional object that is not there', key('configMapKeyRef', 'z', 'Z', true), undefined],
    ['the pod’s name', field('metadata.name'), 'zk-1'],
    ['the namespace', field('metadata.namespace'), 'default'],
    ['a label', field("metadata.labels['app']"), 'zk'],
    ['the service account', field('spec.serviceAccountName'), 'default'],
    ['a memory limit', resource('limits.memory'), '1073741824'],
    ['a memory limit in MiB', resource('limits.memory', '1Mi'), '1024'],
    ['a share of CPU, rounded up', resource('limits.cpu', '1'), '1'],
  ])('%s', (_, env, expected) => {
    const { texts, findings } = environment({ env, resources: { limits: { memory: '1Gi', cpu: '250m' } } });
    expect([texts['X'], findings]).toEqual([expected, []]);
  });

  it.each([
    ['$(A)', 'a'],
    ['$(A)-$(B)', 'a-b'],
    ['$$(A)', '$(A)'],
    ['$(UNKNOWN)', '$(UNKNOWN)'],
    ['$(LATER)', '$(LATER)'],
    ['$A $', '$A $'],
  ])('%s becomes %s', (value, expected) => {
    const container = {
      envFrom: [{ configMapRef: { name: 'c' } }],
      env: [
        { name: 'X', value },
        { name: 'LATER', value: 'l' },
      ],
    };
    expect(environment(container).texts['X']).toBe(expected);
  });

  it('takes whole objects with a prefix, and env wins over them', () => {
    const envFrom = [
      { configMapRef: { name: 'c' } },
      { prefix: 'P_', configMapRef: { name: 'c' } },
      { secretRef: { name: 's' } },
    ];
    expect(environment({ envFrom, env: [{ name: 'A', value: 'own' }] }).texts).toMatchObject({
      A: 'own',
      P_A: 'a',
      Q: 'q',
    });
  });

  it.each([
    ['status.podIP', field('status.podIP')],
    ['a limit that is not set', resource('limits.ephemeral-storage')],
  ])('says that %s is not known', (_, env) => {
    expect(environment({ env }).findings.map(({ code }) => code)).toEqual(['ZK-MANIFEST-018']);
  });
});

describe('a quantity', () => {
  it.each([
    ['512Mi', 536_870_912],
    ['2G', 2e9],
    ['1.5Gi', 1_610_612_736],
    ['1e9', 1e9],
    ['100m', 0.1],
    ['1024', 1_024],
    ['12E', 12e18],
    ['', undefined],
    ['lots', undefined],
    ['-1', undefined],
    ['1GiB', undefined],
  ])('%s is %s', (text, number) => {
    expect(parseQuantity(text)).toBe(number);
  });
});
