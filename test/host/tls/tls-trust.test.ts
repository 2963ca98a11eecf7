import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { trustsCertificate } from '../../../src/host/tls/tls-trust.ts';

/** Real CAs and certificates, made by OpenSSL as a person would. */
const folder = mkdtempSync(join(tmpdir(), 'tls-trust-'));
afterAll(() => rmSync(folder, { recursive: true }));
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
const text = (name: string) => readFileSync(join(folder, name), 'utf8');
const CURVE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '9'];
const IS_CA = ['-addext', 'basicConstraints=critical,CA:true'];

/** `name.pem` with its key in `name.key`, issued by itself or by another. */
function issue(name: string, { subject = name, by }: { subject?: string; by?: string } = {}) {
  const from = by === undefined ? [] : ['-CA', `${by}.pem`, '-CAkey', `${by}.key`];
  const into = ['-keyout', `${name}.key`, '-out', `${name}.pem`, '-subj', `/CN=${subject}`];
  openssl('req', '-x509', ...CURVE, ...from, ...into, ...IS_CA);
}

issue('ca');
issue('other');
issue('namesake', { subject: 'ca' });
issue('between', { by: 'ca' });
issue('own', { by: 'ca' });
issue('far', { by: 'between' });
const together = (name: string, ...parts: string[]) =>
  writeFileSync(join(folder, name), parts.map(text).join(''));
together('far-whole.pem', 'far.pem', 'between.pem');
together('both.pem', 'other.pem', 'ca.pem');

it.each<[string, string | undefined, boolean | undefined]>([
  ['own', 'ca', true],
  ['own', 'both', true],
  ['own', 'own', true],
  ['own', 'other', false],
  ['own', 'namesake', false],
  ['own', undefined, false],
  ['far', 'ca', false],
  ['far', 'between', true],
  ['far-whole', 'ca', true],
  ['far-whole', 'other', false],
  ['own', 'missing', undefined],
  ['missing', 'ca', undefined],
])('the certificate of %s is led to by %s: %s', (own, trust, expected) => {
  const question = (name: string) => ({
    path: join(folder, `${name}.pem`),
    type: 'PEM' as const,
    password: undefined,
  });
  expect(trustsCertificate(question(own), trust === undefined ? undefined : question(trust))).toBe(expected);
});
