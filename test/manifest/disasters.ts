import type { Change } from './manifests.ts';

export const POD = 'StatefulSet spec.template.spec';
export const CONTAINER = `${POD}.containers[0]`;
const OTHER = { matchLabels: { app: 'zk' } };

/** What is changed in our own manifest, and the one finding that must come of it. */
export const disasters: readonly (readonly [what: string, found: string, changes: readonly Change[]])[] = [
  [
    'ordinals that begin with 1, and a list that begins with 0',
    'warning ZK-MANIFEST-016 StatefulSet/zk spec.ordinals.start: is 1, so the pods have the ordinals 1 to 3, but the ensemble also has zk-0; set ZK_ORDINALS_START to 1',
    [['StatefulSet spec.ordinals', { start: 1 }]],
  ],
  [
    'each pod its own ensemble',
    'error ZK-MANIFEST-015 StatefulSet/zk spec.replicas: is 3, but the settings of zk-0 name 1 member',
    [
      ['ConfigMap data.ZK_REPLICAS', '1'],
      ['ConfigMap data.ZK_MEMBERSHIP', 'static'],
    ],
  ],
  [
    'a member too many',
    'warning ZK-MANIFEST-016 StatefulSet/zk spec.replicas: is 3, but the ensemble has 5 members; none of the pods is zk-3, zk-4',
    [['ConfigMap data.ZK_REPLICAS', '5']],
  ],
  ['the names of nodes', 'error ZK-IDENTITY-003 StatefulSet/zk ZK_DOMAIN', [[`${POD}.hostNetwork`, true]]],
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
    'warning ZK-MANIFEST-005 PodDisruptionBudget/zk spec.maxUnavailable: allows 2 of 3 pods to be evicted at once',
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
    'warning ZK-MANIFEST-009 StatefulSet/zk spec.template.spec.terminationGracePeriodSeconds: is 10, but a stop may take 27 s (ZK_STOP_WAIT 5 s + ZK_STOP_DELAY 0 s + ZK_STOP_TIMEOUT 20 s + 2 s)',
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
    'warning ZK-MANIFEST-013 StatefulSet/zk spec.template.spec.securityContext.fsGroup: is not set, but the pod does not run as root (it runs as 1000)',
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
    'error ZK-MANIFEST-017 StatefulSet/zk spec.template.spec.containers[0].env[0]: uses the key "tock" of ConfigMap/zk-config, which has ZK_MEMBERSHIP, ZK_REPLICAS, ZK_READINESS',
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
    'a flag of start-zookeeper without its value',
    'error ZK-MANIFEST-019 StatefulSet/zk spec.template.spec.containers[0] start-zookeeper: --servers of start-zookeeper has no value; flags are written --name=value',
    [[`${CONTAINER}.command`, ['start-zookeeper', '--servers', '3']]],
  ],
  [
    'a flag that start-zookeeper does not know',
    'error ZK-MANIFEST-019 StatefulSet/zk spec.template.spec.containers[0] start-zookeeper: start-zookeeper does not know --heep=…',
    [[`${CONTAINER}.command`, ['sh', '-c', 'start-zookeeper --servers=3 --heep=1G']]],
  ],
];
