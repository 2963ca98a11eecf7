import { describe, expect, it } from 'vitest';
import { base, type Change, changed, judged, linesOf, tutorial } from './manifests.ts';

const POD = 'StatefulSet spec.template.spec';
const CONTAINER = `${POD}.containers[0]`;
const APP = { 'app.kubernetes.io/name': 'zookeeper' };
const OTHER = { matchLabels: { app: 'zk' } };

/** What is changed in our own manifest, and the one finding that must come of it. */
const disasters: readonly (readonly [what: string, found: string, changes: readonly Change[]])[] = [
  [
    'each pod its own ensemble',
    'error ZK-MANIFEST-015 StatefulSet/zk spec.replicas: is 3, but zk-0 is told of 1 member',
    [['ConfigMap data.ZK_REPLICAS', '1']],
  ],
  [
    'a member too many',
    'warning ZK-MANIFEST-016 StatefulSet/zk spec.replicas: is 3, but the ensemble has 5 members; none of the pods is zk-3, zk-4',
    [['ConfigMap data.ZK_REPLICAS', '5']],
  ],
  [
    'an even ensemble',
    'warning ZK-ENSEMBLE-001',
    [
      ['ConfigMap data.ZK_REPLICAS', '4'],
      ['StatefulSet spec.replicas', 4],
    ],
  ],
  [
    'members that differ by name',
    'error ZK-MANIFEST-002 StatefulSet/zk the members: zk-0 has 1=zk-0.zk-0.example.org:2888:3888:participant',
    [
      [
        `${CONTAINER}.env`,
        [
          { name: 'ME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          { name: 'ZK_DOMAIN', value: '$(ME).example.org' },
        ],
      ],
    ],
  ],
  [
    'readiness that waits under OrderedReady',
    'error ZK-MANIFEST-003 StatefulSet/zk spec.template.spec.containers[0].readinessProbe: httpGet /readyz with ZK_READINESS=serving',
    [['StatefulSet spec.podManagementPolicy', undefined]],
  ],
  [
    'a script that waits under OrderedReady',
    'error ZK-MANIFEST-003',
    [
      ['StatefulSet spec.podManagementPolicy', 'OrderedReady'],
      ['ConfigMap data.ZK_READINESS', 'ruok'],
      [
        `${CONTAINER}.readinessProbe`,
        { exec: { command: ['sh', '-c', 'echo srvr | nc localhost 2181 | grep Mode'] }, timeoutSeconds: 5 },
      ],
    ],
  ],
  [
    'zkServer.sh status under OrderedReady',
    'error ZK-MANIFEST-003',
    [
      ['StatefulSet spec.podManagementPolicy', 'OrderedReady'],
      ['ConfigMap data.ZK_READINESS', 'ruok'],
      [`${CONTAINER}.readinessProbe`, { exec: { command: ['zkServer.sh', 'status'] }, timeoutSeconds: 5 }],
    ],
  ],
  [
    'names not published',
    'warning ZK-MANIFEST-004 Service/zk-headless spec.publishNotReadyAddresses',
    [['Service/zk-headless spec.publishNotReadyAddresses', undefined]],
  ],
  [
    'a budget that lets two go',
    'warning ZK-MANIFEST-005 PodDisruptionBudget/zk spec.maxUnavailable: lets 2 of 3 pods go at once',
    [['PodDisruptionBudget spec.maxUnavailable', 2]],
  ],
  ['a budget in percent', 'warning ZK-MANIFEST-005', [['PodDisruptionBudget spec.maxUnavailable', '50%']]],
  [
    'a budget that keeps one',
    'warning ZK-MANIFEST-005 PodDisruptionBudget/zk spec.minAvailable',
    [
      ['PodDisruptionBudget spec.maxUnavailable', undefined],
      ['PodDisruptionBudget spec.minAvailable', 1],
    ],
  ],
  [
    'a budget for nothing',
    'warning ZK-MANIFEST-007 PodDisruptionBudget/zk spec.selector: app=zk matches no pod',
    [['PodDisruptionBudget spec.selector', OTHER]],
  ],
  ['no budget', 'note ZK-MANIFEST-006', [['PodDisruptionBudget kind', 'Unrelated']]],
  [
    'anti-affinity to nothing',
    'warning ZK-MANIFEST-007 StatefulSet/zk spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector: app=zk does not match',
    [
      [
        `${POD}.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector`,
        OTHER,
      ],
    ],
  ],
  [
    'a spread of nothing',
    'warning ZK-MANIFEST-007 StatefulSet/zk spec.template.spec.topologySpreadConstraints[0].labelSelector',
    [[`${POD}.topologySpreadConstraints[0].labelSelector`, OTHER]],
  ],
  [
    'a client Service to nothing',
    'warning ZK-MANIFEST-007 Service/zk-client spec.selector: app=zk matches no pod',
    [['Service/zk-client spec.selector', { app: 'zk' }]],
  ],
  [
    'a governing Service to nothing',
    'error ZK-MANIFEST-008 Service/zk-headless spec.selector: app=zk does not match the pods, which have app.kubernetes.io/name=zookeeper',
    [['Service/zk-headless spec.selector', { app: 'zk' }]],
  ],
  [
    'a governing Service with an address',
    'error ZK-MANIFEST-008 Service/zk-headless spec.clusterIP',
    [['Service/zk-headless spec.clusterIP', undefined]],
  ],
  [
    'no governing Service in the files',
    'note ZK-MANIFEST-018 StatefulSet/zk spec.serviceName: Service/elsewhere is not in the files',
    [['StatefulSet spec.serviceName', 'elsewhere']],
  ],
  [
    'a grace below the budgets',
    'warning ZK-MANIFEST-009 StatefulSet/zk spec.template.spec.terminationGracePeriodSeconds: is 10, but a stop may take 22 s (ZK_STOP_DELAY 0 s + ZK_STOP_TIMEOUT 20 s + 2 s)',
    [[`${POD}.terminationGracePeriodSeconds`, 10]],
  ],
  [
    'a grace that a hook uses up',
    'warning ZK-MANIFEST-009',
    [[`${CONTAINER}.lifecycle`, { preStop: { exec: { command: ['sh', '-c', 'sleep 10'] } } }]],
  ],
  [
    'the default grace with a long stop',
    'warning ZK-MANIFEST-009 StatefulSet/zk spec.template.spec.terminationGracePeriodSeconds: is not set, so it is 30',
    [
      [`${POD}.terminationGracePeriodSeconds`, undefined],
      ['ConfigMap data.ZK_STOP_DELAY', '10s'],
    ],
  ],
  [
    'a probe without a timeout',
    'warning ZK-MANIFEST-010 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.timeoutSeconds: is not set, so it is 1',
    [[`${CONTAINER}.livenessProbe.timeoutSeconds`, undefined]],
  ],
  ['a probe of two seconds', 'warning ZK-MANIFEST-010', [[`${CONTAINER}.readinessProbe.timeoutSeconds`, 2]]],
  [
    'liveness by /readyz',
    'warning ZK-MANIFEST-011',
    [[`${CONTAINER}.livenessProbe.httpGet.path`, '/readyz']],
  ],
  [
    'liveness by mntr',
    'warning ZK-MANIFEST-011',
    [
      [
        `${CONTAINER}.livenessProbe`,
        { exec: { command: ['bash', '-c', 'echo mntr | nc 127.0.0.1 2181'] }, timeoutSeconds: 5 },
      ],
    ],
  ],
  [
    'a service link of our name',
    'warning ZK-MANIFEST-012 Service/zk-client: makes Kubernetes set ZK_CLIENT_PORT=tcp://… in every pod',
    [[`${POD}.enableServiceLinks`, undefined]],
  ],
  [
    'no fsGroup',
    'warning ZK-MANIFEST-013 StatefulSet/zk spec.template.spec.securityContext.fsGroup: is not set, but the pod does not run as root, it runs as 1000',
    [[`${POD}.securityContext.fsGroup`, undefined]],
  ],
  [
    'data on an emptyDir',
    'error ZK-MANIFEST-014 StatefulSet/zk spec.template.spec.containers[0].volumeMounts (ZK_DATA_DIR): /var/lib/zookeeper/data is on the emptyDir volume data',
    [
      ['StatefulSet spec.volumeClaimTemplates', undefined],
      [`${POD}.volumes[3]`, { name: 'data', emptyDir: {} }],
    ],
  ],
  ['data on no volume', 'error ZK-MANIFEST-014', [['ConfigMap data.ZK_DATA_DIR', '/data']]],
  [
    'a heap above the limit',
    'error ZK-MEMORY-001 StatefulSet/zk ZK_HEAP_SIZE (from ConfigMap/zk-config data.ZK_HEAP_SIZE): is 2G, 200 %',
    [['ConfigMap data.ZK_HEAP_SIZE', '2G']],
  ],
  [
    'a key that is not there',
    'error ZK-MANIFEST-017 StatefulSet/zk spec.template.spec.containers[0].env[0]: takes the key "tock" of ConfigMap/zk-config, which has ZK_REPLICAS, ZK_READINESS',
    [
      [
        `${CONTAINER}.env`,
        [{ name: 'ZK_TICK_TIME', valueFrom: { configMapKeyRef: { name: 'zk-config', key: 'tock' } } }],
      ],
    ],
  ],
  [
    'a ConfigMap that is not there',
    'note ZK-MANIFEST-018 StatefulSet/zk spec.template.spec.containers[0].envFrom[0]: ConfigMap/other is not in the files',
    [[`${CONTAINER}.envFrom[0].configMapRef.name`, 'other']],
  ],
  [
    'an address known only at run time',
    'note ZK-MANIFEST-018 StatefulSet/zk spec.template.spec.containers[0].env[0]: the value of IP is known only once the pod runs',
    [[`${CONTAINER}.env`, [{ name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }]]],
  ],
  [
    'a misspelt name',
    'warning ZK-SETTING-004 StatefulSet/zk ZK_TICKTIME (from ConfigMap/zk-config data.ZK_TICKTIME)',
    [['ConfigMap data.ZK_TICKTIME', '2000']],
  ],
  [
    'a warning under ZK_STRICT',
    'error ZK-MANIFEST-004',
    [
      ['ConfigMap data.ZK_STRICT', 'true'],
      ['Service/zk-headless spec.publishNotReadyAddresses', false],
    ],
  ],
  [
    'a flag that start-zookeeper does not know',
    'error ZK-MANIFEST-019 StatefulSet/zk spec.template.spec.containers[0] start-zookeeper: start-zookeeper does not know --heep=1G',
    [[`${CONTAINER}.command`, ['sh', '-c', 'start-zookeeper --servers=3 --heep=1G']]],
  ],
];

describe('our own manifest', () => {
  it('has nothing to be found', async () => {
    expect(await linesOf(base())).toEqual([]);
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
    ['another label on the pods', [['StatefulSet spec.template.metadata.labels', { ...APP, tier: 'data' }]]],
  ])('with %s has nothing to be found', async (_, changes) => {
    expect(await linesOf(changed(base(), ...changes))).toEqual([]);
  });

  it('says what one pod alone has under its name', async () => {
    const twoOfThree = changed(base(), ['ConfigMap data.ZK_REPLICAS', '2']);
    const [judgement] = await judged(twoOfThree);
    const outside = judgement?.findings.filter(({ code }) => code === 'ZK-IDENTITY-002');
    expect(outside?.map(({ pods }) => pods)).toEqual([['zk-2']]);
  });

  it('shows no value of a Secret, nor a part of it', async () => {
    const secret = {
      kind: 'Secret',
      metadata: { name: 's' },
      data: { port: btoa('hunter2 x'), extra: btoa('a.b=hunter2\nclientPort=hunter2') },
    };
    const ref = (name: string, key: string) => ({ name, valueFrom: { secretKeyRef: { name: 's', key } } });
    const env = [
      ref('ZK_CLIENT_PORT', 'port'),
      ref('ZK_EXTRA_CONFIG', 'extra'),
      { name: 'ZK_TICK_TIME', value: '$(ZK_CLIENT_PORT)' },
    ];
    const lines = await linesOf([...changed(base(), [`${CONTAINER}.env`, env]), secret]);
    expect(lines.join('\n')).toContain(
      'error ZK-SETTING-001 StatefulSet/zk ZK_CLIENT_PORT (from Secret/s data.port): "********" is not',
    );
    expect(lines.join('\n')).not.toContain('hunter2');
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
    expect(lines[0]).toContain('is 2000 ticks of 2000 ms, so a dead leader is noticed only after 67 minutes');
  });

  it.each([
    ['another image', [[`${CONTAINER}.command`, ['docker-entrypoint.sh']]]],
    [
      'an image with its own command',
      [
        [`${CONTAINER}.command`, undefined],
        [`${CONTAINER}.image`, 'zookeeper:3.9'],
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
    expect(judgements.flatMap(({ findings }) => findings.map(({ code }) => code))).toEqual([]);
    expect((await linesOf(first)).join()).toContain('none of the pods is zk-b-0, zk-b-1');
  });
});
