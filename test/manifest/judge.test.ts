import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { routePath } from '../../src/health/routes.ts';
import { at } from '../../src/manifest/objects/tree.ts';
import { OUR_COMMANDS } from '../../src/manifest/pods/image-commands.ts';
import { HEALTH_PATHS } from '../../src/manifest/pods/listeners.ts';
import { CONTAINER, disasters, POD } from './disasters.ts';
import { base, type Change, changed, judged, linesOf, tutorial } from './manifests.ts';
import { fine, idle, refused } from './refused.ts';

const APP = { 'app.kubernetes.io/name': 'zookeeper' };

describe('our own manifest', () => {
  it('has nothing to be found', async () => {
    expect(await linesOf(base())).toEqual([]);
  });

  it.each([
    ['/opt/zookeeper', '/opt/zookeeper'],
    ['/opt/zookeeper/lib/', '/opt/zookeeper/lib'],
    ['/opt', '/opt'],
    ['/', '/'],
  ])('with an empty volume on %s has no ZooKeeper', async (mountPath, shown) => {
    const lines = await linesOf(changed(base(), [`${CONTAINER}.volumeMounts[1].mountPath`, mountPath]));
    expect(lines).toContainEqual(
      expect.stringContaining(
        `error ZK-DISTRIBUTION-001 StatefulSet/zk spec.template.spec.containers[0].volumeMounts (${shown}): the volume conf hides /opt/zookeeper/lib, where the image keeps ZooKeeper`,
      ),
    );
  });

  it('takes the last of two objects with one name, as kubectl does', async () => {
    const [config] = base().filter((tree) => at(tree, 'kind') === 'ConfigMap');
    const five = changed([config], ['ConfigMap data.ZK_REPLICAS', '5']);
    const twice = '029 ConfigMap/zk-config metadata.name: is in the files more than once, and only the last';
    const later = await linesOf([...base(), ...five]);
    expect(later).toContainEqual(expect.stringContaining(twice));
    expect(later).toContainEqual(expect.stringContaining('spec.replicas: is 3, but the ensemble has 5'));
    const earlier = await linesOf([...five, ...base()]);
    expect(earlier).toEqual([expect.stringContaining(twice)]);
  });

  it.each(disasters)('with %s says so', async (_, found, changes) => {
    expect(await linesOf(changed(base(), ...changes))).toContainEqual(expect.stringContaining(found));
  });

  it.each<readonly [string, readonly Change[]]>([
    [
      'an exec of zk-ready under Parallel',
      [[`${CONTAINER}.readinessProbe`, { exec: { command: ['zk-ready'] }, timeoutSeconds: 5 }]],
    ],
    [
      'OrderedReady with ruok',
      [
        ['StatefulSet spec.podManagementPolicy', 'OrderedReady'],
        ['ConfigMap data.ZK_READINESS', 'ruok'],
      ],
    ],
    [
      'a budget by minAvailable',
      [
        ['PodDisruptionBudget spec.maxUnavailable', undefined],
        ['PodDisruptionBudget spec.minAvailable', 2],
      ],
    ],
    ['a tcpSocket probe without a timeout', [[`${CONTAINER}.livenessProbe`, { tcpSocket: { port: 2181 } }]]],
    [
      'the old annotation for names',
      [
        ['Service/zk-headless spec.publishNotReadyAddresses', undefined],
        [
          'Service/zk-headless metadata.annotations',
          { 'service.alpha.kubernetes.io/tolerate-unready-endpoints': 'true' },
        ],
      ],
    ],
    [
      'a second, unrelated Service',
      [
        ['Service/zk-client spec.ports[0]', { port: 80 }],
        ['Service/zk-client spec.selector', { app: 'web' }],
      ],
    ],
    [
      'expressions for labels',
      [
        [
          'PodDisruptionBudget spec.selector',
          {
            matchExpressions: [
              { key: 'app.kubernetes.io/name', operator: 'In', values: ['zookeeper'] },
              { key: 'x', operator: 'DoesNotExist' },
            ],
          },
        ],
      ],
    ],
    [
      'a link whose variable is set',
      [
        [`${POD}.enableServiceLinks`, true],
        ['ConfigMap data.ZK_CLIENT_PORT', '2181'],
      ],
    ],
    [
      'one member',
      [
        ['ConfigMap data.ZK_REPLICAS', '1'],
        ['StatefulSet spec.replicas', 1],
      ],
    ],
    [
      'start-zookeeper and its flags',
      [
        ['ConfigMap data.ZK_REPLICAS', undefined],
        [
          `${CONTAINER}.command`,
          ['sh', '-c', 'start-zookeeper \\\n --servers=3 \\\n --heap="512M" --log_level=INFO'],
        ],
      ],
    ],
    [
      'no fsGroup, in a pod that runs as root',
      [
        [`${POD}.securityContext`, { runAsUser: 0 }],
        [`${CONTAINER}.securityContext`, undefined],
      ],
    ],
    ['another label on the pods', [['StatefulSet spec.template.metadata.labels', { ...APP, tier: 'data' }]]],
  ])('with %s has nothing to be found', async (_, changes) => {
    expect(await linesOf(changed(base(), ...changes))).toEqual([]);
  });

  it('says what one pod alone has under its name', async () => {
    const twoOfThree = changed(
      base(),
      ['ConfigMap data.ZK_REPLICAS', '2'],
      ['ConfigMap data.ZK_MEMBERSHIP', 'static'],
    );
    const [judgement] = await judged(twoOfThree);
    const outside = judgement?.findings.filter(({ code }) => code === 'ZK-IDENTITY-002');
    expect(outside?.map(({ pods }) => pods)).toEqual([['zk-2']]);
  });

  it('shows no value of a Secret, nor a part of it', async () => {
    const secret = {
      kind: 'Secret',
      metadata: { name: 's' },
      data: { stop: btoa('4711s'), port: btoa('hunter2 x'), extra: btoa('a.b=hunter2\nclientPort=hunter2') },
    };
    const ref = (name: string, key: string) => ({ name, valueFrom: { secretKeyRef: { name: 's', key } } });
    const env = [
      ref('ZK_CLIENT_PORT', 'port'),
      ref('ZK_EXTRA_CONFIG', 'extra'),
      { name: 'ZK_TICK_TIME', value: '$(ZK_CLIENT_PORT)' },
      ref('ZK_STOP_TIMEOUT', 'stop'),
    ];
    const lines = await linesOf([...changed(base(), [`${CONTAINER}.env`, env]), secret]);
    expect(lines.join('\n')).toContain(
      'error ZK-SETTING-001 StatefulSet/zk ZK_CLIENT_PORT (from Secret/s data.port): "********" is not',
    );
    expect(lines.join('\n')).not.toContain('hunter2');
    expect(lines.join('\n')).toContain('ZK-MANIFEST-009');
    expect(lines.join('\n')).not.toContain('4711');
  });

  it('reads a setting from a mounted file', async () => {
    const map = { kind: 'ConfigMap', metadata: { name: 'files' }, data: { tick: '100\n' } };
    const documents = changed(
      base(),
      [`${POD}.volumes[3]`, { name: 'files', configMap: { name: 'files' } }],
      [`${CONTAINER}.volumeMounts[4]`, { name: 'files', mountPath: '/etc/zk' }],
      [`${CONTAINER}.env`, [{ name: 'ZK_TICK_TIME_FILE', value: '/etc/zk/tick' }]],
    );
    expect(await linesOf([...documents, map])).toContainEqual(expect.stringContaining('ZK-TIMING-003'));
    expect(await linesOf(documents)).toEqual([
      expect.stringContaining('ZK-MANIFEST-018 StatefulSet/zk ZK_TICK_TIME_FILE'),
    ]);
  });

  it('reads it from a source of a projected volume too, and only what its items mount', async () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'files' },
      stringData: { tick: '100' },
    };
    const lines = (path: string) =>
      linesOf([
        ...changed(
          base(),
          [
            `${POD}.volumes[3]`,
            {
              name: 'files',
              projected: {
                sources: [
                  { configMap: { name: 'zk-config' } },
                  { secret: { name: 'files', items: [{ key: 'tick', path: 'below/tick' }] } },
                ],
              },
            },
          ],
          [`${CONTAINER}.volumeMounts[4]`, { name: 'files', mountPath: '/etc/zk' }],
          [`${CONTAINER}.env`, [{ name: 'ZK_TICK_TIME_FILE', value: `/etc/zk/${path}` }]],
        ),
        secret,
      ]);
    expect(await lines('below/tick')).toContainEqual(expect.stringContaining('ZK-TIMING-003'));
    expect(await lines('tick')).toEqual([expect.stringContaining('ZK-MANIFEST-018')]);
  });
});

describe('what Kubernetes cannot make, run or probe', () => {
  it.each(refused)('%s', async (_, found, changes) => {
    const lines = await linesOf(changed(base(), ...changes));
    expect(lines).toContainEqual(expect.stringContaining(`error ZK-MANIFEST-${found}`));
  });

  it.each(idle)('%s is only said', async (_, found, changes) => {
    const lines = await linesOf(changed(base(), ...changes));
    expect(lines).toContainEqual(expect.stringContaining(`warning ZK-MANIFEST-${found}`));
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it.each(fine)('is not: %s', async (_, changes) => {
    expect(await linesOf(changed(base(), ...changes))).toEqual([]);
  });

  it('a port of a Service that the pods are not behind is for others', async () => {
    const other: Change[] = [
      ['Service/zk-client spec.selector', { app: 'web' }],
      ['Service/zk-client spec.ports[0]', { port: 80, targetPort: 'web' }],
    ];
    expect(await linesOf(changed(base(), ...other))).toEqual([]);
  });

  it('knows what the image has, and what the health endpoint answers', () => {
    const bin = join(import.meta.dirname, '../../image/bin');
    const sourced = ['ask-supervisor.sh', 'own-script.sh'];
    expect([...OUR_COMMANDS].toSorted()).toEqual(
      [...readdirSync(bin).filter((name) => !sourced.includes(name)), 'zk-entrypoint'].toSorted(),
    );
    expect(HEALTH_PATHS.map((path) => routePath(path))).toEqual(HEALTH_PATHS);
    expect(routePath('/nothing')).toBeUndefined();
  });
});

describe('other manifests', () => {
  it('finds in the tutorial what is wrong with it', async () => {
    const lines = await linesOf(tutorial());
    expect(lines.map((line) => line.split(': ', 1).join(''))).toEqual([
      'warning ZK-TIMING-001 StatefulSet/zk ZK_SYNC_LIMIT (from ConfigMap/zk-config data.tick)',
      'warning ZK-PURGE-001 StatefulSet/zk ZK_PURGE_INTERVAL (from ConfigMap/zk-config data.purge.interval)',
      'warning ZK-MANIFEST-004 Service/zk-headless spec.publishNotReadyAddresses',
      'warning ZK-MANIFEST-007 StatefulSet/zk spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector',
    ]);
    expect(lines[0]).toContain('is 2000 ticks of 2000 ms, so a dead leader is noticed only after 1 h 6 min');
  });

  it.each([
    ['another image', [[`${CONTAINER}.command`, ['docker-entrypoint.sh']]]],
    [
      'an image with its own command',
      [
        [`${CONTAINER}.command`, undefined],
        [`${CONTAINER}.image`, 'solr:9'],
      ],
    ],
  ] as readonly (readonly [string, readonly Change[]])[])(
    'says of %s that it is not ours, and judges no further',
    async (_, changes) => {
      const lines = await linesOf(changed(base(), ['ConfigMap data.ZK_REPLICAS', '1'], ...changes));
      expect(lines).toEqual([expect.stringContaining('note ZK-MANIFEST-001 StatefulSet/zk')]);
    },
  );

  it('judges each StatefulSet, and members of one ensemble across two', async () => {
    const env = [{ name: 'ZK_ENSEMBLE', value: 'zk-0;zk-1;zk-2;zk-b-0;zk-b-1' }];
    const first = changed(base(), [`${CONTAINER}.env`, env], ['ConfigMap data', { ZK_READINESS: 'serving' }]);
    const [second] = changed(
      first.filter((tree) => (tree as { kind: string }).kind === 'StatefulSet'),
      ['StatefulSet metadata.name', 'zk-b'],
      ['StatefulSet spec.replicas', 2],
    );
    const judgements = await judged([...first, second]);
    expect(judgements.map(({ title, pods }) => [title, pods.length])).toEqual([
      ['StatefulSet/zk', 3],
      ['StatefulSet/zk-b', 2],
    ]);
    // The places in the list are the ids, and that alone is said of it.
    const codes = judgements.flatMap(({ findings }) => findings.map(({ code }) => code));
    expect(codes).toEqual(['ZK-IDENTITY-011', 'ZK-IDENTITY-011']);
    expect((await linesOf(first)).join()).toContain('none of the pods is zk-b-0, zk-b-1');
  });
});
