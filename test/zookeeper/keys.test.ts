import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  isKey,
  isKnownTo,
  isParsedOnly,
  keySince,
  portKeys,
  secures,
  takes,
  withoutEffect,
} from '../../src/zookeeper/keys.ts';
import { parseRelease, type Release } from '../../src/zookeeper/release.ts';

/** What the jars look for, as scripts/zookeeper-keys.ts prints it; test/real-servers/keys.test.ts holds them to the jar. */
const folder = join(import.meta.dirname, 'keys');
const releases = readdirSync(folder).map((name) => name.replace('.txt', ''));
const namesOf = (release: string) =>
  readFileSync(join(folder, `${release}.txt`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ') as [kind: string, name: string]);

/** Strings of the jars that are no key for whoever writes zoo.cfg, and why. */
const NO_KEYS: Readonly<Record<string, readonly string[]>> = {
  'words that QuorumPeerConfig compares with': [
    'true',
    'false',
    'myid',
    'observer',
    'participant',
    'group',
    'weight',
    'x509',
    'org.apache.zookeeper.server.auth.X509AuthenticationProvider',
  ],
  'the version of a dynamic file, which zoo.cfg must not hold': ['version'],
  'of ZooKeeper’s own tests': ['testingonly.initialZxid', 'test.allowDiscontinuousProposals'],
  'of tools in the same jar': ['clientPortAddress', 'controllerPort', 'configuration'],
  'told, not read': ['version'],
  'names of classes and of Java that begin like a key': [
    'ssl.true',
    'ssl.quorum.true',
    'ssl.ocsp.enable',
    'ssl.quorum.ocsp.enable',
  ],
};
const exceptions = Object.values(NO_KEYS).flat();

const unknown = (release: string) =>
  namesOf(release)
    .filter(([, name]) => !exceptions.includes(name))
    .filter(([kind, name]) =>
      kind === 'bare'
        ? withoutEffect(name) === undefined && !isKey(name)
        : withoutEffect(name) === undefined &&
          !(isKey(name) && isKnownTo(parseRelease(release) as Release, name)),
    );

describe.each(releases)('ZooKeeper %s', (release) => {
  it('looks for no name that the table lacks', () => {
    expect(unknown(release)).toEqual([]);
  });

  it('looks for every name that the table says it knows', () => {
    const looked = new Set(namesOf(release).map(([, name]) => name));
    const told = releases
      .flatMap(namesOf)
      .map(([, name]) => name)
      .filter((name) => keySince(name) !== undefined && isKnownTo(parseRelease(release) as Release, name));
    expect([...new Set(told)].filter((name) => !looked.has(name) && !TAKEN_AS_THEY_COME.has(name))).toEqual(
      [],
    );
  });

  it('takes for itself what the table says it does', () => {
    const names = namesOf(release).filter(([, name]) => !exceptions.includes(name));
    const properties = new Set(names.filter(([kind]) => kind === 'property').map(([, name]) => name));
    const parsed = names.filter(([kind, name]) => kind === 'parsed' && !properties.has(name));
    expect(parsed.filter(([, name]) => !isParsedOnly(name))).toEqual([]);
    expect([...properties].filter(isParsedOnly)).toEqual([]);
  });
});

/** Put together from parts, so that no jar holds them whole. */
const TAKEN_AS_THEY_COME = new Set(['authProvider.x509']);

describe('a key by release', () => {
  it.each<[string, string, boolean]>([
    ['emulate353TTLNodes', '3.5.3', false],
    ['emulate353TTLNodes', '3.5.4', true],
    ['ssl.quorum.allowReverseDnsLookup', '3.8.5', false],
    ['ssl.quorum.allowReverseDnsLookup', '3.8.6', true],
    ['ssl.quorum.allowReverseDnsLookup', '3.9.4', false],
    ['ssl.quorum.allowReverseDnsLookup', '3.9.5', true],
    ['ssl.clientHostnameVerification', '3.8.7', false],
    ['ssl.quorum.clientHostnameVerification', '3.9.4', true],
    ['client.certReload', '3.7.2', true],
    ['client.certReload', '3.8.4', false],
    ['client.certReload', '3.8.5', true],
    ['learner.asyncSending', '3.6.3', true],
    ['learner.asyncSending', '3.7.0', false],
    ['learner.asyncSending', '3.10.0', true],
    ['sasl.serverconfig', '3.4.13', true],
    ['letAnySaslUserDoX', '3.4.13', false],
    ['ipReachableTimeout', '3.4.13', true],
    ['ipReachableTimeout', '3.5.0', false],
    ['metricsProvider.exportJvmInfo', '3.5.9', false],
    ['metricsProvider.exportJvmInfo', '3.6.0', true],
    ['toString', '3.4.13', true],
    ['constructor', '3.9.6', true],
  ])('%s in %s: %s', (key, release, known) => {
    expect(isKnownTo(parseRelease(release) as Release, key)).toBe(known);
  });

  it.each([
    'jute.maxbuffer',
    'readonlymode.enabled',
    'leader.nodelay',
    'znode.container.maxPerMinute',
    'jdk.tls.x',
    'user.timezone',
    'sasl.client',
    'client.secure',
    'zookeeper.sslQuorum',
  ])('%s in zoo.cfg has no effect', (key) => {
    expect(withoutEffect(key)).toBeDefined();
  });
});

describe('the row of a key says', () => {
  it.each([
    ['secureClientPort', 'number'],
    ['metricsProvider.httpHost', 'address'],
    ['forceSync', 'yes or no'],
    ['ssl.quorum.crl', 'boolean'],
    ['serverRealm', 'text'],
    ['toString', 'text'],
    ['electionAlg', { oneOf: ['3'] }],
  ])('what %s takes: %j', (key, wanted) => {
    expect(takes(key)).toEqual(wanted);
  });

  it.each([
    ['sslQuorum', 'true', true],
    ['sslQuorum', 'false', false],
    ['ssl.quorum.keyStore.location', '/key', true],
    ['ssl.clientAuth', 'none', false],
    ['authProvider.1', 'x', true],
    ['DigestAuthenticationProvider.enabled', 'false', true],
    ['snapCount', '1', false],
    ['toString', '1', false],
  ])('whether %s=%s keeps somebody out: %s', (key, value, expected) => {
    expect(secures(key, value)).toBe(expected);
  });

  it('which open a port', () => {
    expect(portKeys).toEqual(['secureClientPort', 'observerMasterPort', 'metricsProvider.httpPort']);
  });

  it.each(['toString', 'constructor', '__proto__'])('%s is a key like any other that nobody knows', (key) => {
    expect(isKey(key)).toBe(false);
    expect(withoutEffect(key)).toBeUndefined();
  });
});
