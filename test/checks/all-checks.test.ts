import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/preparation/prepare.ts';
import type { Variables } from '../../src/settings/read-row.ts';
import { fakeMachine } from '../preparation/fake-machine.ts';

async function findingsOf(variables: Variables, more: Parameters<typeof fakeMachine>[0] = {}) {
  const machine = fakeMachine({ release: '3.9.6', ...more, variables: { ZK_REPLICAS: '3', ...variables } });
  return (await prepare(machine, { assume: { kind: 'nothing' } })).findings;
}

const codesOf = async (...input: Parameters<typeof findingsOf>) =>
  (await findingsOf(...input)).map(({ severity, code, subject }) => `${severity} ${code} ${subject}`);

it.each<Variables>([{ ZK_REPLICAS: 'three' }, { ZK_REPLICAS: '', ZK_ENSEMBLE: 'a..b;c' }])(
  '%j is wrong, and nothing is said to be missing',
  async (variables) => {
    const [name] = Object.keys(variables).slice(-1);
    expect(await codesOf(variables)).toEqual([`error ZK-SETTING-001 ${name}`]);
  },
);

describe('settings that start but are wrong', () => {
  it.each<[Variables, string]>([
    [{ ZK_SYNC_LIMIT: '2000' }, 'warning ZK-TIMING-001 ZK_SYNC_LIMIT'],
    [{ ZK_INIT_LIMIT: '10000' }, 'warning ZK-TIMING-001 ZK_INIT_LIMIT'],
    [{ ZK_MIN_SESSION_TIMEOUT: '50000' }, 'error ZK-TIMING-002 ZK_MIN_SESSION_TIMEOUT'],
    [{ ZK_TICK_TIME: '100' }, 'warning ZK-TIMING-003 ZK_TICK_TIME'],
    [{ ZK_INIT_LIMIT: '3' }, 'warning ZK-TIMING-004 ZK_INIT_LIMIT'],
    [{ ZK_MIN_SESSION_TIMEOUT: '1000' }, 'warning ZK-TIMING-005 ZK_MIN_SESSION_TIMEOUT'],
    [{ ZK_REPLICAS: '2' }, 'warning ZK-ENSEMBLE-002 ZK_REPLICAS'],
    [{ ZK_REPLICAS: '4' }, 'warning ZK-ENSEMBLE-001 ZK_REPLICAS'],
    [{ ZK_REPLICAS: '9' }, 'warning ZK-ENSEMBLE-003 ZK_REPLICAS'],
    [{ ZK_PURGE_INTERVAL: '0' }, 'warning ZK-PURGE-001 ZK_PURGE_INTERVAL'],
    [{ ZK_SNAP_RETAIN_COUNT: '2' }, 'note ZK-PURGE-002 ZK_SNAP_RETAIN_COUNT'],
    [{ ZK_MAX_CLIENT_CNXNS: '2' }, 'warning ZK-CLIENT-001 ZK_MAX_CLIENT_CNXNS'],
    [{ ZK_HEAP_SIZE: '2G' }, 'error ZK-MEMORY-001 ZK_HEAP_SIZE'],
    [{ ZK_CLIENT_PORT: '2888' }, 'error ZK-SETTING-012 ZK_SERVER_PORT'],
    [{ ZK_HEALTH_PORT: '2181' }, 'error ZK-SETTING-012 ZK_HEALTH_PORT'],
    [{ JVMFLAGS: '-Dzookeeper.ssl.keyStore.password=x' }, 'warning ZK-SETTING-013 JVMFLAGS'],
    [{ ZK_EXTRA_CONFIG: 'tickTime=1' }, 'error ZK-SETTING-007 ZK_EXTRA_CONFIG'],
    [{ ZK_EXTRA_CONFIG: 'server.7=a:1:2' }, 'error ZK-SETTING-007 ZK_EXTRA_CONFIG'],
    [{ ZK_EXTRA_CONFIG: 'jute.maxbuffer=1' }, 'error ZK-SETTING-008 ZK_EXTRA_CONFIG'],
    [{ ZK_EXTRA_CONFIG: 'zookeeper.snapCount=1' }, 'error ZK-SETTING-008 ZK_EXTRA_CONFIG'],
    [{ ZK_EXTRA_CONFIG: 'connectionMaxTokens=1' }, 'error ZK-SETTING-008 ZK_EXTRA_CONFIG'],
    [{ ZK_EXTRA_CONFIG: 'snapCoumt=1' }, 'warning ZK-SETTING-009 ZK_EXTRA_CONFIG'],
    [{ ZK_TICK_TIME: '5000000', ZK_INIT_LIMIT: '500' }, 'error ZK-TIMING-006 ZK_INIT_LIMIT'],
    [{ ZK_INIT_LIMIT: '1000000', ZK_TICK_TIME: '2148' }, 'error ZK-TIMING-006 ZK_INIT_LIMIT'],
    [{ ZK_SYNC_LIMIT: '1000000', ZK_TICK_TIME: '2148' }, 'error ZK-TIMING-006 ZK_SYNC_LIMIT'],
    [{ ZK_TICK_TIME: '107374183' }, 'error ZK-TIMING-006 ZK_TICK_TIME'],
    [{ ZK_MAX_SESSION_TIMEOUT: '9999' }, 'warning ZK-TIMING-007 ZK_MAX_SESSION_TIMEOUT'],
    [{ ZK_MAX_SESSION_TIMEOUT: '600001' }, 'warning ZK-TIMING-007 ZK_MAX_SESSION_TIMEOUT'],
    [{ ZK_MIN_SESSION_TIMEOUT: '30001' }, 'warning ZK-TIMING-007 ZK_MIN_SESSION_TIMEOUT'],
    [{ ZK_MAX_CLIENT_CNXNS: '0' }, 'warning ZK-CLIENT-002 ZK_MAX_CLIENT_CNXNS'],
    [{ ZK_4LW_WHITELIST: 'envi,*' }, 'warning ZK-CLIENT-003 ZK_4LW_WHITELIST'],
    [
      { ZK_REPLICAS: '', ZK_ENSEMBLE: 'zk-0;zk-1;127.0.0.1', ZK_MYID: '1' },
      'error ZK-ENSEMBLE-004 ZK_ENSEMBLE',
    ],
    [
      { ZK_REPLICAS: '', ZK_ENSEMBLE: 'zk-0;zk-1;0.0.0.0', ZK_MYID: '1' },
      'error ZK-ENSEMBLE-004 ZK_ENSEMBLE',
    ],
    [{ ZK_HEAP_SIZE: '1700m' }, 'error ZK-MEMORY-001 ZK_HEAP_SIZE'],
    [{ JVMFLAGS: '-Xmx4g' }, 'error ZK-MEMORY-001 JVMFLAGS'],
    [{ SERVER_JVMFLAGS: '-XX:MaxHeapSize=4G' }, 'error ZK-MEMORY-001 SERVER_JVMFLAGS'],
    [{ JVMFLAGS: '-Xmx512m' }, 'error ZK-MEMORY-003 JVMFLAGS'],
    [{ JVMFLAGS: '-Xms1100m' }, 'error ZK-MEMORY-003 JVMFLAGS'],
    [{ JVMFLAGS: '-XX:-ExitOnOutOfMemoryError' }, 'warning ZK-JVM-001 JVMFLAGS'],
    [{ JVMFLAGS: '-Dsun.net.inetaddr.ttl=30' }, 'warning ZK-JVM-002 JVMFLAGS'],
    [{ SERVER_JVMFLAGS: '-Dsun.net.inetaddr.ttl=-1' }, 'warning ZK-JVM-002 SERVER_JVMFLAGS'],
    [{ ZK_EXTRA_CONFIG: 'syncEnabled=yes' }, 'error ZK-CONFIG-001 ZK_EXTRA_CONFIG'],
    [{ ZK_EXTRA_CONFIG: 'tcpKeepAlive=true # on' }, 'error ZK-CONFIG-001 ZK_EXTRA_CONFIG'],
    [{ ZK_EXTRA_CONFIG: 'cnxTimeout=5s' }, 'error ZK-CONFIG-001 ZK_EXTRA_CONFIG'],
    [{ ZK_EXTRA_CONFIG: 'forceSync=false' }, 'error ZK-CONFIG-001 ZK_EXTRA_CONFIG'],
    [{ ZK_EXTRA_CONFIG: 'forceSync=no' }, 'warning ZK-CONFIG-003 ZK_EXTRA_CONFIG'],
    [{ JVMFLAGS: '-Dzookeeper.forceSync=no' }, 'warning ZK-CONFIG-003 JVMFLAGS'],
    [{ ZK_EXTRA_CONFIG: 'skipACL=yes' }, 'warning ZK-CONFIG-004 ZK_EXTRA_CONFIG'],
    [{ ZK_EXTRA_CONFIG: 'reconfigEnabled=true' }, 'error ZK-CONFIG-005 ZK_EXTRA_CONFIG'],
    [{ ZK_EXTRA_CONFIG: 'dynamicConfigFile=/conf/zoo.cfg.dynamic' }, 'error ZK-CONFIG-005 ZK_EXTRA_CONFIG'],
    [
      {
        ZK_EXTRA_CONFIG:
          'metricsProvider.className=org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider',
      },
      'error ZK-CONFIG-006 ZK_EXTRA_CONFIG',
    ],
    [
      { ZK_EXTRA_CONFIG: 'extendedTypesEnabled=true', ZK_MYID_OFFSET: '253' },
      'error ZK-CONFIG-007 ZK_EXTRA_CONFIG',
    ],
    [{ ZK_EXTRA_CONFIG: 'enforce.auth.enabled=true' }, 'error ZK-CONFIG-008 ZK_EXTRA_CONFIG'],
    [
      { ZK_EXTRA_CONFIG: 'enforce.auth.enabled=true\nenforce.auth.schemes=digest, sasl' },
      'error ZK-CONFIG-008 ZK_EXTRA_CONFIG',
    ],
    [{ JVMFLAGS: '-Djava.security.auth.login.config=/nowhere.conf' }, 'error ZK-CONFIG-011 JVMFLAGS'],
    [{ ZK_EXTRA_CONFIG: 'quorum.auth.enableSasl=true' }, 'error ZK-CONFIG-010 JVMFLAGS'],
    [
      {
        ZK_EXTRA_CONFIG: 'quorum.auth.enableSasl=true',
        JVMFLAGS: '-Djava.security.auth.login.config=/nowhere.conf',
      },
      'error ZK-CONFIG-010 JVMFLAGS',
    ],
    [{ ZK_EXTRA_CONFIG: 'observerMasterPort=2181' }, 'error ZK-SETTING-012 observerMasterPort'],
  ])('%j', async (variables, expected) => {
    expect(await codesOf(variables)).toEqual([expected]);
  });

  it.each<Variables>([
    { ZK_REPLICAS: '', ZK_ENSEMBLE: '127.0.0.1:1:2;127.0.0.1:3:4;localhost:5:6', ZK_MYID: '1' },
    { ZK_REPLICAS: '', ZK_ENSEMBLE: '0.0.0.0;zk-1;zk-2', ZK_MYID: '1' },
    { ZK_MAX_SESSION_TIMEOUT: '600000', ZK_MIN_SESSION_TIMEOUT: '30000' },
    { ZK_HEAP_SIZE: '1600m' },
    { JVMFLAGS: '-Xms512m -Xmx512m' },
    { JVMFLAGS: '-Xms0 -XX:-ExitOnOutOfMemoryError -XX:+CrashOnOutOfMemoryError' },
    { JVMFLAGS: '-XX:-ExitOnOutOfMemoryError -XX:+ExitOnOutOfMemoryError' },
    { JVMFLAGS: '-Dsun.net.inetaddr.ttl=30 -Dsun.net.inetaddr.ttl=5' },
    { ZK_EXTRA_CONFIG: 'forceSync=yes', JVMFLAGS: '-Dzookeeper.forceSync=yes' },
    { ZK_EXTRA_CONFIG: 'snapCount=10000\nsyncEnabled=TRUE\nleaderServes=no' },
    { ZK_EXTRA_CONFIG: 'reconfigEnabled=false' },
    { ZK_EXTRA_CONFIG: 'enforce.auth.enabled=true\nenforce.auth.schemes=digest' },
    {
      ZK_EXTRA_CONFIG: 'enforce.auth.enabled=true\nenforce.auth.schemes=own\nauthProvider.1=com.example.Own',
    },
  ])('has nothing against %j', async (variables) => {
    expect(await codesOf(variables)).toEqual([]);
  });

  it('finds nothing in a plain configuration', async () => {
    expect(await codesOf({})).toEqual([]);
  });

  it('does not judge the heap by the memory of a machine without a limit', async () => {
    const machine = {
      ...fakeMachine({ release: '3.9.6', variables: { ZK_REPLICAS: '1', ZK_HEAP_SIZE: '2G' } }),
    };
    const unlimited = { ...machine, memory: { ...machine.memory, memoryIs: 'machine' as const } };
    expect((await prepare(unlimited, { assume: { kind: 'nothing' } })).findings).toEqual([]);
  });

  it('makes warnings errors under ZK_STRICT', async () => {
    expect(await codesOf({ ZK_STRICT: 'true', ZK_PURGE_INTERVAL: '0', ZK_TYPO: '1' })).toEqual([
      'error ZK-SETTING-004 ZK_TYPO',
      'error ZK-PURGE-001 ZK_PURGE_INTERVAL',
    ]);
  });
});

/** For tests of something else on a release that has known defects. */
const defectsKnown = { ZK_IGNORE_FINDINGS: 'ZK-DISTRIBUTION-007,ZK-DISTRIBUTION-008' };

describe('what this release does not know', () => {
  it.each<[string, string]>([
    ['3.4.13', 'audit.enable=true'],
    ['3.8.0', 'client.certReload=true'],
    ['3.8.0', 'fips-mode=false'],
    ['3.9.6', 'ipReachableTimeout=1'],
  ])('%s: %s is said and not written', async (release, line) => {
    const machine = fakeMachine({
      release,
      variables: { ...defectsKnown, ZK_REPLICAS: '3', ZK_EXTRA_CONFIG: line },
    });
    const { findings, ready } = await prepare(machine, { assume: { kind: 'nothing' } });
    expect(findings.map(({ code }) => code)).toEqual(['ZK-SETTING-010']);
    expect(ready?.plan.files[0]?.content).not.toContain(line.split('=')[0]);
  });

  it.each<[string, string]>([
    ['3.4.13', 'secureClientPort=2281'],
    ['3.4.13', 'sslQuorum=true'],
    ['3.6.0', 'enforce.auth.enabled=true'],
    ['3.6.0', 'DigestAuthenticationProvider.enabled=false'],
    ['3.5.8', 'ssl.keyStore.passwordPath=/secret'],
    ['3.9.3', 'ssl.clientHostnameVerification=true'],
  ])('%s: %s is refused, since it would run unsecured', async (release, line) => {
    const [key] = line.split('=');
    const variables = { ...defectsKnown, ZK_EXTRA_CONFIG: line };
    expect(await codesOf(variables, { release })).toEqual(['error ZK-CONFIG-002 ZK_EXTRA_CONFIG']);
    expect((await findingsOf(variables, { release }))[0]?.problem).toContain(key);
  });

  it('takes a key that lets somebody in for no loss', async () => {
    expect(
      await codesOf(
        { ...defectsKnown, ZK_EXTRA_CONFIG: 'ssl.quorum.hostnameVerification=false' },
        { release: '3.4.13' },
      ),
    ).toEqual(['warning ZK-SETTING-010 ZK_EXTRA_CONFIG']);
  });

  it('is written for the release that knows it', async () => {
    const machine = fakeMachine({
      release: '3.8.5',
      variables: { ...defectsKnown, ZK_REPLICAS: '3', ZK_EXTRA_CONFIG: 'client.certReload=true' },
    });
    const { findings, ready } = await prepare(machine, { assume: { kind: 'nothing' } });
    expect(findings).toEqual([]);
    expect(ready?.plan.files[0]?.content).toContain('client.certReload=true');
  });

  it('says that a distribution without a backend logs nothing', async () => {
    expect(await codesOf({}, { logging: 'none' })).toEqual(['warning ZK-DISTRIBUTION-003 ZK_HOME']);
  });
});

describe('the heap on small limits', () => {
  it.each<[memoryMiB: number, ZK_HEAP_SIZE: string | undefined, expected: string[]]>([
    [512, undefined, []],
    [256, undefined, []],
    [214, undefined, []],
    [190, undefined, ['warning ZK-MEMORY-002 ZK_HEAP_SIZE']],
    [512, '384m', ['warning ZK-MEMORY-002 ZK_HEAP_SIZE']],
    [512, '362m', []],
    [512, '410m', ['error ZK-MEMORY-001 ZK_HEAP_SIZE']],
  ])('%i MiB with a heap of %s', async (memoryMiB, ZK_HEAP_SIZE, expected) => {
    expect(await codesOf({ ZK_HEAP_SIZE }, { memoryMiB })).toEqual(expected);
  });
});

describe('a container that the kernel slows down before its limit', () => {
  const MIB = 1_048_576;
  it.each<[highMiB: number | undefined, heap: string, expected: string[]]>([
    [undefined, '256m', []],
    [486, '256m', []],
    // The heap and 143 MiB beside it.
    [399, '256m', []],
    [398, '256m', ['warning ZK-MEMORY-007 memory.high']],
    // The kernel would kill it: that is told alone.
    [300, '410m', ['error ZK-MEMORY-001 ZK_HEAP_SIZE']],
  ])('memory.high of %s MiB with a heap of %s in 512 MiB', async (highMiB, ZK_HEAP_SIZE, expected) => {
    const machine = fakeMachine({
      release: '3.9.6',
      variables: { ZK_REPLICAS: '3', ZK_HEAP_SIZE },
      memoryMiB: 512,
    });
    const high = highMiB === undefined ? {} : { highBytes: highMiB * MIB };
    const { findings } = await prepare(
      { ...machine, memory: { ...machine.memory, ...high } },
      { assume: { kind: 'nothing' } },
    );
    expect(findings.map(({ severity, code, subject }) => `${severity} ${code} ${subject}`)).toEqual(expected);
  });
});

describe('the AdminServer', () => {
  const jars = ['jetty9-server-9.4.57.jar', 'servlet-api-4.0.1.jar'];
  const loopback = 'admin.serverAddress=127.0.0.1';

  it.each<[Variables, readonly string[], string[]]>([
    [{}, jars, ['warning ZK-CLIENT-004 ZK_ADMIN_PORT']],
    [{ ZK_EXTRA_CONFIG: loopback }, jars, []],
    [{ JVMFLAGS: `-Dzookeeper.${loopback}` }, jars, []],
    [{ ZK_EXTRA_CONFIG: loopback }, jars.slice(1), ['warning ZK-DISTRIBUTION-005 ZK_ADMIN_PORT']],
    [{ ZK_EXTRA_CONFIG: loopback }, jars.slice(0, 1), ['warning ZK-DISTRIBUTION-005 ZK_ADMIN_PORT']],
  ])('%j with %j', async (variables, installed, expected) => {
    expect(await codesOf({ ZK_ADMIN_PORT: '8080', ...variables }, { jars: installed })).toEqual(expected);
  });
});

describe('SASL between the members', () => {
  const variables = {
    ZK_EXTRA_CONFIG: 'quorum.auth.enableSasl=true',
    JVMFLAGS: '-Djava.security.auth.login.config=/jaas.conf',
  };
  const digest =
    'QuorumServer { org.apache.zookeeper.server.auth.DigestLoginModule required user_zk="x"; }; QuorumLearner { org.apache.zookeeper.server.auth.DigestLoginModule required username="zk" password="x"; };';
  const kerberos =
    'QuorumServer { com.sun.security.auth.module.Krb5LoginModule required; }; QuorumLearner { com.sun.security.auth.module.Krb5LoginModule required; };';
  const tolerant = { ...variables, ZK_EXTRA_CONFIG: 'quorum.auth.enableSasl=true\nfips-mode=false' };

  it.each<[string, string, Variables, string[]]>([
    ['3.9.6', digest, variables, ['error ZK-CONFIG-009 ZK_EXTRA_CONFIG']],
    ['3.9.4', digest, variables, ['error ZK-CONFIG-009 ZK_EXTRA_CONFIG']],
    ['3.9.3', digest, variables, []],
    ['3.9.6', digest, tolerant, []],
    ['3.9.6', kerberos, variables, []],
  ])('%s with %s', async (release, jaas, given, expected) => {
    const files = { '/jaas.conf': jaas };
    expect(await codesOf({ ...defectsKnown, ...given }, { release, files })).toEqual(expected);
  });
});

describe('a release that is known to lose writes', () => {
  const told = async (release: string, variables: Variables = {}) =>
    (await findingsOf(variables, { release })).find(({ code }) => code === 'ZK-DISTRIBUTION-007')?.problem ??
    '';
  const issues = (text: string) => text.match(/ZOOKEEPER-\d+/g) ?? [];

  it.each([
    ['3.4.13', []],
    ['3.5.9', []],
    ['3.5.10', ['ZOOKEEPER-4712', 'ZOOKEEPER-4785']],
    ['3.6.2', []],
    ['3.7.2', ['ZOOKEEPER-4712', 'ZOOKEEPER-4785']],
    ['3.8.3', ['ZOOKEEPER-4712', 'ZOOKEEPER-4785']],
    ['3.8.4', ['ZOOKEEPER-4712']],
    ['3.8.6', ['ZOOKEEPER-4712']],
    ['3.9.1', ['ZOOKEEPER-4712', 'ZOOKEEPER-4785']],
    ['3.9.2', ['ZOOKEEPER-4712']],
    ['3.9.3', ['ZOOKEEPER-4925']],
    ['3.9.4', []],
    ['3.9.6', []],
    ['3.10.0', []],
  ])('%s has %j', async (release, expected) => {
    expect(issues(await told(release))).toEqual(expected);
  });

  it('is nothing to a standalone server', async () => {
    expect(await told('3.9.3', { ZK_REPLICAS: '1' })).toBe('');
  });
});
