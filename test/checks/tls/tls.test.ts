import { describe, expect, it } from 'vitest';
import type { PemKey, TlsCertificate, TlsStore } from '../../../src/checks/tls/tls-store.ts';
import { prepare } from '../../../src/preparation/prepare.ts';
import { fakeMachine, type MachineDescription } from '../../preparation/fake-machine.ts';

const NETTY = 'serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory';
const CLIENT = ['secureClientPort=2281', NETTY, 'ssl.keyStore.location=/tls/key.pem'];
const QUORUM = ['sslQuorum=true', 'ssl.quorum.keyStore.location=/tls/key.pem'];
const HOST = 'zk-0.zk-headless.default.svc.cluster.local';

async function findingsOf(lines: readonly string[], more: MachineDescription = {}, hostName?: string) {
  const machine = fakeMachine({
    release: '3.9.6',
    jars: ['netty-codec-4.1.48.Final.jar'],
    ...more,
    variables: { ZK_REPLICAS: '3', ZK_EXTRA_CONFIG: lines.join('\n') },
  });
  const wishes = { assume: { kind: 'nothing' } as const, ...(hostName === undefined ? {} : { hostName }) };
  return (await prepare(machine, wishes)).findings;
}

async function codesOf(...asked: Parameters<typeof findingsOf>) {
  return (await findingsOf(...asked)).map(({ code, problem }) => `${code} ${problem}`);
}

const days = (count: number) => count * 86_400_000;

const certificate = (more: Partial<TlsCertificate> = {}): TlsCertificate => ({
  subject: 'zk',
  validity: 'valid',
  validFrom: 'Jan  1 00:00:00 2020 GMT',
  validTo: 'Jan  1 00:00:00 2040 GMT',
  lifeMs: days(365),
  leftMs: days(200),
  names: ['*.zk-headless.default.svc.cluster.local', '10.0.0.1'],
  ...more,
});

/** A key as it should be. */
const PLAIN: PemKey = {
  form: 'plain',
  algorithm: 'rsa',
  readable: true,
  belongs: true,
  passwordGiven: false,
};

const pem = (more: Partial<TlsCertificate> = {}, key: PemKey = PLAIN): MachineDescription => ({
  stores: { '/tls/key.pem': { kind: 'pem', key, certificates: [certificate(more)] } },
});

const only = (store: TlsStore, path = '/tls/key.pem'): MachineDescription => ({ stores: { [path]: store } });

const sealed = (more: Partial<TlsCertificate> = {}): MachineDescription =>
  only({ kind: 'sealed', opens: true, hasKey: true, certificates: [certificate(more)] }, '/k.p12');

describe('TLS that would be dead', () => {
  it.each<[string, readonly string[], MachineDescription, string]>([
    [
      'no Netty',
      CLIENT.filter((line) => line !== NETTY),
      pem(),
      'ZK-TLS-001 secureClientPort is set, but serverCnxnFactory is not',
    ],
    ['no store named', CLIENT.slice(0, 2), {}, 'ZK-TLS-002 ssl.keyStore.location is not set'],
    ['no store there', CLIENT, {}, 'ZK-TLS-002 ssl.keyStore.location is /tls/key.pem, which does not exist'],
    ['no store for the quorum', QUORUM.slice(0, 1), {}, 'ZK-TLS-002 ssl.quorum.keyStore.location is not set'],
    [
      'expired',
      CLIENT,
      pem({ validity: 'expired' }),
      'ZK-TLS-003 the certificate of zk expired at Jan  1 00:00:00 2040 GMT',
    ],
    [
      'not yet valid',
      CLIENT,
      pem({ validity: 'not yet valid' }),
      'ZK-TLS-003 the certificate of zk is not valid before Jan  1 00:00:00 2020 GMT',
    ],
    [
      'a PKCS#1 key',
      CLIENT,
      pem({}, { form: 'other' }),
      'ZK-TLS-004 ssl.keyStore.location is /tls/key.pem, whose key is not PKCS#8',
    ],
    [
      'no key',
      CLIENT,
      pem({}, { form: 'none' }),
      'ZK-TLS-004 ssl.keyStore.location is /tls/key.pem, which holds no private key',
    ],
    [
      'no certificate',
      CLIENT,
      only({ kind: 'pem', key: PLAIN, certificates: [] }),
      'ZK-TLS-004 ssl.keyStore.location is /tls/key.pem, which holds no certificate',
    ],
    [
      'the name of a Secret',
      [...CLIENT.slice(0, 2), 'ssl.keyStore.location=/tls/tls.crt'],
      {},
      'ZK-TLS-004 ssl.keyStore.location is /tls/tls.crt, and the type is not clear from this name',
    ],
    [
      'an unknown type',
      [...CLIENT, 'ssl.keyStore.type=PKCS7'],
      pem(),
      'ZK-TLS-004 ssl.keyStore.location is /tls/key.pem, of the type PKCS7, which ZooKeeper does not know',
    ],
    [
      'a wrong password',
      [...CLIENT.slice(0, 2), 'ssl.keyStore.location=/k.p12'],
      only({ kind: 'sealed', opens: false, hasKey: undefined, certificates: [] }, '/k.p12'),
      'ZK-TLS-004 ssl.keyStore.location is /k.p12, which the password given does not open',
    ],
    [
      'a store of other people’s certificates',
      [...CLIENT.slice(0, 2), 'ssl.keyStore.location=/k.jks'],
      only({ kind: 'sealed', opens: true, hasKey: false, certificates: [] }, '/k.jks'),
      'ZK-TLS-004 ssl.keyStore.location is /k.jks, which holds no private key',
    ],
    [
      'expired in a sealed store',
      [...CLIENT.slice(0, 2), 'ssl.keyStore.location=/k.p12'],
      sealed({ validity: 'expired' }),
      'ZK-TLS-003 the certificate of zk expired at Jan  1 00:00:00 2040 GMT',
    ],
    [
      'another name',
      QUORUM,
      pem({ names: ['zk-client'] }),
      `ZK-TLS-005 the certificate names zk-client, but the other members connect to ${HOST} and would refuse it`,
    ],
    [
      'a star too few',
      QUORUM,
      pem({ names: ['*.default.svc.cluster.local'] }),
      `ZK-TLS-005 the certificate names *.default.svc.cluster.local, but the other members connect to ${HOST} and would refuse it`,
    ],
    [
      'no codec',
      QUORUM,
      { ...pem(), jars: [] },
      'ZK-TLS-006 /opt/zookeeper has no netty-codec jar, which sslQuorum needs: its port would not work',
    ],
  ])('%s', async (_, lines, machine, expected) => {
    expect(await codesOf(lines, machine)).toEqual([expected]);
  });
});

describe('a certificate that ends', () => {
  const [year, quarter] = [365, 90];
  it.each<[string, number, number, string[]]>([
    ['in 30 days', year, 30, []],
    ['in 29 days', year, 29.5, ['note ZK-TLS-007 in 29 days']],
    ['in 7 days', year, 7, ['note ZK-TLS-007 in 7 days']],
    ['in 6 days', year, 6.9, ['warning ZK-TLS-008 in 6 days']],
    ['tomorrow', year, 1, ['warning ZK-TLS-008 in 1 day']],
    ['today', year, 0.2, ['warning ZK-TLS-008 in less than a day']],
    ['in 29 days of 90', quarter, 29, ['note ZK-TLS-007 in 29 days']],
    ['in 20 days of 30, for a machine renews it', 30, 20, []],
    ['in 9 days of 30, since nobody has renewed it', 30, 9, ['note ZK-TLS-007 in 9 days']],
    ['in 3 days of 7', 7, 3, []],
    ['in 2 days of 7', 7, 2, ['warning ZK-TLS-008 in 2 days']],
  ])('%s', async (_when, life, left, expected) => {
    const times = { lifeMs: days(life), leftMs: days(left) };
    for (const [store, path] of [
      [pem(times), '/tls/key.pem'],
      [sealed(times), '/k.p12'],
    ] as const) {
      const lines = [...CLIENT.slice(0, 2), `ssl.keyStore.location=${path}`];
      const found = await findingsOf(lines, store);
      expect(
        found.map(({ severity, code, problem }) => `${severity} ${code} ${problem.split(', ')[1]}`),
      ).toEqual(expected);
    }
  });

  it('is no matter of a trust store', async () => {
    const lines = [...CLIENT, 'ssl.trustStore.location=/k.p12'];
    const both = { stores: { ...pem().stores, ...sealed({ leftMs: days(1) }).stores } };
    expect(await codesOf(lines, both)).toEqual([]);
  });
});

describe('TLS that works', () => {
  it.each<[string, readonly string[], MachineDescription]>([
    ['for clients', CLIENT, pem()],
    ['for clients, whatever the names', CLIENT, pem({ names: [] })],
    ['for the quorum', QUORUM, pem()],
    ['for the quorum, by its own name in capitals', QUORUM, pem({ names: [HOST.toUpperCase(), '10.0.0.1'] })],
    ['for the quorum, unverified', [...QUORUM, 'ssl.quorum.hostnameVerification=false'], pem({ names: [] })],
    [
      'with a store only Java reads',
      [...CLIENT.slice(0, 2), 'ssl.keyStore.location=/k.jks'],
      only({ kind: 'opaque' }, '/k.jks'),
    ],
    [
      'with an encryption only Java knows',
      [...CLIENT.slice(0, 2), 'ssl.keyStore.location=/k.p12'],
      only({ kind: 'sealed', opens: undefined, hasKey: undefined, certificates: [] }, '/k.p12'),
    ],
    ['with netty-all', CLIENT, { ...pem(), jars: ['netty-all-4.1.100.Final.jar'] }],
  ])('%s', async (_, lines, machine) => {
    expect(await codesOf(lines, machine)).toEqual([]);
  });

  it('for the quorum, by an IPv6 address in any writing', async () => {
    const variables = {
      ZK_ENSEMBLE: '[fd00::1]:2888:3888;[fd00::2]:2888:3888;[fd00::3]:2888:3888',
      ZK_MYID: '1',
      ZK_EXTRA_CONFIG: QUORUM.join('\n'),
    };
    const machine = fakeMachine({
      release: '3.9.6',
      jars: ['netty-codec.jar'],
      variables,
      ...pem({ names: ['FD00:0:0:0:0:0:0:1'] }),
    });
    expect((await prepare(machine, { assume: { kind: 'nothing' } })).findings).toEqual([]);
  });

  it('is not judged by files for another pod', async () => {
    expect(await codesOf(CLIENT, {}, `zk-1.${HOST.replace('zk-0.', '')}`)).toEqual([]);
  });
});
