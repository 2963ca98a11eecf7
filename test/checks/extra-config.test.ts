import { describe, expect, it } from 'vitest';
import { extraConfigFindings, extraValueFindings } from '../../src/checks/extra-config.ts';
import { parseRelease } from '../../src/zookeeper/release.ts';

const settings = (key: string, value = 'x') => ({ extraConfig: [[key, value]] }) as never;

describe('a key of ZK_EXTRA_CONFIG', () => {
  it.each([
    ['clientPort', 'ZK-SETTING-007', 'set ZK_CLIENT_PORT instead'],
    ['admin.enableServer', 'ZK-SETTING-007', 'set ZK_ADMIN_PORT instead'],
    ['db.autocreate', 'ZK-SETTING-007', 'set ZK_CONSENT instead'],
    ['zookeeper.sslQuorum', 'ZK-SETTING-008', 'write sslQuorum, without the prefix'],
    ['jute.maxbuffer', 'ZK-SETTING-008', 'set JVMFLAGS=-Djute.maxbuffer=… instead'],
    [
      'client.secure',
      'ZK-SETTING-008',
      'give it to the clients: CLIENT_JVMFLAGS=-Dzookeeper.client.secure=…',
    ],
    [
      'connectionMaxTokens',
      'ZK-SETTING-008',
      'write connection_throttle_tokens (the name that the code reads)',
    ],
    [
      'requireClientAuthScheme',
      'ZK-SETTING-008',
      'use enforce.auth.enabled=true and enforce.auth.schemes=sasl (3.7 and newer)',
    ],
    ['snapcount', 'ZK-SETTING-009', 'did you mean snapCount?'],
    [
      'constructor',
      'ZK-SETTING-009',
      'check the spelling; it becomes the system property zookeeper.constructor',
    ],
  ])('%s is %s: %s', (key, code, remedy) => {
    expect(extraConfigFindings({ settings: settings(key) })).toEqual([
      expect.objectContaining({ code, remedy }),
    ]);
  });

  it.each([
    ['server.1.x', 'remove it; ZK_ENSEMBLE names the members'],
    ['group.x', 'remove it; ZK_ENSEMBLE names the members'],
    ['weighty', 'remove it; ZK_ENSEMBLE names the members'],
    ['server.realm', 'set JVMFLAGS=-Dzookeeper.server.realm=… instead'],
  ])('%s would be read as a member: %s', (key, remedy) => {
    expect(extraConfigFindings({ settings: settings(key) })).toEqual([
      expect.objectContaining({ code: 'ZK-CONFIG-001', remedy }),
    ]);
  });

  it.each(['snapCount', 'ssl.quorum.crl', 'ipReachableTimeout', 'group.1', 'weight.12'])(
    'control: %s',
    (key) => expect(extraConfigFindings({ settings: settings(key) })).toEqual([]),
  );
});

describe('a value that its key does not take', () => {
  it.each([
    ['sslQuorum', 'yes', '3.9.6', 'ends ZooKeeper or is read as something else', 'give true or false'],
    ['sslQuorum', 'yes', '3.4.13', 'which is read as something else', 'give true or false'],
    ['forceSync', 'false', '3.9.6', 'forceSync is "false"', 'give yes or no'],
    ['snapCount', '1 # few', '3.9.6', 'snapCount is "1 # few"', 'a comment needs a line of its own'],
    ['electionAlg', '1', '3.9.6', 'electionAlg is "1"', 'give 3'],
    ['nio.numSelectorThreads', '0', '3.9.6', 'is "0"', 'give a whole number, 1 or more'],
    [
      'watchManagerName',
      'WatchManagerOptimized',
      '3.9.6',
      'is "WatchM',
      'org.apache.zookeeper.server.watch.',
    ],
    ['serverCnxnFactory', 'org.apache.zookeeper.NettyServerCnxnFactory', '3.9.6', 'is "org', 'server.Netty'],
    ['connection_throttle_decrease_ratio', 'x', '3.9.6', 'is "x"', 'give a number such as 0.5'],
    [
      'quorum.auth.serverRequireSasl',
      'true',
      '3.9.6',
      'quorum.auth.enableSasl is not set',
      'set quorum.auth',
    ],
    [
      'secureClientPortAddress',
      '0.0.0.0',
      '3.9.6',
      'secureClientPort is not set',
      'set secureClientPort too',
    ],
  ])('%s=%s in %s', (key, value, of, problem, remedy) => {
    const distribution = { release: parseRelease(of) } as never;
    const [found, ...more] = extraValueFindings({ settings: settings(key, value), distribution } as never);
    expect(more).toEqual([]);
    expect(found?.problem).toContain(problem);
    expect(found?.remedy).toContain(remedy);
  });

  it.each([
    ['sslQuorum', 'TRUE'],
    ['forceSync', 'no'],
    ['snapCount', '-1'],
    ['serverCnxnFactory', 'com.example.Factory'],
    ['serverCnxnFactory', 'org.apache.zookeeper.server.NettyServerCnxnFactory'],
    ['quorum.auth.serverRequireSasl', 'false'],
    ['electionAlg', '3'],
    ['toString', 'anything'],
  ])('control: %s=%s', (key, value) => {
    expect(extraValueFindings({ settings: settings(key, value), distribution: undefined } as never)).toEqual(
      [],
    );
  });
});
