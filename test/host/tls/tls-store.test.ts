import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inspectTlsStore } from '../../../src/host/tls/tls-store.ts';

/** Real keys and certificates, made by OpenSSL as a person would. */
const folder = mkdtempSync(join(tmpdir(), 'tls-store-'));
afterAll(() => rmSync(folder, { recursive: true }));
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
const text = (name: string) => readFileSync(join(folder, name), 'utf8');
const store = (name: string, content: string) => writeFileSync(join(folder, name), content);
const look = (name: string, more: Partial<Parameters<typeof inspectTlsStore>[0]> = {}) =>
  inspectTlsStore({ path: join(folder, name), type: 'PEM', password: undefined, ...more });

const NAMES = 'subjectAltName=DNS:*.zk.svc,DNS:zk-0,IP:10.0.0.1,IP:fd00::1';
const request = [
  'req',
  '-x509',
  '-newkey',
  'rsa:2048',
  '-nodes',
  '-keyout',
  'key.pem',
  '-subj',
  '/O=x/CN=zk-0.zk',
];
openssl(...request, '-out', 'plain.pem', '-days', '2');
openssl(...request, '-out', 'named.pem', '-days', '2', '-addext', NAMES);
openssl('rsa', '-in', 'key.pem', '-traditional', '-out', 'pkcs1.pem');
openssl(
  'pkcs12',
  '-export',
  '-in',
  'named.pem',
  '-inkey',
  'key.pem',
  '-out',
  'store.p12',
  '-passout',
  'pass:right',
);
store('together.pem', text('key.pem') + text('named.pem') + text('plain.pem'));
store('pkcs1-together.pem', text('pkcs1.pem') + text('named.pem'));
store('torn.pem', text('named.pem').replace(/[A-Za-z]{8}\n/, '@@@@\n'));
store('noise.pem', '\0\xff-----BEGIN CERTIFICATE-----');

describe('a key store', () => {
  it.each<[string, string, string[]]>([
    ['together.pem', 'plain', ['zk-0.zk', 'zk-0.zk']],
    ['pkcs1-together.pem', 'other', ['zk-0.zk']],
    ['key.pem', 'plain', []],
    ['plain.pem', 'none', ['zk-0.zk']],
    ['torn.pem', 'none', []],
    ['noise.pem', 'none', []],
  ])('%s has a key that is %s, and certificates of %j', (name, form, subjects) => {
    const found = look(name);
    expect(found).toMatchObject({ kind: 'pem', key: { form } });
    if (found.kind === 'pem') expect(found.certificates.map(({ subject }) => subject)).toEqual(subjects);
  });

  const dayMs = 86_400_000;

  it.each<[number, string]>([
    [1, 'valid'],
    [3, 'expired'],
    [-1, 'not yet valid'],
  ])('made for two days is after %i days %s', (days, validity) => {
    const question = { path: join(folder, 'plain.pem'), type: 'PEM' as const, password: undefined };
    expect(inspectTlsStore(question, Date.now() + days * dayMs)).toMatchObject({
      certificates: [{ validity }],
    });
  });

  it('is known by its alternative names, or else by its common name', () => {
    expect(look('named.pem')).toMatchObject({
      certificates: [{ names: ['*.zk.svc', 'zk-0', '10.0.0.1', 'FD00:0:0:0:0:0:0:1'] }],
    });
    expect(look('plain.pem')).toMatchObject({ certificates: [{ names: ['zk-0.zk'] }] });
  });

  it.each<[string | undefined, boolean]>([
    ['right', true],
    ['wrong', false],
    [undefined, false],
  ])('of PKCS#12 with the password %s: opens %s', (password, opens) => {
    expect(look('store.p12', { type: 'PKCS12', password })).toMatchObject({ kind: 'sealed', opens });
  });

  it('of PKCS#12 shows its certificate, by whatever name the format goes', () => {
    for (const type of ['PKCS12', 'JKS'] as const) {
      expect(look('store.p12', { type, password: 'right' })).toMatchObject({
        hasKey: true,
        certificates: [{ subject: 'zk-0.zk', validity: 'valid', names: expect.arrayContaining(['zk-0']) }],
      });
    }
  });

  it('tells how long its certificate lives, and how long still', () => {
    const inADay = { path: join(folder, 'store.p12'), type: 'PKCS12' as const, password: 'right' };
    const found = inspectTlsStore(inADay, Date.now() + dayMs);
    if (found.kind !== 'sealed') throw new Error(found.kind);
    const [{ lifeMs, leftMs } = { lifeMs: 0, leftMs: 0 }] = found.certificates;
    expect(lifeMs).toBe(2 * dayMs);
    expect(leftMs / dayMs).toBeCloseTo(1, 2);
  });

  it('that is of neither format is left to Java', () => {
    const unknown = { kind: 'sealed', opens: undefined, hasKey: undefined, certificates: [] };
    for (const type of ['PKCS12', 'JKS'] as const) expect(look('plain.pem', { type })).toEqual(unknown);
    expect(look('plain.pem', { type: 'BCFKS' })).toEqual({ kind: 'opaque' });
  });

  it('that is not there, or no file, is said to be so', () => {
    expect(look('nowhere.pem')).toEqual({
      kind: 'unreadable',
      problem: expect.stringContaining('does not exist'),
    });
    expect(look('.')).toEqual({ kind: 'unreadable', problem: expect.stringContaining('is a directory') });
  });
});
