import { describe, expect, it } from 'vitest';
import type { PemKey, TlsCertificate, TlsStore } from '../../src/checks/tls/tls-store.ts';
import { prepare } from '../../src/preparation/prepare.ts';
import { fakeMachine } from './fake-machine.ts';

const LINES = [
  'secureClientPort=2281',
  'serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory',
  'ssl.keyStore.location=/tls/key.pem',
  'ssl.trustStore.location=/tls/trust.pem',
];

const PLAIN: PemKey = {
  form: 'plain',
  algorithm: 'rsa',
  readable: true,
  belongs: true,
  passwordGiven: false,
};

const until = (year: number): TlsCertificate => ({
  subject: 'zk',
  validity: 'valid',
  validFrom: 'Jan  1 00:00:00 2020 GMT',
  validTo: `Jan  1 00:00:00 ${year} GMT`,
  lifeMs: 1,
  leftMs: 1,
  names: [],
});

async function certificates(stores: Readonly<Record<string, TlsStore>>, lines = LINES, hostName?: string) {
  const variables = { ZK_REPLICAS: '3', ZK_EXTRA_CONFIG: lines.join('\n') };
  const machine = fakeMachine({ release: '3.9.6', variables, stores });
  const wishes = { assume: { kind: 'nothing' } as const, ...(hostName === undefined ? {} : { hostName }) };
  return (await prepare(machine, wishes)).certificates;
}

describe('the ends of certificates, as /metrics tells them', () => {
  it('are those of the server’s own, and of the first that is trusted to end', async () => {
    const stores: Record<string, TlsStore> = {
      '/tls/key.pem': { kind: 'pem', key: PLAIN, certificates: [until(2031), until(2030)] },
      '/tls/trust.pem': { kind: 'pem', key: { form: 'none' }, certificates: [until(2040), until(2035)] },
    };
    expect(await certificates(stores)).toEqual([
      { name: 'ssl.keyStore', expiresAtMs: Date.UTC(2031, 0, 1) },
      { name: 'ssl.trustStore', expiresAtMs: Date.UTC(2035, 0, 1) },
    ]);
  });

  it.each<[string, Readonly<Record<string, TlsStore>>, string[], string?]>([
    ['a store that is not there', {}, LINES],
    ['a store that only Java reads', { '/tls/key.pem': { kind: 'opaque' } }, LINES],
    [
      'a moment that cannot be read',
      {
        '/tls/key.pem': {
          kind: 'pem',
          key: PLAIN,
          certificates: [{ ...until(2031), validTo: 'some day' }],
        },
      },
      LINES,
    ],
    ['a server without TLS', {}, ['snapCount=2000']],
    [
      'another pod, whose files are not here',
      { '/tls/key.pem': { kind: 'pem', key: PLAIN, certificates: [until(2031)] } },
      LINES,
      'zk-1',
    ],
  ])('are none for %s', async (_, stores, lines, hostName) => {
    expect(await certificates(stores, lines, hostName)).toEqual([]);
  });
});
