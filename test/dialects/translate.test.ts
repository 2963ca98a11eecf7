import { describe, expect, it } from 'vitest';
import { foreignNames, isForeignSecret } from '../../src/dialects/foreign-names.ts';
import { dialects } from '../../src/dialects/tell-dialect.ts';
import { explain } from '../../src/preparation/explain.ts';
import { prepare, type Wishes } from '../../src/preparation/prepare.ts';
import { jvmEnvironment } from '../../src/supervision/life.ts';
import { fakeMachine, type MachineDescription } from '../preparation/fake-machine.ts';

interface Case extends MachineDescription {
  readonly from?: NonNullable<Wishes['from']>;
  /** Directories that hold something: `data` of a server, or nothing (`empty`). */
  readonly directories?: Readonly<Record<string, 'data' | 'empty'>>;
}

function preparedFor({ from, directories, ...description }: Case) {
  const machine = fakeMachine({ release: '3.9.6', ...description });
  const findData = (directory: string) => directories?.[directory] ?? 'absent';
  return prepare(
    { ...machine, places: { findData } },
    { assume: { kind: 'nothing' }, ...(from ? { from } : {}) },
  );
}

async function codesOf(input: Case) {
  const { findings } = await preparedFor(input);
  return findings.map(({ code, subject }) => `${code} ${subject}`);
}

async function settingsOf(input: Case) {
  return (await preparedFor(input)).settings;
}

describe('the image that the names are for', () => {
  it('is told by one name that no other image has', async () => {
    expect(
      await settingsOf({ variables: { ZOO_MY_ID: '2', ZOO_SERVERS: 'server.2=zoo2:2888:3888;2182' } }),
    ).toMatchObject({
      myid: 2,
      clientPort: 2182,
    });
  });

  it('is an error that names both where two are meant', async () => {
    const { findings, ready } = await preparedFor({ variables: { ZOO_MY_ID: '1', ZOO_SERVER_ID: '1' } });
    expect(ready).toBeUndefined();
    expect(findings.find(({ code }) => code === 'ZK-DIALECT-001')?.problem).toBe(
      "ZOO_SERVER_ID is a name of Bitnami's image, and ZOO_MY_ID is a name of docker-library's image, but an image reads only its own names",
    );
  });

  it('is what --from says, and the names of another then do nothing', async () => {
    const variables = { ZOO_MY_ID: '1', ZOO_SERVER_ID: '2' };
    expect(await settingsOf({ variables, from: 'bitnami' })).toMatchObject({ myid: 2 });
    expect(await codesOf({ variables, from: 'bitnami' })).toContain('ZK-DIALECT-005 ZOO_MY_ID');
  });

  it('is told by the form of the list where every name is known to two', async () => {
    const list = { ZOO_TICK_TIME: '2500', ZOO_SERVERS: 'zoo1:2888:3888,zoo2:2888:3888' };
    const { origins } = await preparedFor({ variables: { ...list, ZK_MYID: '1' } });
    expect(origins.get('tickTimeMs')?.words).toBe("ZOO_TICK_TIME (Bitnami's name)");
  });

  it('is none where nothing but a name of nobody is set, which is said', async () => {
    const variables = { ZK_REPLICAS: '3', ZOO_FOO: 'x' };
    expect(await codesOf({ variables })).toEqual(['ZK-DIALECT-005 ZOO_FOO']);
  });

  it('is not told by what Kubernetes sets for a Service called zookeeper', async () => {
    const variables = {
      ZK_REPLICAS: '3',
      ZOOKEEPER_SERVICE_HOST: '10.0.0.1',
      ZOOKEEPER_SERVICE_PORT: '2181',
      ZOOKEEPER_SERVICE_PORT_CLIENT: '2181',
      ZOOKEEPER_PORT: 'tcp://10.0.0.1:2181',
      ZOOKEEPER_PORT_2181_TCP: 'tcp://10.0.0.1:2181',
      ZOOKEEPER_PORT_2181_TCP_ADDR: '10.0.0.1',
      ZOOKEEPER_CLIENT_PORT: 'tcp://10.0.0.2:2181',
      KAFKA_OPTS: '-Xss1m',
    };
    const { findings, settings } = await preparedFor({ variables });
    expect(findings).toEqual([]);
    expect(settings.serverJvmFlags).toEqual([]);
  });
});

describe('a foreign name and our own', () => {
  it('may both be set when they say the same', async () => {
    const variables = { ALLOW_ANONYMOUS_LOGIN: 'yes', ZOO_TICK_TIME: '02500', ZK_TICK_TIME: '2500' };
    const { findings, origins } = await preparedFor({ variables });
    expect(findings.map(({ code }) => code)).not.toContain('ZK-DIALECT-002');
    expect(origins.get('tickTimeMs')?.words).toBe('ZK_TICK_TIME');
  });

  it('are an error that names both and their values when they do not', async () => {
    const variables = { ALLOW_ANONYMOUS_LOGIN: 'yes', ZOO_TICK_TIME: '2500', ZK_TICK_TIME: '2000' };
    const { findings, ready } = await preparedFor({ variables });
    expect(ready).toBeUndefined();
    expect(findings.find(({ code }) => code === 'ZK-DIALECT-002')).toMatchObject({
      subject: 'ZK_TICK_TIME',
      problem: `is "2000", and ZOO_TICK_TIME (Bitnami's name) says "2500"`,
    });
  });

  it('give their keys of zoo.cfg together, and two values of one key are an error without them', async () => {
    const foreign = { ZOO_MY_ID: '1', ZOO_CFG_EXTRA: 'snapCount=7 globalOutstandingLimit=9' };
    const { settings } = await preparedFor({
      variables: { ...foreign, ZK_EXTRA_CONFIG: 'snapCount=7\nmaxCnxns=5' },
    });
    expect(settings.extraConfig).toEqual([
      ['snapCount', '7'],
      ['maxCnxns', '5'],
      ['globalOutstandingLimit', '9'],
    ]);
    const { findings } = await preparedFor({
      variables: { ...foreign, ZK_EXTRA_CONFIG: 'snapCount=hunter2' },
    });
    const found = findings.find(({ code }) => code === 'ZK-DIALECT-002');
    expect(found?.subject).toBe('ZK_EXTRA_CONFIG');
    expect(found?.problem).not.toContain('hunter2');
  });

  it('are joined where they are flags', async () => {
    const variables = { ZOOKEEPER_CLIENT_PORT: '2181', KAFKA_OPTS: '-Xss1m', SERVER_JVMFLAGS: '-Xss2m' };
    expect((await settingsOf({ variables })).serverJvmFlags).toEqual(['-Xss1m', '-Xss2m']);
  });

  it('keep the flags of both of their variables', async () => {
    const variables = {
      ZOOKEEPER_CLIENT_PORT: '2181',
      KAFKA_HEAP_OPTS: '-Xmx1G -XX:+UseG1GC',
      KAFKA_OPTS: '-Xss1m',
    };
    const { settings, origins } = await preparedFor({ variables });
    expect(settings.serverJvmFlags).toEqual(['-XX:+UseG1GC', '-Xss1m']);
    expect(origins.get('serverJvmFlags')?.words).toBe(
      "KAFKA_HEAP_OPTS (Confluent's name), KAFKA_OPTS (Confluent's name)",
    );
  });

  it('yields to what the image itself has set', async () => {
    const variables = { ZOO_MY_ID: '1', ZOO_DATA_DIR: '/srv/data', ZK_DATA_DIR: '/var/lib/zookeeper/data' };
    expect((await settingsOf({ variables })).dataDir).toBe('/srv/data');
  });
});

describe('every name', () => {
  const names = dialects.flatMap(({ id, rows }) => Object.keys(rows).map((name) => [id, name] as const));

  it.each(names)('of %s may stand in a file: %s', async (from, name) => {
    const path = '/run/secrets/value';
    const read = (variables: Record<string, string>) =>
      preparedFor({ variables, from, files: { [path]: '2345\n' } });
    const [direct, filed] = await Promise.all([read({ [name]: '2345' }), read({ [`${name}_FILE`]: path })]);
    expect(filed.settings).toEqual(direct.settings);
    expect(filed.findings.map(({ code }) => code)).toEqual(direct.findings.map(({ code }) => code));
  });

  it.each(names)('of %s says or does something: %s', async (from, name) => {
    const value = name.includes('ENABLE') ? 'yes' : '2345';
    const [without, given] = await Promise.all([
      preparedFor({ variables: {}, from }),
      preparedFor({ variables: { [name]: value }, from }),
    ]);
    const isSilent =
      JSON.stringify([without.settings, without.findings]) ===
      JSON.stringify([given.settings, given.findings]);
    expect(isSilent).toBe(false);
  });

  it('with its file and its value is an error', async () => {
    const variables = { ZOO_MY_ID: '1', ZOO_MY_ID_FILE: '/id' };
    expect(await codesOf({ variables, files: { '/id': '1' } })).toContain('ZK-SETTING-002 ZOO_MY_ID');
  });

  it('whose file cannot be read is an error', async () => {
    const variables = { ZOO_MY_ID_FILE: '/id' };
    expect(await codesOf({ variables })).toContain('ZK-SETTING-003 ZOO_MY_ID_FILE');
  });
});

describe('what protects the server', () => {
  it.each(['ZOO_ENABLE_AUTH', 'ZOO_ENABLE_QUORUM_AUTH'])('is never left out silently: %s', async (name) => {
    const { ready, findings } = await preparedFor({ variables: { [name]: 'yes' } });
    expect(ready).toBeUndefined();
    expect(findings.map(({ code }) => code)).toContain('ZK-LOGIN-001');
    expect((await codesOf({ variables: { [name]: 'no' } })).join()).not.toContain('ZK-LOGIN-001');
  });

  it('is set up from the same users, for clients and between members', async () => {
    const variables = {
      ZOO_ENABLE_AUTH: 'yes',
      ZOO_SERVER_USERS: 'alice;bob',
      ZOO_SERVER_PASSWORDS: 'of-clients-1, of-clients-2',
      ZOO_ENABLE_QUORUM_AUTH: '1',
      ZOO_QUORUM_LEARNER_USER: 'zk',
      ZOO_QUORUM_LEARNER_PASSWORD: 'of-members-1',
      ZOO_QUORUM_SERVER_USERS: 'zk zk2',
      ZOO_QUORUM_SERVER_PASSWORDS: 'of-members-1 of-members-2',
    };
    const { settings, findings } = await preparedFor({ variables });
    expect(settings).toMatchObject({
      clientLogin: 'require',
      clientUsers: [
        { name: 'alice', password: 'of-clients-1' },
        { name: 'bob', password: 'of-clients-2' },
      ],
      quorumLogin: 'require',
      quorumUser: 'zk',
      quorumPassword: 'of-members-1',
      quorumUsers: [
        { name: 'zk', password: 'of-members-1' },
        { name: 'zk2', password: 'of-members-2' },
      ],
    });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('keeps its passwords from messages, explanations and the JVM', async () => {
    const variables = {
      ZOO_TLS_QUORUM_ENABLE: 'yes',
      ZOO_TLS_QUORUM_KEYSTORE_FILE: '/certs/ks.jks',
      ZOO_TLS_QUORUM_KEYSTORE_PASSWORD: 'hunter2',
      ZOO_SERVER_PASSWORDS: 'hunter2',
    };
    const prepared = await preparedFor({ variables });
    const text = JSON.stringify([prepared.findings, explain(prepared)]);
    expect(prepared.settings.extraConfig).toContainEqual(['ssl.quorum.keyStore.password', 'hunter2']);
    expect(text).not.toContain('hunter2');
    expect(JSON.stringify(jvmEnvironment({ ...variables, PATH: '/bin' }))).toBe(
      JSON.stringify({
        ZOO_TLS_QUORUM_ENABLE: 'yes',
        ZOO_TLS_QUORUM_KEYSTORE_FILE: '/certs/ks.jks',
        PATH: '/bin',
      }),
    );
  });

  it.each(dialects.flatMap(({ rows }) => Object.keys(rows).filter((name) => name.includes('PASSWORD'))))(
    'knows %s as a secret',
    (name) => {
      if (name !== 'ALLOW_EMPTY_PASSWORD') expect(isForeignSecret(name)).toBe(true);
    },
  );
});

describe('a value that its own image cannot read', () => {
  const said = async (variables: Readonly<Record<string, string>>) => {
    const { findings, ready } = await preparedFor({ variables, hostName: 'zk-0' });
    expect(ready).toBeUndefined();
    return findings
      .filter(({ severity }) => severity === 'error')
      .map(({ subject, problem }) => `${subject} ${problem}`);
  };
  const theirs = { ALLOW_ANONYMOUS_LOGIN: 'yes', ZOO_SERVER_ID: '1' };
  const library = { ZOO_MY_ID: '1' };
  const kafka = { ZOOKEEPER_CLIENT_PORT: '2181', ZOOKEEPER_SERVER_ID: '1' };

  it.each<[Readonly<Record<string, string>>, string, string]>([
    [theirs, 'ZOO_SERVERS', '"zoo1:2888:3888,zoo2:2888:3888"'],
    [theirs, 'ZOO_SERVERS', 'server.1=zoo1:2888:3888;2181 server.2=zoo2:2888:3888;2181'],
    [theirs, 'ZOO_SERVERS', 'zoo1:2181,zoo2:2181'],
    [library, 'ZOO_SERVERS', 'zoo1,zoo2,zoo3'],
    [library, 'ZOO_SERVERS', 'server.1=zoo1:2888:3888;2181, server.2=zoo2:2888:3888;2181'],
    [library, 'ZOO_SERVERS', 'server.1=zoo1:2888:3888;2181 zoo2:2888:3888;2181'],
    [library, 'ZOO_CFG_EXTRA', '4lw.commands.whitelist=mntr, conf'],
    [kafka, 'ZOOKEEPER_SERVERS', 'zk1:2888:3888,zk2:2888:3888'],
    [kafka, 'ZOOKEEPER_SERVERS', 'server.1=zk1:2888:3888;server.2=zk2:2888:3888'],
    [kafka, 'ZOOKEEPER_GROUPS', '1:2;x'],
  ])('is refused once, under the name that was written: %j and %s=%s', async (variables, name, value) => {
    const lines = await said({ ...variables, [name]: value });
    expect(lines).toEqual([expect.stringMatching(`^${name} has|^${name} is`)]);
  });

  it('is not quoted where it may be a secret', async () => {
    const lines = await said({ ...library, ZOO_CFG_EXTRA: 'ssl.keyStore.password=hunter2 hunter3' });
    expect(lines.join()).not.toContain('hunter');
  });
});

describe('the explanation', () => {
  it('names the name and its owner', async () => {
    const lines = explain(await preparedFor({ variables: { ZOO_SERVER_ID: '1', ZOO_TICK_TIME: '2500' } }));
    expect(lines.find(({ setting }) => setting === 'ZK_TICK_TIME')).toMatchObject({
      value: '2500',
      from: "ZOO_TICK_TIME (Bitnami's name)",
    });
  });

  it('is refused with the foreign name where the value cannot be read', async () => {
    const { findings } = await preparedFor({ variables: { ZOO_SERVER_ID: '1', ZOO_TICK_TIME: '2s' } });
    expect(findings.find(({ subject }) => subject === 'ZK_TICK_TIME')?.problem).toContain(
      "(from ZOO_TICK_TIME (Bitnami's name))",
    );
  });
});

describe('a heap in the flags of the JVM', () => {
  const MIB = 1_048_576;
  const heapOf = async (variables: Readonly<Record<string, string>>) => {
    const { ready, findings } = await preparedFor({ variables });
    return ready?.heapBytes ?? findings.map(({ code }) => code);
  };

  it.each<[Readonly<Record<string, string>>, number]>([
    [{ ZOO_MY_ID: '1', JVMFLAGS: '-Xmx128m' }, 128 * MIB],
    [{ ZOO_MY_ID: '1', JVMFLAGS: '-Xms64m -Xmx128m -Xmx256m' }, 256 * MIB],
    [{ ZOO_MY_ID: '1', JVMFLAGS: '-Xmx128m', SERVER_JVMFLAGS: '-Xmx192m' }, 128 * MIB],
    [{ ZOO_MY_ID: '1', JVMFLAGS: '-Xmx512m', ZK_HEAP_SIZE: '512m' }, 512 * MIB],
    [{ ZOO_MY_ID: '1', ZK_SERVER_HEAP: '384' }, 384 * MIB],
    [{ ZOO_MY_ID: '1', ZK_SERVER_HEAP: '384', JVMFLAGS: '-Xmx128m' }, 128 * MIB],
  ])('%j is the heap', async (variables, bytes) => {
    expect(await heapOf(variables)).toBe(bytes);
  });

  it('is left to its check without a name of another image', async () => {
    expect(await heapOf({ ZK_REPLICAS: '1', JVMFLAGS: '-Xmx128m' })).toContain('ZK-MEMORY-003');
  });
});

describe('no foreign name', () => {
  it('is found among ours', () => {
    expect(foreignNames({ ZK_REPLICAS: '3', PATH: '/bin', ZOOCFGDIR: '/conf', ZOO_MY_ID: ' ' })).toEqual([]);
  });
});
