import { CONTAINER, POD } from './disasters.ts';
import type { Change } from './manifests.ts';

const CLAIM = 'StatefulSet spec.volumeClaimTemplates[0]';
const PROBE = `${CONTAINER}.livenessProbe`;
const env = (...entries: readonly object[]): Change => [`${CONTAINER}.env`, entries];
const exec = (...command: readonly string[]): Change => [PROBE, { exec: { command }, timeoutSeconds: 5 }];
const long = (length: number) => 'z'.repeat(length);

/** What is changed in our own manifest so that no pod can be made, run, or be probed, and what must be said of it. */
export const refused: readonly (readonly [what: string, found: string, changes: readonly Change[]])[] = [
  // Values of another type.
  [
    'a number as a variable',
    '020 StatefulSet/zk spec.template.spec.containers[0].env[0].value: is a number, but Kubernetes accepts only text here; put the value in quotes',
    [env({ name: 'ZK_TICK_TIME', value: 2000 })],
  ],
  [
    'a boolean as a variable',
    '020 StatefulSet/zk spec.template.spec.containers[0].env[0].value: is true or false',
    [env({ name: 'ZK_STRICT', value: true })],
  ],
  [
    'a number in a ConfigMap',
    '020 ConfigMap/zk-config data.ZK_REPLICAS: is a number',
    [['ConfigMap data.ZK_REPLICAS', 3]],
  ],
  [
    'a mapping in a ConfigMap',
    '020 ConfigMap/zk-config data.x: is a mapping',
    [['ConfigMap data.x', { a: 'b' }]],
  ],
  [
    'a number as a label',
    '020 StatefulSet/zk spec.template.metadata.labels.tier: is a number',
    [['StatefulSet spec.template.metadata.labels.tier', 1]],
  ],
  [
    'a boolean as an annotation',
    '020 Service/zk-headless metadata.annotations[a.b/c]: is true or false',
    [['Service/zk-headless metadata.annotations', { 'a.b/c': true }]],
  ],
  [
    'replicas in quotes',
    '020 StatefulSet/zk spec.replicas: is a text, but Kubernetes accepts only a whole number here',
    [['StatefulSet spec.replicas', '3']],
  ],
  [
    'replicas of a half',
    '020 StatefulSet/zk spec.replicas: is a number, but',
    [['StatefulSet spec.replicas', 2.5]],
  ],
  [
    'an ordinal in quotes',
    '020 StatefulSet/zk spec.ordinals.start: is a text',
    [['StatefulSet spec.ordinals', { start: '1' }]],
  ],
  [
    'a port in quotes',
    '020 StatefulSet/zk spec.template.spec.containers[0].ports[0].containerPort: is a text',
    [[`${CONTAINER}.ports[0].containerPort`, '2181']],
  ],
  [
    'a port of a Service in quotes',
    '020 Service/zk-client spec.ports[0].port: is a text',
    [['Service/zk-client spec.ports[0].port', '2181']],
  ],
  [
    'a word as a boolean',
    '020 StatefulSet/zk spec.template.spec.enableServiceLinks: is a text',
    [[`${POD}.enableServiceLinks`, 'false']],
  ],
  [
    'a word in a command that is a number',
    '020 StatefulSet/zk spec.template.spec.containers[0].args[0]: is a number',
    [[`${CONTAINER}.args`, [1]]],
  ],
  [
    'a command that is one text',
    '020 StatefulSet/zk spec.template.spec.containers[0].args: is a text, but Kubernetes accepts only a list',
    [[`${CONTAINER}.args`, 'start']],
  ],
  [
    'a list as a mapping',
    '020 StatefulSet/zk spec.template.spec.containers[0].env: is a mapping',
    [[`${CONTAINER}.env`, { ZK_TICK_TIME: '1' }]],
  ],
  [
    'a word that is none',
    '020 StatefulSet/zk spec.podManagementPolicy: is not one of the words that Kubernetes accepts here; give one of OrderedReady, Parallel',
    [['StatefulSet spec.podManagementPolicy', 'parallel']],
  ],
  [
    'an old version',
    '020 StatefulSet/zk apiVersion: is not one of the words that Kubernetes accepts here; give one of apps/v1',
    [['StatefulSet apiVersion', 'apps/v1beta1']],
  ],
  [
    'no version',
    '020 Service/zk-client apiVersion: is missing',
    [['Service/zk-client apiVersion', undefined]],
  ],
  [
    'a variable without a name',
    '020 StatefulSet/zk spec.template.spec.containers[0].env[0].name: is missing',
    [env({ value: 'x' })],
  ],
  [
    'memory in MB',
    '020 StatefulSet/zk spec.template.spec.containers[0].resources.limits.memory: is a text, but Kubernetes accepts only a quantity here',
    [[`${CONTAINER}.resources.limits.memory`, '512MB']],
  ],
  [
    'memory in gb',
    '020 StatefulSet/zk spec.template.spec.containers[0].resources.requests.memory',
    [[`${CONTAINER}.resources.requests.memory`, '1gb']],
  ],
  [
    'memory with a blank',
    '020 StatefulSet/zk spec.template.spec.containers[0].resources.limits.memory',
    [[`${CONTAINER}.resources.limits.memory`, '1 Gi']],
  ],
  [
    'a claim of 20GB',
    '020 StatefulSet/zk spec.volumeClaimTemplates[0].spec.resources.requests.storage',
    [[`${CLAIM}.spec.resources.requests.storage`, '20GB']],
  ],
  // Fields that nobody knows.
  [
    'volumeMount for volumeMounts',
    '021 StatefulSet/zk spec.template.spec.containers[0].volumeMount: is not a field that Kubernetes knows here; did you mean volumeMounts?',
    [[`${CONTAINER}.volumeMount`, []]],
  ],
  [
    'a field one level too high',
    '021 StatefulSet/zk spec.terminationGracePeriodSeconds',
    [['StatefulSet spec.terminationGracePeriodSeconds', 30]],
  ],
  [
    'a field of another object',
    '021 Service/zk-client spec.template',
    [['Service/zk-client spec.template', {}]],
  ],
  [
    'a small letter for a large one',
    '021 StatefulSet/zk spec.template.spec.containers[0].livenessprobe: is not a field that Kubernetes knows here; did you mean livenessProbe?',
    [[`${CONTAINER}.livenessprobe`, {}]],
  ],
  // Names.
  [
    'a large letter in a name',
    '022 StatefulSet/zk spec.template.spec.containers[0].name: "ZooKeeper" is not a valid name',
    [[`${CONTAINER}.name`, 'ZooKeeper']],
  ],
  [
    'a name too long for pods',
    `022 StatefulSet/${long(53)} metadata.name`,
    [['StatefulSet metadata.name', long(53)]],
  ],
  [
    'a name with a dot',
    '022 StatefulSet/zk.a metadata.name: "zk.a"',
    [['StatefulSet metadata.name', 'zk.a']],
  ],
  [
    'a Service that begins with a digit',
    '022 Service/0zk metadata.name',
    [['Service/zk-client metadata.name', '0zk']],
  ],
  [
    'a port name of 16 letters',
    '022 StatefulSet/zk spec.template.spec.containers[0].ports[3].name',
    [[`${CONTAINER}.ports[3].name`, 'health-and-metrics']],
  ],
  [
    'a volume with an underscore',
    '022 StatefulSet/zk spec.template.spec.volumes[1].name',
    [[`${POD}.volumes[1].name`, 'my_log']],
  ],
  [
    'a variable with a blank',
    '022 StatefulSet/zk spec.template.spec.containers[0].env[0].name: "ZK TICK" is not a valid name',
    [env({ name: 'ZK TICK', value: '1' })],
  ],
  [
    'a key with a blank',
    '022 ConfigMap/zk-config data: "my key"',
    [['ConfigMap data', { 'my key': 'x', ZK_REPLICAS: '3' }]],
  ],
  [
    'a label value with a blank',
    '022 StatefulSet/zk spec.template.metadata.labels[tier]: "a b"',
    [['StatefulSet spec.template.metadata.labels.tier', 'a b']],
  ],
  [
    'an object without a name',
    '022 PodDisruptionBudget/(unnamed) metadata.name: is missing',
    [['PodDisruptionBudget metadata.name', undefined]],
  ],
  // References and what is given twice.
  [
    'a mount of no volume',
    '023 StatefulSet/zk spec.template.spec.containers[0].volumeMounts[1]: mounts the volume cnf, which does not exist',
    [[`${CONTAINER}.volumeMounts[1].name`, 'cnf']],
  ],
  [
    'two mounts on a path',
    '023 StatefulSet/zk spec.template.spec.containers[0].volumeMounts: gives the path /tmp twice',
    [[`${CONTAINER}.volumeMounts[4]`, { name: 'log', mountPath: '/tmp/' }]],
  ],
  [
    'two volumes of a name',
    '023 StatefulSet/zk spec.template.spec.volumes: gives the volume tmp twice',
    [[`${POD}.volumes[3]`, { name: 'tmp', emptyDir: {} }]],
  ],
  [
    'two containers of a name',
    '023 StatefulSet/zk spec.template.spec.containers: gives the container zookeeper twice',
    [[`${POD}.containers[1]`, { name: 'zookeeper', image: 'x' }]],
  ],
  [
    'two ports of a name',
    '023 StatefulSet/zk spec.template.spec.containers[0].ports: gives the name client twice',
    [[`${CONTAINER}.ports[1].name`, 'client']],
  ],
  [
    'a subPath that leads out',
    '023 StatefulSet/zk spec.template.spec.containers[0].volumeMounts[0].subPath: leads out',
    [[`${CONTAINER}.volumeMounts[0].subPath`, '../x']],
  ],
  [
    'a key that the ConfigMap does not have',
    '023 StatefulSet/zk spec.template.spec.volumes[3].configMap.items[0].key: ConfigMap/zk-config has no key tock',
    [
      [
        `${POD}.volumes[3]`,
        { name: 'more', configMap: { name: 'zk-config', items: [{ key: 'tock', path: 'x' }] } },
      ],
      [`${CONTAINER}.volumeMounts[4]`, { name: 'more', mountPath: '/more' }],
    ],
  ],
  // Ranges and contradictions.
  [
    'replicas below nothing',
    '024 StatefulSet/zk spec.replicas: is -1, out of range',
    [['StatefulSet spec.replicas', -1]],
  ],
  [
    'ordinals below nothing',
    '024 StatefulSet/zk spec.ordinals.start: is -1',
    [['StatefulSet spec.ordinals', { start: -1 }]],
  ],
  [
    'a grace below nothing',
    '024 StatefulSet/zk spec.template.spec.terminationGracePeriodSeconds: is -1',
    [[`${POD}.terminationGracePeriodSeconds`, -1]],
  ],
  [
    'a port above all',
    '024 StatefulSet/zk spec.template.spec.containers[0].ports[0].containerPort: is 70000',
    [[`${CONTAINER}.ports[0].containerPort`, 70_000]],
  ],
  [
    'a selector for other pods',
    '024 StatefulSet/zk spec.selector: does not match',
    [['StatefulSet spec.selector', { matchLabels: { app: 'zk' } }]],
  ],
  [
    'root that is none',
    '024 StatefulSet/zk spec.template.spec.containers[0].securityContext: has runAsNonRoot: true and runAsUser: 0',
    [[`${POD}.securityContext.runAsUser`, 0]],
  ],
  [
    'more asked than allowed',
    '024 StatefulSet/zk spec.template.spec.containers[0].resources.requests.memory: is 2Gi, more than the limit of 1Gi',
    [[`${CONTAINER}.resources.requests.memory`, '2Gi']],
  ],
  [
    'more processors asked than allowed',
    '024 StatefulSet/zk spec.template.spec.containers[0].resources.requests.cpu',
    [[`${CONTAINER}.resources.requests.cpu`, 3]],
  ],
  [
    'a value and a place for it',
    '024 StatefulSet/zk spec.template.spec.containers[0].env[0]: has both value and valueFrom',
    [env({ name: 'A', value: 'b', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } })],
  ],
  [
    'a field that no variable takes',
    '024 StatefulSet/zk spec.template.spec.containers[0].env[0].valueFrom.fieldRef.fieldPath',
    [env({ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.hostname' } } })],
  ],
  [
    'a probe that asks nothing',
    '024 StatefulSet/zk spec.template.spec.containers[0].livenessProbe: has no way to ask',
    [[PROBE, { periodSeconds: 5 }]],
  ],
  [
    'a probe that asks twice',
    '024 StatefulSet/zk spec.template.spec.containers[0].livenessProbe: has more than one way to ask: httpGet, tcpSocket',
    [[`${PROBE}.tcpSocket`, { port: 2181 }]],
  ],
  [
    'two successes for liveness',
    '024 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.successThreshold',
    [[`${PROBE}.successThreshold`, 2]],
  ],
  [
    'a volume of no kind',
    '024 StatefulSet/zk spec.template.spec.volumes[2]: has no kind of volume',
    [[`${POD}.volumes[2]`, { name: 'tmp' }]],
  ],
  [
    'a volume of two kinds',
    '024 StatefulSet/zk spec.template.spec.volumes[2]: has more than one kind of volume',
    [[`${POD}.volumes[2].hostPath`, { path: '/x' }]],
  ],
  [
    'a budget both ways',
    '024 PodDisruptionBudget/zk spec: has both',
    [['PodDisruptionBudget spec.minAvailable', 2]],
  ],
  [
    'ports of a Service without names',
    '024 Service/zk-headless spec.ports: has several ports',
    [['Service/zk-headless spec.ports[0].name', undefined]],
  ],
  [
    'another port on the node',
    '024 StatefulSet/zk spec.template.spec.containers[0].ports[0].hostPort',
    [
      [`${POD}.hostNetwork`, true],
      [`${CONTAINER}.ports[0].hostPort`, 2_182],
    ],
  ],
  [
    'pods that are not restarted',
    '024 StatefulSet/zk spec.template.spec.restartPolicy',
    [[`${POD}.restartPolicy`, 'Never']],
  ],
  [
    'a claim of no size',
    '024 StatefulSet/zk spec.volumeClaimTemplates[0].spec.resources.requests.storage: is missing',
    [[`${CLAIM}.spec.resources`, undefined]],
  ],
  // Places that cannot be written.
  [
    'no mount for the configuration',
    '025 StatefulSet/zk spec.template.spec.containers[0].volumeMounts (ZK_CONF_DIR): every start writes to /opt/zookeeper/conf, but no volume is mounted there and readOnlyRootFilesystem is true; mount an emptyDir there',
    [[`${CONTAINER}.volumeMounts[1]`, { name: 'conf', mountPath: '/elsewhere' }]],
  ],
  [
    'no mount for the log',
    '025 StatefulSet/zk spec.template.spec.containers[0].volumeMounts (ZK_LOG_DIR)',
    [[`${CONTAINER}.volumeMounts[2].mountPath`, '/logs']],
  ],
  [
    'a directory that moved away from its mount',
    '025 StatefulSet/zk spec.template.spec.containers[0].volumeMounts (ZK_CONF_DIR): every start writes to /conf',
    [['ConfigMap data.ZK_CONF_DIR', '/conf']],
  ],
  [
    'a mount to be read',
    '025 StatefulSet/zk spec.template.spec.containers[0].volumeMounts (ZK_DATA_DIR): every start writes to /var/lib/zookeeper/data, but it is mounted with readOnly: true',
    [[`${CONTAINER}.volumeMounts[0].readOnly`, true]],
  ],
  [
    'a ConfigMap over the configuration',
    '025 StatefulSet/zk spec.template.spec.containers[0].volumeMounts (ZK_CONF_DIR): every start writes to /opt/zookeeper/conf, but it is on the configMap volume conf, which is read-only',
    [[`${POD}.volumes[0]`, { name: 'conf', configMap: { name: 'zk-config' } }]],
  ],
  [
    'a ready-made zoo.cfg',
    '025 StatefulSet/zk spec.template.spec.containers[0].volumeMounts (/opt/zookeeper/conf/zoo.cfg): is mounted at',
    [
      [
        `${CONTAINER}.volumeMounts[4]`,
        { name: 'log', mountPath: '/opt/zookeeper/conf/zoo.cfg', subPath: 'zoo.cfg' },
      ],
    ],
  ],
  [
    'another user without a mount',
    '025 StatefulSet/zk spec.template.spec.containers[0].volumeMounts (ZK_CONF_DIR): every start writes to /opt/zookeeper/conf, but no volume is mounted there; the container runs as 12345, and the directory in the image belongs to another user',
    [
      [`${POD}.securityContext`, { runAsUser: 12_345, runAsGroup: 12_345, fsGroup: 12_345 }],
      [`${CONTAINER}.securityContext`, {}],
      [`${CONTAINER}.volumeMounts[1].mountPath`, '/elsewhere'],
    ],
  ],
  // Probes that cannot succeed.
  [
    'liveness on port 8080',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.httpGet.port: nothing listens on port 8080, so the kubelet restarts the container again and again; ask the health endpoint, on port 8090',
    [[`${PROBE}.httpGet.port`, 8_080]],
  ],
  [
    'a port name that is not there',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.httpGet.port: the container has no port with the name "http"',
    [[`${PROBE}.httpGet.port`, 'http']],
  ],
  [
    'a path that is not there',
    '026 StatefulSet/zk spec.template.spec.containers[0].readinessProbe.httpGet.path: /ready is not a path of the health endpoint, so no pod becomes ready',
    [[`${CONTAINER}.readinessProbe.httpGet.path`, '/ready']],
  ],
  [
    'no path',
    '032 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.httpGet.path: / is the page for people, which answers 200 in every state of the member, so it always passes',
    [[`${PROBE}.httpGet.path`, undefined]],
  ],
  [
    'no path, and no page',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.httpGet.path: / is not a path',
    [[`${PROBE}.httpGet.path`, undefined], env({ name: 'ZK_HEALTH_PAGE', value: 'false' })],
  ],
  [
    'HTTP of the client port',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.httpGet.port: the client port does not speak HTTP',
    [[`${PROBE}.httpGet.port`, 'client']],
  ],
  [
    'HTTPS',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.httpGet.scheme',
    [[`${PROBE}.httpGet.scheme`, 'HTTPS']],
  ],
  [
    'a health endpoint that is off',
    '026 StatefulSet/zk spec.template.spec.containers[0].startupProbe.httpGet.port: nothing listens on port 8090, so the container restarts forever',
    [['ConfigMap data.ZK_HEALTH_PORT', '0']],
  ],
  [
    'a health endpoint elsewhere',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.httpGet.port: nothing listens on port 8090, so the kubelet restarts the container again and again; ask the health endpoint, on port 9000',
    [['ConfigMap data.ZK_HEALTH_PORT', '9000']],
  ],
  [
    'a health endpoint on loopback',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.httpGet.port: ZK_HEALTH_ADDRESS is 127.0.0.1, which only the pod itself can reach',
    [['ConfigMap data.ZK_HEALTH_ADDRESS', '127.0.0.1']],
  ],
  [
    'the node’s loopback',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.httpGet.port: host is the node’s own address',
    [[`${PROBE}.httpGet.host`, 'localhost']],
  ],
  [
    'a socket where nobody listens',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.tcpSocket.port: nothing listens on port 2182',
    [[PROBE, { tcpSocket: { port: 2_182 } }]],
  ],
  [
    'the port of the leader alone',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.tcpSocket.port: nothing listens on port 2888',
    [[PROBE, { tcpSocket: { port: 'server' } }]],
  ],
  [
    'gRPC',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.grpc: nothing in the container speaks gRPC',
    [[PROBE, { grpc: { port: 2_181 } }]],
  ],
  [
    'a command that is not there',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.exec.command: zk-alive is not in the image (did you mean zk-live?), so the kubelet restarts the container again and again; use zk-live',
    [exec('zk-alive')],
  ],
  [
    'a command and its flags in one item',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.exec.command: "zookeeper-ready 2181" is one item of the list, and no program has that name, so the kubelet restarts the container again and again; make each word an item of the list: [zookeeper-ready, 2181]',
    [exec('zookeeper-ready 2181')],
  ],
  [
    'the name of a member',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.httpGet.port: host is "zk-0", but the kubelet resolves it on its node',
    [[`${PROBE}.httpGet.host`, 'zk-0']],
  ],
  [
    'a program of the container that is not there',
    '019 StatefulSet/zk spec.template.spec.containers[0].command: "zkSserver.sh" is not a program of the image; did you mean zkServer.sh?',
    [[`${CONTAINER}.command`, ['sh', '-c', 'zkGenConfig.sh && zkSserver.sh start-foreground']]],
  ],
  [
    'our own name misspelt',
    '019 StatefulSet/zk spec.template.spec.containers[0].command: "zk-entrypont" is not a program of the image; did you mean zk-entrypoint?',
    [[`${CONTAINER}.command`, ['zk-entrypont', 'start']]],
  ],
  [
    'a command of ours misspelt',
    '019 StatefulSet/zk spec.template.spec.containers[0].command: "strat" is not a command of zk-entrypoint; use zk-entrypoint start',
    [[`${CONTAINER}.command`, ['tini', '--', 'zk-entrypoint', 'strat']]],
  ],
  [
    'a whole line as one item',
    '019 StatefulSet/zk spec.template.spec.containers[0].command: "zk-entrypoint start" is one item of the list, and no program has that name; make each word an item of the list: [zk-entrypoint, start]',
    [[`${CONTAINER}.command`, ['zk-entrypoint start']]],
  ],
  [
    'a command that ends at once',
    '019 StatefulSet/zk spec.template.spec.containers[0].command: zk-entrypoint check answers once and ends, so no server runs',
    [[`${CONTAINER}.command`, ['zk-entrypoint', 'check']]],
  ],
  [
    'an image with a space',
    '022 StatefulSet/zk spec.template.spec.containers[0].image: "zk-entrypoint: 3.9" is not a valid name here; use small letters and no spaces',
    [[`${CONTAINER}.image`, 'zk-entrypoint: 3.9']],
  ],
  [
    'an image in capitals',
    '022 StatefulSet/zk spec.template.spec.containers[0].image: "ZK-entrypoint:3.9" is not a valid name here',
    [[`${CONTAINER}.image`, 'ZK-entrypoint:3.9']],
  ],
  [
    'a command of ours as arguments of the image',
    '019 StatefulSet/zk spec.template.spec.containers[0].args: "start" is a command of zk-entrypoint, but the image has no program with this name; write zk-entrypoint before it: [zk-entrypoint, start]',
    [
      [`${CONTAINER}.command`, undefined],
      [`${CONTAINER}.args`, ['start']],
    ],
  ],
  [
    'a resource that is none',
    '024 StatefulSet/zk spec.template.spec.containers[0].env[0].valueFrom.resourceFieldRef.resource: is not a resource that a variable can use',
    [env({ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.disk' } } })],
  ],
  [
    'a command in another folder',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.exec.command: /usr/bin/zkOk.sh is not in /usr/bin',
    [exec('/usr/bin/zkOk.sh')],
  ],
  [
    'ncat in a shell',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.exec.command: ncat is not in the image',
    [exec('sh', '-c', 'echo ruok | ncat 127.0.0.1 2181 | grep imok')],
  ],
  [
    'curl',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.exec.command: curl is not in the image',
    [exec('curl', '-f', 'http://localhost:8090/livez')],
  ],
  [
    'a word that zk-entrypoint does not have',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.exec.command: zk-entrypoint has no command alive',
    [exec('zk-entrypoint', 'alive')],
  ],
  [
    'zookeeper-ready on another port',
    '026 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.exec.command: asks port 2182, but ZooKeeper listens on 2181',
    [exec('zookeeper-ready', '2182')],
  ],
  // Services.
  [
    'a name that the pods do not have',
    '028 Service/zk-client spec.ports[0].targetPort: is "zk-client", but no container of the pods has a port with this name',
    [['Service/zk-client spec.ports[0].targetPort', 'zk-client']],
  ],
];

/** What Kubernetes takes and does nothing with: warnings. */
export const idle: typeof refused = [
  [
    'ncat in an image of another name',
    '027 StatefulSet/zk spec.template.spec.containers[0].livenessProbe.exec.command: ncat is not in the image',
    [
      exec('sh', '-c', 'echo ruok | ncat 127.0.0.1 2181'),
      [`${CONTAINER}.image`, 'registry.example/zookeeper:1'],
    ],
  ],
  [
    'a Service to a port where nobody listens',
    '029 Service/zk-client spec.ports[0]: points to port 2182, but nothing',
    [['Service/zk-client spec.ports[0].targetPort', 2_182]],
  ],
  [
    'a claim that nobody mounts',
    '029 StatefulSet/zk spec.volumeClaimTemplates[1]: no container mounts the volume more',
    [
      [
        'StatefulSet spec.volumeClaimTemplates[1]',
        {
          metadata: { name: 'more' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    ],
  ],
  [
    'no mount for /tmp',
    '029 StatefulSet/zk spec.template.spec.containers[0].volumeMounts (/tmp)',
    [[`${CONTAINER}.volumeMounts[3].mountPath`, '/scratch']],
  ],
  [
    'a variable twice',
    '029 StatefulSet/zk spec.template.spec.containers[0].env: sets A twice',
    [env({ name: 'A', value: '1' }, { name: 'A', value: '2' })],
  ],
  [
    'a reference to nothing',
    '030 StatefulSet/zk spec.template.spec.containers[0].env[0]: refers to NAME, which is not set before it',
    [env({ name: 'A', value: '$(NAME)' }, { name: 'NAME', value: '2' })],
  ],
];

/** What may look wrong and is not. */
export const fine: readonly (readonly [what: string, changes: readonly Change[]])[] = [
  ['probes by the name of the port', [[`${PROBE}.httpGet.port`, 'health']]],
  ['a probe with a query', [[`${PROBE}.httpGet.path`, '/livez?verbose']]],
  ['a probe of the election port', [[PROBE, { tcpSocket: { port: 'election' } }]]],
  [
    'a probe of a container beside it',
    [
      [`${PROBE}.httpGet.port`, 9_999],
      [`${POD}.containers[1]`, { name: 'beside', image: 'x' }],
    ],
  ],
  [
    'a probe of the AdminServer',
    [
      [PROBE, { httpGet: { path: '/commands/ruok', port: 8_080 }, timeoutSeconds: 5 }],
      ['ConfigMap data.ZK_ADMIN_PORT', '8080'],
      ['ConfigMap data.ZK_IGNORE_FINDINGS', 'ZK-CLIENT-004'],
    ],
  ],
  [
    'a shell that asks for nc first',
    [exec('sh', '-c', 'if command -v nc; then echo ruok | nc 127.0.0.1 2181; fi')],
  ],
  [
    'bash alone',
    [
      exec(
        'bash',
        '-c',
        'exec 3<>/dev/tcp/127.0.0.1/2181; printf ruok >&3; read -r -t 2 a <&3; [ "$a" = imok ]',
      ),
    ],
  ],
  ['zkOk.sh by its path', [exec('/opt/zookeeper/bin/zkOk.sh')]],
  [
    'zk-live without a health endpoint',
    [
      exec('zk-live'),
      ['ConfigMap data.ZK_HEALTH_PORT', '0'],
      ['Service/zk-headless spec.ports', [{ port: 2_181 }]],
      [`${CONTAINER}.startupProbe`, undefined],
      [`${CONTAINER}.readinessProbe`, { exec: { command: ['zk-ready'] }, timeoutSeconds: 5 }],
    ],
  ],
  ['a mount without a slash', [[`${CONTAINER}.volumeMounts[3].mountPath`, 'tmp']]],
  [
    'an image with a registry, a tag and a digest',
    [[`${CONTAINER}.image`, `Registry.example:5000/a/zk-entrypoint:3.9@sha256:${'0a'.repeat(32)}`]],
  ],
  [
    'a check before the start',
    [[`${CONTAINER}.command`, ['bash', '-c', 'zk-entrypoint check && exec zk-entrypoint start']]],
  ],
  ['an init before the command', [[`${CONTAINER}.command`, ['tini', '-g', '--', 'zk-entrypoint', 'start']]]],
  ['a shell that starts it', [[`${CONTAINER}.command`, ['sh', '-c', 'exec zk-entrypoint start']]]],
  [
    'arguments that are a whole command',
    [
      [`${CONTAINER}.command`, undefined],
      [`${CONTAINER}.args`, ['zk-entrypoint', 'start']],
    ],
  ],
  [
    'a mount over ZooKeeper that an init container fills',
    [
      [`${CONTAINER}.volumeMounts[1].mountPath`, '/opt/zookeeper'],
      [
        `${POD}.initContainers`,
        [{ name: 'fill', image: 'zookeeper', volumeMounts: [{ name: 'conf', mountPath: '/fill' }] }],
      ],
    ],
  ],
  ['a mount above the directory', [[`${CONTAINER}.volumeMounts[2].mountPath`, '/var/log']]],
  [
    'a root file system that may be written, as 1000',
    [
      [`${CONTAINER}.securityContext.readOnlyRootFilesystem`, false],
      [`${CONTAINER}.volumeMounts`, [{ name: 'data', mountPath: '/var/lib/zookeeper' }]],
      [`${POD}.volumes`, undefined],
    ],
  ],
  [
    'another user of group 0',
    [
      [`${POD}.securityContext`, { runAsUser: 12_345, runAsGroup: 0, fsGroup: 0, runAsNonRoot: true }],
      [`${CONTAINER}.securityContext`, {}],
      [`${CONTAINER}.volumeMounts`, [{ name: 'data', mountPath: '/var/lib/zookeeper' }]],
      [`${POD}.volumes`, undefined],
    ],
  ],
  [
    'quantities of every form',
    [
      [
        `${CONTAINER}.resources`,
        { requests: { cpu: 0.5, memory: 1_073_741_824 }, limits: { cpu: '1500m', memory: '1.5Gi' } },
      ],
    ],
  ],
  [
    'nothing where something may stand',
    [
      [`${POD}.nodeSelector`, null],
      [`${CONTAINER}.lifecycle`, null],
    ],
  ],
  [
    'text that looks like a number',
    [
      ['ConfigMap data.a', '0755'],
      ['StatefulSet metadata.annotations', { a: 'true' }],
    ],
  ],
  [
    'a reference to what a Service sets',
    [env({ name: 'A', value: '$(KUBERNETES_SERVICE_HOST) $$(B) $(date +%s)' })],
  ],
  [
    'what kubectl get adds',
    [
      ['StatefulSet status', { replicas: 3, observedGeneration: 1 }],
      ['StatefulSet metadata.uid', 'x'],
      ['StatefulSet metadata.managedFields', [{ manager: 'kubectl', fieldsV1: { 'f:spec': {} } }]],
    ],
  ],
];
