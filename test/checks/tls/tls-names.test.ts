import { describe, expect, it } from 'vitest';
import type { PemKey, TlsCertificate } from '../../../src/checks/tls/tls-store.ts';
import { prepare } from '../../../src/preparation/prepare.ts';
import { fakeMachine } from '../../preparation/fake-machine.ts';

const PLAIN: PemKey = {
  form: 'plain',
  algorithm: 'rsa',
  readable: true,
  belongs: true,
  passwordGiven: false,
};
const QUORUM = ['sslQuorum=true', 'ssl.quorum.keyStore.location=/tls/key.pem'];
const H = 'ssl.quorum.hostnameVerification=false';
const C = 'ssl.quorum.clientHostnameVerification=false';
const R = 'ssl.quorum.allowReverseDnsLookup=false';
const FIPS = 'fips-mode=true';
const NO_FIPS = 'fips-mode=false';
const DNS = '*.zk-headless.default.svc.cluster.local';
const ADDRESS = '10.0.0.7';

const certificate = (names: readonly string[]): TlsCertificate => ({
  subject: 'zk',
  validity: 'valid',
  validFrom: 'Jan  1 00:00:00 2020 GMT',
  validTo: 'Jan  1 00:00:00 2040 GMT',
  lifeMs: 1e12,
  leftMs: 9e11,
  names,
});

interface Question {
  readonly release: string;
  readonly names: readonly string[];
  readonly keys: readonly string[];
  readonly addresses?: readonly string[];
}

async function findings({ release, names, keys, addresses = [ADDRESS] }: Question) {
  const machine = {
    ...fakeMachine({
      release,
      jars: ['netty-codec.jar'],
      stores: { '/tls/key.pem': { kind: 'pem', key: PLAIN, certificates: [certificate(names)] } },
      variables: {
        ZK_REPLICAS: '3',
        ZK_EXTRA_CONFIG: [...QUORUM, ...keys].join('\n'),
        ZK_IGNORE_FINDINGS: 'ZK-DISTRIBUTION-007,ZK-DISTRIBUTION-008',
      },
    }),
    ownAddresses: () => addresses,
  };
  return (await prepare(machine, { assume: { kind: 'nothing' } })).findings;
}

const codes = async (question: Question) => (await findings(question)).map(({ code }) => code).join();

/** What three real servers with addresses of their own did is in the last column: 3 of them served, or 0. */
describe('a certificate for the quorum, as each release compares it', () => {
  it.each<[string, readonly string[], readonly string[], string, 0 | 3 | 'by reverse look-up']>([
    ['3.8.0', [DNS, ADDRESS], [], '', 3],
    ['3.8.0', [DNS], [], 'ZK-TLS-010', 'by reverse look-up'],
    ['3.8.0', [DNS], [H], '', 3],
    ['3.8.0', [ADDRESS], [], '', 3],
    ['3.8.0', ['other'], [], 'ZK-TLS-005', 0],
    ['3.8.6', [DNS], [], 'ZK-TLS-010', 'by reverse look-up'],
    ['3.8.6', [DNS], [R], 'ZK-TLS-009', 0],
    ['3.8.6', [DNS], [FIPS], '', 3],
    ['3.8.6', ['other'], [FIPS], 'ZK-TLS-012', 3],
    ['3.9.3', [DNS, ADDRESS], [], '', 3],
    ['3.9.3', [DNS], [], '', 3],
    ['3.9.3', [ADDRESS], [], 'ZK-TLS-012', 3],
    ['3.9.3', [DNS], [NO_FIPS], 'ZK-TLS-010', 'by reverse look-up'],
    ['3.9.3', [DNS], [NO_FIPS, H], '', 3],
    ['3.9.6', [DNS, ADDRESS], [], '', 3],
    ['3.9.6', [DNS], [], 'ZK-TLS-009', 0],
    ['3.9.6', [DNS], [H], '', 3],
    ['3.9.6', [DNS], [C], '', 3],
    ['3.9.6', [ADDRESS], [], 'ZK-TLS-005', 0],
    ['3.9.6', [ADDRESS], [C], 'ZK-TLS-005', 0],
    ['3.9.6', [ADDRESS], [NO_FIPS], '', 3],
    ['3.9.6', [DNS], [NO_FIPS], 'ZK-TLS-010', 'by reverse look-up'],
    ['3.9.6', [DNS], [NO_FIPS, R], 'ZK-TLS-009', 0],
    ['3.9.6', [DNS], [NO_FIPS, C], '', 3],
    ['3.9.6', [DNS], [NO_FIPS, H], '', 3],
    ['3.10.0', [DNS], [], 'ZK-TLS-009', 0],
  ])('%s naming %j with %j: %s (%s)', async (release, names, keys, expected) => {
    expect(await codes({ release, names, keys })).toBe(expected);
  });

  it.each([
    ['3.8.0', [], 'add ssl.quorum.hostnameVerification=false'],
    ['3.9.3', [NO_FIPS], 'add ssl.quorum.hostnameVerification=false'],
    ['3.9.4', [NO_FIPS], 'add ssl.quorum.clientHostnameVerification=false'],
    ['3.9.6', [], 'add ssl.quorum.clientHostnameVerification=false'],
  ])('tells what helps %s', async (release, keys, words) => {
    const [finding] = await findings({ release, names: [DNS], keys });
    expect(finding?.remedy).toContain(words);
    expect(finding?.subject).toBe('/tls/key.pem');
  });

  it.each<[readonly string[], readonly string[], string]>([
    [[DNS, '10.0.0.8'], [ADDRESS], 'ZK-TLS-009'],
    [[DNS, '10.0.0.8'], ['10.0.0.8', ADDRESS], ''],
    [[DNS, '127.0.0.1'], [ADDRESS], 'ZK-TLS-009'],
    [[DNS, 'FD00:0:0:0:0:0:0:1'], ['fd00::1'], ''],
    [[DNS, '10.0.0.8'], [], ''],
  ])('naming %j on a machine with %j: %s', async (names, addresses, expected) => {
    expect(await codes({ release: '3.9.6', names, keys: [], addresses })).toBe(expected);
  });

  it('is nothing to a server that is alone', async () => {
    const machine = fakeMachine({
      release: '3.9.6',
      jars: ['netty-codec.jar'],
      stores: { '/tls/key.pem': { kind: 'pem', key: PLAIN, certificates: [certificate(['other'])] } },
      variables: { ZK_REPLICAS: '1', ZK_EXTRA_CONFIG: QUORUM.join('\n') },
    });
    expect((await prepare(machine, { assume: { kind: 'nothing' } })).findings).toEqual([]);
  });
});

describe('names of clients', () => {
  const CLIENT = [
    'secureClientPort=2281',
    'serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory',
    'ssl.keyStore.location=/tls/key.pem',
  ];
  const verified = 'ssl.clientHostnameVerification=true';
  it.each<[string, readonly string[], string]>([
    ['3.9.6', [verified], 'ZK-TLS-013'],
    ['3.9.4', [verified], 'ZK-TLS-013'],
    ['3.9.6', [verified, NO_FIPS], ''],
    ['3.9.6', [verified, 'ssl.clientAuth=none'], ''],
    ['3.9.6', [verified, 'ssl.clientAuth=want'], 'ZK-TLS-013'],
    ['3.9.6', [verified, 'ssl.hostnameVerification=false'], ''],
    ['3.9.6', ['ssl.clientHostnameVerification=false'], ''],
    ['3.9.6', [], ''],
  ])('%s with %j: %s', async (release, keys, expected) => {
    const machine = fakeMachine({
      release,
      jars: ['netty-codec.jar'],
      stores: { '/tls/key.pem': { kind: 'pem', key: PLAIN, certificates: [certificate([])] } },
      variables: {
        ZK_REPLICAS: '3',
        ZK_EXTRA_CONFIG: [...CLIENT, ...keys].join('\n'),
        ZK_IGNORE_FINDINGS: 'ZK-DISTRIBUTION-008',
      },
    });
    const found = (await prepare(machine, { assume: { kind: 'nothing' } })).findings;
    expect(found.map(({ code }) => code).join()).toBe(expected);
  });
});

describe('the key of a PEM store', () => {
  const encrypted = (more: Partial<Extract<PemKey, { form: 'encrypted' }>> = {}): PemKey => ({
    form: 'encrypted',
    passwordGiven: true,
    opens: true,
    belongs: true,
    scheme: 'pbes1',
    ...more,
  });
  const java = (version: string) => `JAVA_VERSION="${version}"\n`;
  it.each<[PemKey, string, string]>([
    [PLAIN, '21', ''],
    [{ ...PLAIN, passwordGiven: true }, '21', 'not encrypted, and a password is given'],
    [{ ...PLAIN, algorithm: 'ed25519', readable: false }, '21', 'is ed25519'],
    [{ ...PLAIN, belongs: false }, '21', 'does not belong'],
    [{ form: 'traditional' }, '21', 'not as PKCS#8'],
    [{ form: 'other' }, '21', 'is not PKCS#8'],
    [{ form: 'none' }, '21', 'holds no private key'],
    [encrypted({ passwordGiven: false, opens: undefined, belongs: undefined }), '21', 'no password is given'],
    [encrypted({ opens: false, belongs: undefined }), '21', 'does not open'],
    [encrypted({ opens: undefined, belongs: undefined }), '21', ''],
    [encrypted({ scheme: 'pbes2' }), '17.0.15', 'this Java cannot read'],
    [encrypted({ scheme: 'pbes2' }), '19', ''],
    [encrypted({ scheme: 'pbes2' }), '25.0.1', ''],
    [encrypted({ scheme: 'unreadable' }), '25', 'this Java cannot read'],
    [encrypted({ belongs: false }), '21', 'does not belong'],
    [encrypted(), '1.8.0_292', ''],
  ])('%j on Java %s: %s', async (key, version, expected) => {
    const machine = fakeMachine({
      release: '3.9.6',
      jars: ['netty-codec.jar'],
      javaRelease: java(version),
      stores: { '/tls/key.pem': { kind: 'pem', key, certificates: [certificate([DNS, ADDRESS])] } },
      variables: { ZK_REPLICAS: '3', ZK_EXTRA_CONFIG: QUORUM.join('\n') },
    });
    const found = (await prepare(machine, { assume: { kind: 'nothing' } })).findings;
    expect(found.map(({ code }) => code)).toEqual(expected === '' ? [] : ['ZK-TLS-004']);
    expect(found[0]?.problem ?? '').toContain(expected);
  });
});
