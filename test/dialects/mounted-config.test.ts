import { describe, expect, it } from 'vitest';
import { explain } from '../../src/preparation/explain.ts';
import { prepare } from '../../src/preparation/prepare.ts';
import { fakeMachine, type MachineDescription } from '../preparation/fake-machine.ts';

const SERVERS = [0, 1, 2].map((n) => `server.${n}=zk-${n}.zk-headless.default.svc.cluster.local:2888:3888`);
const COUNTED_FROM_0 = [
  'tickTime=3000',
  'dataDir=/data',
  'clientPort=2182',
  'quorumListenOnAllIPs=true',
  ...SERVERS,
];

function preparedFor(description: MachineDescription) {
  return prepare(fakeMachine({ release: '3.9.4', hostName: 'zk-0', ...description }), {
    assume: { kind: 'nothing' },
  });
}

type Prepared = Awaited<ReturnType<typeof preparedFor>>;

function zooCfg({ ready }: Prepared): string[] {
  return (ready?.plan.files.find(({ path }) => path.endsWith('/zoo.cfg'))?.content ?? '').split('\n');
}

const codesOf = ({ findings }: Prepared) => findings.map(({ code, subject }) => `${code} ${subject}`);

describe('a mounted zoo.cfg of another image', () => {
  it.each(['/conf/zoo.cfg', '/opt/bitnami/zookeeper/conf/zoo.cfg'])(
    '%s is read, and ours is written elsewhere',
    async (path) => {
      const files = { [path]: COUNTED_FROM_0.join('\n') };
      const prepared = await preparedFor({ files, variables: { ZOO_MY_ID: '0' } });
      expect(zooCfg(prepared)).toEqual(
        expect.arrayContaining(['tickTime=3000', 'clientPort=2182', 'quorumListenOnAllIPs=true', ...SERVERS]),
      );
      expect(prepared.ready?.ensemble.myid).toBe(0);
      // Without dataLogDir the logs lie beside the snapshots.
      expect(prepared.settings).toMatchObject({ dataDir: '/data', dataLogDir: '/data' });
      expect(prepared.ready?.plan.files.map((file) => file.path)).not.toContain(path);
    },
  );

  it('is where ZOO_CONF_DIR says', async () => {
    const files = { '/etc/zk/zoo.cfg': 'tickTime=4000', '/conf/zoo.cfg': 'tickTime=5000' };
    const { settings } = await preparedFor({ files, variables: { ZOO_MY_ID: '1', ZOO_CONF_DIR: '/etc/zk' } });
    expect(settings.tickTimeMs).toBe(4_000);
  });

  it('is ours where ZK_CONF_DIR says so', async () => {
    const files = { '/conf/zoo.cfg': 'tickTime=5000' };
    const { settings } = await preparedFor({ files, variables: { ZK_REPLICAS: '1', ZK_CONF_DIR: '/conf' } });
    expect(settings.tickTimeMs).toBe(2_000);
  });

  it('is none where an earlier start of ours has written it', async () => {
    const first = await preparedFor({ variables: { ZK_REPLICAS: '1', ZK_TICK_TIME: '3000' } });
    const files = { '/opt/bitnami/zookeeper/conf/zoo.cfg': zooCfg(first).join('\n') };
    expect(files['/opt/bitnami/zookeeper/conf/zoo.cfg']).toContain('tickTime=3000');
    const { settings } = await preparedFor({ files, variables: { ALLOW_ANONYMOUS_LOGIN: 'yes' } });
    expect(settings.tickTimeMs).toBe(2_000);
  });

  it('is all that counts beside the names of its image, which is said', async () => {
    const files = { '/conf/zoo.cfg': COUNTED_FROM_0.join('\n') };
    const variables = { ZOO_MY_ID: '0', ZOO_TICK_TIME: '2500', ZOO_SERVERS: 'server.1=a:1:2;2181' };
    const prepared = await preparedFor({ files, variables });
    expect(prepared.settings.tickTimeMs).toBe(3_000);
    expect(codesOf(prepared)).toContain('ZK-DIALECT-005 ZOO_TICK_TIME, ZOO_SERVERS');
    expect(prepared.ready?.ensemble.members).toHaveLength(3);
  });

  it('must not contradict a name of ours', async () => {
    const files = { '/conf/zoo.cfg': 'tickTime=3000' };
    const prepared = await preparedFor({ files, variables: { ZOO_MY_ID: '1', ZK_TICK_TIME: '2500' } });
    expect(codesOf(prepared)).toContain('ZK-DIALECT-002 ZK_TICK_TIME');
    expect(prepared.ready).toBeUndefined();
  });

  it('is judged like any other line', async () => {
    const files = { '/conf/zoo.cfg': 'tickTime=3000\nsslQuorm=true\nautopurge.purgeInterval=never' };
    const found = codesOf(await preparedFor({ files, variables: { ZOO_MY_ID: '1' } }));
    expect(found).toContain('ZK-SETTING-001 ZK_PURGE_INTERVAL');
    expect(found.filter((line) => line.includes('sslQuorm') || line.includes('ZK_EXTRA_CONFIG'))).not.toEqual(
      [],
    );
  });

  it('with a file of members beside it says that this one is not read', async () => {
    const files = { '/conf/zoo.cfg': 'dynamicConfigFile=/conf/zoo.cfg.dynamic' };
    const found = codesOf(await preparedFor({ files, variables: { ZOO_MY_ID: '1' } }));
    expect(found).toContain('ZK-DIALECT-004 /conf/zoo.cfg');
  });

  it('is the origin that render --explain shows', async () => {
    const files = { '/conf/zoo.cfg': 'tickTime=3000' };
    const lines = explain(await preparedFor({ files }));
    expect(lines.find(({ setting }) => setting === 'ZK_TICK_TIME')).toMatchObject({
      from: '/conf/zoo.cfg (mounted)',
    });
  });
});
