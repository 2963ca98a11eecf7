import { describe, expect, it } from 'vitest';
import { readSettings } from '../../src/settings/read.ts';
import { tlsPairs, withTls } from '../../src/settings/tls.ts';
import { parseRelease, type Release } from '../../src/zookeeper/release.ts';

const memory = { memoryBytes: 1_024 ** 3, memoryIs: 'limit' } as const;
const settingsOf = (variables: Record<string, string>) =>
  readSettings({ variables, files: new Map(), memory }).settings;
const lines = (variables: Record<string, string>, release = '3.9.6') =>
  Object.fromEntries(tlsPairs(settingsOf(variables), parseRelease(release) as Release));

describe('the lines of zoo.cfg for TLS', () => {
  it('are none without a folder', () => {
    expect(lines({})).toEqual({});
    expect(lines({ ZK_TLS_DIR: '/tls', ZK_CLIENT_TLS: 'plain', ZK_QUORUM_TLS: 'plain' })).toEqual({});
  });

  it.each([
    ['accept', { portUnification: 'true' }],
    ['both', { sslQuorum: 'true', portUnification: 'true' }],
    ['tls', { sslQuorum: 'true' }],
  ])('take the step %s', (step, wanted) => {
    const { sslQuorum, portUnification } = lines({ ZK_QUORUM_TLS_DIR: '/tls', ZK_QUORUM_TLS: step });
    expect(
      Object.fromEntries(Object.entries({ sslQuorum, portUnification }).filter(([, value]) => value)),
    ).toEqual(wanted);
  });

  it.each([
    ['3.8.0', undefined, undefined],
    ['3.8.6', undefined, undefined],
    ['3.9.3', undefined, undefined],
    ['3.9.4', 'false', undefined],
    ['3.9.6', 'false', 'false'],
  ])('let members with names alone be accepted on %s', (release, verification, lookUps) => {
    const found = lines({ ZK_TLS_DIR: '/tls' }, release);
    expect(found['ssl.quorum.clientHostnameVerification']).toBe(verification);
    // Where names cannot be left unasked, a look-up of the address is the only way to one.
    expect(found['ssl.quorum.allowReverseDnsLookup']).toBe(lookUps);
  });

  it('close the plain port to all but the pod itself, where clients must use TLS', () => {
    const at = (variables: Record<string, string>) =>
      withTls(settingsOf({ ZK_TLS_DIR: '/tls', ...variables }), parseRelease('3.9.6') as Release);
    expect(at({}).clientAddress).toBe('127.0.0.1');
    expect(at({ ZK_CLIENT_ADDRESS: '10.0.0.7' }).clientAddress).toBe('127.0.0.1');
    expect(at({ ZK_CLIENT_ADDRESS: '10.0.0.7' }).extraConfig).toContainEqual([
      'secureClientPortAddress',
      '10.0.0.7',
    ]);
    expect(at({ ZK_CLIENT_TLS: 'both' }).clientAddress).toBeUndefined();
  });
});
