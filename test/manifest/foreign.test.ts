import { describe, expect, it } from 'vitest';
import { findingLine } from '../../src/findings/finding.ts';
import { judgeCompose } from '../../src/manifest/compose.ts';
import { type Judgement, judge } from '../../src/manifest/judge.ts';
import { objectsOf } from '../../src/manifest/objects/objects.ts';
import { judgementsAsText } from '../../src/manifest/report.ts';
import { documentsOf } from './manifests.ts';

const NOTHING = { kind: 'nothing' } as const;

interface Pod {
  readonly image: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly mount?: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

const mounts = (path: string) => ({ volumeMounts: [{ name: 'data', mountPath: path }] });

/** Three members behind a headless Service, as the public charts make them; what they say of ZooKeeper differs. */
function chart({ image, env = {}, mount = '/data', more = {} }: Pod): unknown[] {
  const labels = { app: 'zk' };
  const variables = Object.entries(env).map(([name, value]) => ({ name, value }));
  const container = { name: 'zookeeper', image, env: variables, ...mounts(mount), ...more };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'zk' },
      spec: {
        serviceName: 'zk-headless',
        replicas: 3,
        podManagementPolicy: 'Parallel',
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { terminationGracePeriodSeconds: 60, containers: [container] },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '8Gi' } } },
          },
        ],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'zk-headless' },
      spec: {
        clusterIP: 'None',
        publishNotReadyAddresses: true,
        selector: labels,
        ports: [{ name: 'client', port: 2181 }],
      },
    },
  ];
}

const hosts = (form: (n: number) => string, between = ' ') => [0, 1, 2].map(form).join(between);
const host = (n: number) => `zk-${n}.zk-headless.default.svc.cluster.local`;

async function judgementOf(documents: readonly unknown[]): Promise<Judgement> {
  const [first] = await judge(objectsOf(documents), NOTHING);
  return first as Judgement;
}

const linesOf = ({ findings }: Judgement) => findings.map(findingLine);
const errorsOf = (judgement: Judgement) => linesOf(judgement).filter((line) => line.startsWith('error'));
const settingOf = ({ settings }: Judgement, name: string) =>
  settings?.find(({ setting }) => setting === name);

/** What Bitnami's chart sets (13.8): ids in the list, the start through a script of its own, probes by the image's. */
const bitnamiChart = (
  more: Readonly<Record<string, unknown>> = {},
  env: Readonly<Record<string, string>> = {},
) =>
  chart({
    image: 'docker.io/bitnamilegacy/zookeeper:3.9.3-debian-12-r22',
    mount: '/bitnami/zookeeper',
    env: {
      ZOO_DATA_LOG_DIR: '',
      ZOO_PORT_NUMBER: '2181',
      ZOO_TICK_TIME: '2000',
      ZOO_MAX_CLIENT_CNXNS: '60',
      ZOO_4LW_COMMANDS_WHITELIST: 'srvr, mntr, ruok',
      ZOO_AUTOPURGE_INTERVAL: '1',
      ZOO_AUTOPURGE_RETAIN_COUNT: '10',
      ZOO_SERVERS: hosts((n) => `${host(n)}:2888:3888::${n + 1}`),
      ZOO_ENABLE_AUTH: 'no',
      ZOO_HEAP_SIZE: '1024',
      ALLOW_ANONYMOUS_LOGIN: 'yes',
      ...env,
    },
    more: {
      command: ['/scripts/setup.sh'],
      livenessProbe: {
        exec: { command: ['/bin/bash', '-c', '/opt/bitnami/scripts/zookeeper/healthcheck.sh'] },
        timeoutSeconds: 5,
      },
      ...more,
    },
  });

describe('a manifest of another image', () => {
  it("of Bitnami's chart keeps its command, its probes, its volume and its ids", async () => {
    const judgement = await judgementOf(bitnamiChart());
    expect(errorsOf(judgement)).toEqual([]);
    expect(linesOf(judgement)[0]).toMatch(/^note ZK-MANIFEST-031 StatefulSet\/zk .*bitnamilegacy/);
    expect(settingOf(judgement, 'ZK_DATA_DIR')?.value).toBe('/bitnami/zookeeper/data');
    expect(settingOf(judgement, 'ZK_DATA_LOG_DIR')?.value).toBe('/bitnami/zookeeper/data');
    expect(settingOf(judgement, 'ZK_PURGE_INTERVAL')).toMatchObject({
      value: '1',
      from: "ZOO_AUTOPURGE_INTERVAL (Bitnami's name)",
    });
    expect(settingOf(judgement, '(id)')?.value).toBe('1');
    expect(judgementsAsText([judgement]).join('\n')).toMatch(
      /settings of zk-0:\n {2}SETTING +VALUE +FROM\n.*ZK_ENSEMBLE/,
    );
  });

  it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    [
      'asks the AdminServer over HTTP',
      { livenessProbe: { httpGet: { path: '/commands/ruok', port: 8080 }, timeoutSeconds: 5 } },
      /^error ZK-MANIFEST-026 .*nothing listens on port 8080.*ask the health endpoint, on port 8090/,
    ],
    [
      'asks the AdminServer by curl',
      {
        livenessProbe: {
          exec: { command: ['sh', '-c', 'curl -s localhost:8080/commands/ruok | grep error | grep null'] },
          timeoutSeconds: 5,
        },
      },
      /^error ZK-MANIFEST-026 .*curl is not in the image.*use zk-live/,
    ],
  ])('is refused where a probe %s, with the replacement', async (_, more, line) => {
    expect(errorsOf(await judgementOf(bitnamiChart(more)))).toEqual([expect.stringMatching(line)]);
  });

  it('with a probe by netcat needs no change', async () => {
    const command = ['sh', '-c', 'echo ruok | timeout 2 nc -w 2 localhost 2181 | grep imok'];
    expect(
      errorsOf(await judgementOf(bitnamiChart({ livenessProbe: { exec: { command }, timeoutSeconds: 5 } }))),
    ).toEqual([]);
  });

  it('that asks for a login without users is refused', async () => {
    const [first] = errorsOf(await judgementOf(bitnamiChart({}, { ZOO_ENABLE_AUTH: 'yes' })));
    expect(first).toMatch(/^error ZK-LOGIN-001 StatefulSet\/zk ZK_CLIENT_LOGIN/);
  });

  it('says which names never did anything, such as those that were to purge', async () => {
    const judgement = await judgementOf(
      chart({
        image: 'zookeeper:3.9.4',
        env: {
          ZOO_SERVERS: hosts((n) => `server.${n + 1}=${host(n)}:2888:3888;2181`),
          ZOO_AUTOPURGE_PURGE_INTERVAL: '1',
          ZOO_AUTOPURGE_SNAP_RETAIN_COUNT: '5',
          ZOO_ADMINSERVER_PORT: '8080',
        },
      }),
    );
    expect(errorsOf(judgement)).toEqual([]);
    for (const [name, meant] of [
      ['ZOO_AUTOPURGE_PURGE_INTERVAL', 'ZOO_AUTOPURGE_PURGEINTERVAL'],
      ['ZOO_AUTOPURGE_SNAP_RETAIN_COUNT', 'ZOO_AUTOPURGE_SNAPRETAINCOUNT'],
      ['ZOO_ADMINSERVER_PORT', 'admin.serverPort'],
    ] as const)
      expect(linesOf(judgement)).toContainEqual(
        expect.stringMatching(`^warning ZK-DIALECT-005 StatefulSet/zk ${name} .*${meant}.*was meant`),
      );
    expect(settingOf(judgement, 'ZK_DATA_DIR')?.value).toBe('/data');
    expect(settingOf(judgement, 'ZK_DATA_LOG_DIR')?.value).toBe('/data');
  });

  it('with a mounted zoo.cfg and ids from 0 keeps both', async () => {
    const lines = ['tickTime=2500', 'dataDir=/data', hosts((n) => `server.${n}=${host(n)}:2888:3888`, '\n')];
    const [stateful, service] = chart({
      image: 'docker.io/zookeeper:3.9.5',
      more: {
        command: ['/bin/sh', '-ec'],
        args: [
          'export ZOO_MY_ID=$((POD_INDEX + 0))\nexec /docker-entrypoint.sh zkServer.sh start-foreground',
        ],
        volumeMounts: [
          { name: 'data', mountPath: '/data' },
          { name: 'config', mountPath: '/conf/zoo.cfg', subPath: 'zoo.cfg' },
        ],
      },
    }) as [{ spec: { template: { spec: Record<string, unknown> } } }, unknown];
    stateful.spec.template.spec['volumes'] = [{ name: 'config', configMap: { name: 'zk-config' } }];
    const config = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'zk-config' },
      data: { 'zoo.cfg': lines.join('\n') },
    };
    const judgement = await judgementOf([stateful, service, config]);
    expect(errorsOf(judgement)).toEqual([]);
    expect(settingOf(judgement, 'ZK_TICK_TIME')).toMatchObject({
      value: '2500',
      from: '/conf/zoo.cfg (mounted)',
    });
    expect(settingOf(judgement, '(id)')?.value).toBe('0');
  });

  it("of Confluent's chart, whose shell computes the id and rewrites the list, is judged with both as the pod has them", async () => {
    const judgement = await judgementOf(
      chart({
        image: 'confluentinc/cp-zookeeper:6.1.0',
        mount: '/var/lib/zookeeper',
        env: {
          ZOOKEEPER_CLIENT_PORT: '2181',
          ZOOKEEPER_SERVER_ID: 'zk-0',
          ZOOKEEPER_SERVERS: hosts((n) => `${host(n)}:2888:3888`, ';'),
        },
        more: {
          command: [
            'bash',
            '-c',
            'ZK_FIX="s/${HOSTNAME}/0.0.0.0/g"\nZOOKEEPER_SERVER_ID=$((${HOSTNAME##*-}+1)) ZOOKEEPER_SERVERS=`echo $ZOOKEEPER_SERVERS | sed -e "$ZK_FIX"` ZOOKEEPER_TICK_TIME=2500 /etc/confluent/docker/run\n',
          ],
        },
      }),
    );
    expect(errorsOf(judgement)).toEqual([]);
    expect(linesOf(judgement)).toContainEqual(
      expect.stringMatching(
        /^note ZK-MANIFEST-018 .*command: the value of ZOOKEEPER_SERVER_ID is known only once/,
      ),
    );
    expect(settingOf(judgement, '(members)')?.value).toBe('3');
    expect(settingOf(judgement, '(id)')?.value).toBe('1');
    expect(settingOf(judgement, 'ZK_TICK_TIME')?.value).toBe('2500');
  });

  it('shows of its settings those alone that something has set', async () => {
    const text = judgementsAsText([await judgementOf(bitnamiChart())]).join('\n');
    expect(text).not.toContain('(unset)');
  });

  it("of Confluent's image has its members by place", async () => {
    const judgement = await judgementOf(
      chart({
        image: 'confluentinc/cp-zookeeper:7.9.0',
        mount: '/var/lib/zookeeper',
        env: {
          ZOOKEEPER_CLIENT_PORT: '2181',
          ZOOKEEPER_SERVERS: hosts((n) => `${host(n)}:2888:3888`, ';'),
          ZOOKEEPER_4LW_COMMANDS_WHITELIST: 'ruok',
        },
        more: { command: ['/etc/confluent/docker/run'] },
      }),
    );
    expect(errorsOf(judgement)).toEqual([]);
    expect(linesOf(judgement)).toContainEqual(expect.stringContaining('ZOOKEEPER_4LW_COMMANDS_WHITELIST'));
    expect(settingOf(judgement, '(members)')?.value).toBe('3');
  });
});

describe('a compose file', () => {
  const text = `
services:
  zoo1:
    image: bitnami/zookeeper:3.9
    environment: [ALLOW_ANONYMOUS_LOGIN=yes, ZOO_SERVER_ID=1, 'ZOO_SERVERS=0.0.0.0:2888:3888,zoo2:2888:3888,zoo3:2888:3888']
    volumes: ['one:/bitnami/zookeeper']
  zoo2:
    image: zookeeper:3.9
    environment:
      ZOO_MY_ID: 2
      ZOO_TICK_TIME: \${TICK:-2500}
      ZOO_INIT_LIMIT: \${LIMIT}
      ZOO_SERVERS: server.1=zoo1:2888:3888;2181 server.2=0.0.0.0:2888:3888;2181
    volumes: [{type: volume, source: two, target: /data}]
    healthcheck: {test: ['CMD', 'curl', 'localhost:8080/commands/ruok']}
  web:
    image: nginx
`;

  it('is judged service by service', async () => {
    const [document] = documentsOf(text);
    const [one, two, ...others] = await judgeCompose(document, NOTHING);
    expect(others).toEqual([]);
    expect(errorsOf(one as Judgement)).toEqual([]);
    expect(settingOf(one as Judgement, 'ZK_DATA_DIR')?.value).toBe('/bitnami/zookeeper/data');
    expect(settingOf(two as Judgement, 'ZK_TICK_TIME')?.value).toBe('2500');
    expect(settingOf(two as Judgement, 'ZK_DATA_DIR')?.value).toBe('/data');
    expect(settingOf(two as Judgement, '(id)')?.value).toBe('2');
    expect(errorsOf(two as Judgement)).toEqual([
      expect.stringMatching(
        /^error ZK-MANIFEST-026 service\/zoo2 healthcheck.test: curl is not in the image/,
      ),
    ]);
    expect(linesOf(two as Judgement)).toContainEqual(
      expect.stringMatching(/ZK-MANIFEST-018 .*uses LIMIT of the shell/),
    );
  });

  const judged = async (lines: string) => {
    const [document] = documentsOf(`services:\n  zk:\n${lines.replaceAll(/^/gm, '    ')}`);
    return (await judgeCompose(document, NOTHING))[0] as Judgement;
  };

  it.each([
    ['ends with a status', 'curl -f localhost:8080/commands/ruok || exit 1', /curl is not in the image/],
    ["is Kafka's", 'cub zk-ready localhost:2181 10', /cub is not in the image/],
  ])('is refused for a healthcheck that %s', async (_, test, words) => {
    const lines = `image: confluentinc/cp-zookeeper:7.5.0\nhealthcheck: {test: ${JSON.stringify(test)}}`;
    expect(errorsOf(await judged(lines))).toEqual([expect.stringMatching(words)]);
  });

  it('needs no change for one by netcat that ends with a status', async () => {
    const lines = 'image: zookeeper\nhealthcheck: {test: "echo ruok | nc localhost 2181 || exit 1"}';
    expect(errorsOf(await judged(lines))).toEqual([]);
  });

  it.each([
    ['image: ${ZK_IMAGE:-zookeeper:3.9}', true],
    ['image: registry.local/library/zookeeper:3.8', true],
    ['image: wurstmeister/zookeeper', false],
  ])('with %s is not passed over', async (lines, ours) => {
    expect((await judged(lines)).ours).toBe(ours);
  });

  it('names the variables of the shell that it uses', async () => {
    const lines =
      "image: zookeeper\nenvironment: [ZOO_MY_ID, 'ZOO_TICK_TIME=${TICK:?say it}', ZOO_INIT_LIMIT=]";
    const notes = linesOf(await judged(lines)).filter((line) => line.includes('ZK-MANIFEST-018'));
    expect(notes).toEqual([
      expect.stringContaining('environment.ZOO_MY_ID: uses ZOO_MY_ID of the shell'),
      expect.stringContaining('environment.ZOO_TICK_TIME: uses TICK of the shell'),
    ]);
  });
});
