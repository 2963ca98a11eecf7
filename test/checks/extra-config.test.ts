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

  it.each(['snapCount', 'server.1.x', 'ssl.quorum.crl', 'ipReachableTimeout'])('control: %s', (key) => {
    const codes = extraConfigFindings({ settings: settings(key) }).map(({ code }) => code);
    expect(codes).toEqual(key === 'server.1.x' ? ['ZK-SETTING-009'] : []);
  });
});

describe('a value that its key does not take', () => {
  it.each([
    ['sslQuorum', 'yes', '3.9.6', 'ends ZooKeeper or is read as something else', 'give true or false'],
    ['sslQuorum', 'yes', '3.4.13', 'which is read as something else', 'give true or false'],
    ['forceSync', 'false', '3.9.6', 'forceSync is "false"', 'give yes or no'],
    ['snapCount', '1 # few', '3.9.6', 'snapCount is "1 # few"', 'a comment needs a line of its own'],
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
    ['serverCnxnFactory', 'anything'],
    ['toString', 'anything'],
  ])('control: %s=%s', (key, value) => {
    expect(extraValueFindings({ settings: settings(key, value), distribution: undefined } as never)).toEqual(
      [],
    );
  });
});
