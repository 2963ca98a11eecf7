import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readPemKey } from '../../../src/host/tls/pem-key.ts';

/** Real keys, made by OpenSSL as a person would; what ZooKeeper's PemReader makes of each was seen on Java 17 and 25. */
const folder = mkdtempSync(join(tmpdir(), 'pem-key-'));
afterAll(() => rmSync(folder, { recursive: true }));
const openssl = (line: string) => execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'ignore' });
const text = (name: string) => readFileSync(join(folder, name), 'utf8');

openssl('req -x509 -newkey rsa:2048 -nodes -keyout rsa.pem -subj /CN=zk -out rsa.crt -days 2');
openssl('req -x509 -newkey rsa:2048 -nodes -keyout other.pem -subj /CN=zk -out other.crt -days 2');
openssl('ecparam -name prime256v1 -genkey -noout -out sec1.pem');
openssl('pkcs8 -topk8 -nocrypt -in sec1.pem -out ec.pem');
openssl('genpkey -algorithm ed25519 -out ed25519.pem');
openssl('genpkey -algorithm RSA-PSS -out pss.pem');
openssl('rsa -in rsa.pem -traditional -out pkcs1.pem');
openssl('rsa -in rsa.pem -traditional -aes256 -passout pass:right -out traditional.pem');
openssl('pkcs8 -topk8 -in rsa.pem -passout pass:right -out pbes2.pem');
openssl('pkcs8 -topk8 -v2 des3 -in rsa.pem -passout pass:right -out des3.pem');
openssl('pkcs8 -topk8 -scrypt -in rsa.pem -passout pass:right -out scrypt.pem');
openssl('pkcs8 -topk8 -v1 PBE-SHA1-3DES -in rsa.pem -passout pass:right -out pbes1.pem');

describe('a private key', () => {
  it.each<[string, string | undefined, object]>([
    [
      'rsa.pem',
      undefined,
      { form: 'plain', algorithm: 'rsa', readable: true, belongs: true, passwordGiven: false },
    ],
    ['rsa.pem', '', { form: 'plain', passwordGiven: false }],
    ['rsa.pem', 'right', { form: 'plain', passwordGiven: true }],
    ['other.pem', undefined, { form: 'plain', belongs: false }],
    ['ec.pem', undefined, { form: 'plain', algorithm: 'ec', readable: true, belongs: false }],
    ['ed25519.pem', undefined, { form: 'plain', algorithm: 'ed25519', readable: false }],
    ['pss.pem', undefined, { form: 'plain', algorithm: 'rsa-pss', readable: false }],
    ['sec1.pem', undefined, { form: 'other' }],
    ['pkcs1.pem', undefined, { form: 'other' }],
    ['traditional.pem', 'right', { form: 'traditional' }],
    ['pbes2.pem', undefined, { form: 'encrypted', passwordGiven: false, opens: undefined, scheme: 'pbes2' }],
    ['pbes2.pem', 'right', { form: 'encrypted', opens: true, belongs: true, scheme: 'pbes2' }],
    ['pbes2.pem', 'wrong', { form: 'encrypted', opens: false, scheme: 'pbes2' }],
    ['des3.pem', 'right', { form: 'encrypted', scheme: 'unreadable' }],
    ['scrypt.pem', 'right', { form: 'encrypted', scheme: 'unreadable' }],
    ['pbes1.pem', 'right', { form: 'encrypted', opens: true, belongs: true, scheme: 'pbes1' }],
    ['pbes1.pem', 'wrong', { form: 'encrypted', opens: false, scheme: 'pbes1' }],
    ['rsa.crt', undefined, { form: 'none' }],
  ])('%s with the password %j is %j', (name, password, expected) => {
    expect(readPemKey({ text: text(name), password, certificate: text('rsa.crt') })).toMatchObject(expected);
  });

  it('may stand behind its certificate, and belongs to whatever comes without one', () => {
    const together = text('rsa.crt') + text('rsa.pem');
    expect(readPemKey({ text: together, password: undefined, certificate: text('rsa.crt') })).toMatchObject({
      form: 'plain',
      belongs: true,
    });
    expect(readPemKey({ text: text('rsa.pem'), password: undefined, certificate: undefined })).toMatchObject({
      belongs: true,
    });
  });

  it('that is damaged is read by nobody', () => {
    const torn = text('rsa.pem').replace(/[A-Za-z]{20}/, '');
    expect(readPemKey({ text: torn, password: undefined, certificate: undefined })).toMatchObject({
      form: 'plain',
      readable: false,
    });
  });
});
