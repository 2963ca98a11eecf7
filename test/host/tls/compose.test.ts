import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeTls } from '../../../src/host/tls/compose.ts';

/** Everything is made once by openssl; a case is a folder with some of it. */
const made = mkdtempSync(join(tmpdir(), 'compose-tls-'));
const PASSWORD = 'a long password';
const openssl = (...words: string[]) =>
  execFileSync('openssl', words, { cwd: made, stdio: ['ignore', 'pipe', 'ignore'] });
const text = (name: string) => readFileSync(join(made, name), 'utf8');

function certificate(name: string, key: string, by: string): void {
  writeFileSync(join(made, 'names'), 'subjectAltName=DNS:zk-0.zk.svc\n');
  openssl('req', '-new', '-key', key, '-out', 'csr', '-subj', `/CN=${name}`);
  const issuer = ['-CA', `${by}.crt`, '-CAkey', `${by}.key`, '-CAcreateserial'];
  openssl('x509', '-req', '-in', 'csr', ...issuer, '-extfile', 'names', '-days', '60', '-out', `${name}.crt`);
}

function authority(name: string, by?: string): void {
  const self = [
    '-subj',
    `/CN=${name}`,
    '-days',
    '90',
    '-nodes',
    '-newkey',
    'rsa:2048',
    '-keyout',
    `${name}.key`,
  ];
  if (by === undefined) openssl('req', '-x509', ...self, '-out', `${name}.crt`);
  else {
    openssl('req', ...self.filter((_, place) => place !== 2 && place !== 3), '-out', 'csr');
    writeFileSync(join(made, 'names'), 'basicConstraints=critical,CA:TRUE\n');
    const issuer = ['-CA', `${by}.crt`, '-CAkey', `${by}.key`, '-CAcreateserial'];
    openssl(
      'x509',
      '-req',
      '-in',
      'csr',
      ...issuer,
      '-extfile',
      'names',
      '-days',
      '90',
      '-out',
      `${name}.crt`,
    );
  }
}

/** Each form in which openssl writes a key, by the name of its file. */
const FORMS: readonly (readonly [name: string, words: readonly string[], isEncrypted: boolean])[] = [
  ['pkcs8', ['pkey', '-in', 'rsa.key'], false],
  ['pkcs1', ['rsa', '-in', 'rsa.key', '-traditional'], false],
  ['pkcs1-aes', ['rsa', '-in', 'rsa.key', '-traditional', '-aes256', '-passout', `pass:${PASSWORD}`], true],
  ['pkcs1-3des', ['rsa', '-in', 'rsa.key', '-traditional', '-des3', '-passout', `pass:${PASSWORD}`], true],
  ['pkcs8-pbes2', ['pkcs8', '-topk8', '-in', 'rsa.key', '-passout', `pass:${PASSWORD}`], true],
  ['pkcs8-scrypt', ['pkcs8', '-topk8', '-scrypt', '-in', 'rsa.key', '-passout', `pass:${PASSWORD}`], true],
  ['pkcs8-3des', ['pkcs8', '-topk8', '-v2', 'des3', '-in', 'rsa.key', '-passout', `pass:${PASSWORD}`], true],
  [
    'pkcs8-pbes1',
    ['pkcs8', '-topk8', '-v1', 'PBE-SHA1-3DES', '-in', 'rsa.key', '-passout', `pass:${PASSWORD}`],
    true,
  ],
];

beforeAll(() => {
  authority('ca');
  authority('other-ca');
  authority('middle', 'ca');
  openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'rsa.key');
  openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'second.key');
  openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'ec.key');
  openssl('ecparam', '-name', 'secp384r1', '-genkey', '-out', 'ec-with-parameters.key');
  openssl('genpkey', '-algorithm', 'ed25519', '-out', 'ed25519.key');
  for (const [name, words] of FORMS) openssl(...words, '-out', `${name}.key`);
  for (const name of ['rsa', 'second', 'ec', 'ec-with-parameters', 'ed25519'])
    certificate(name, `${name}.key`, 'ca');
  certificate('by-middle', 'rsa.key', 'middle');
  certificate('by-other', 'rsa.key', 'other-ca');
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

let cases = 0;
/** A mounted folder with these files. */
function folderWith(files: Readonly<Record<string, string>>, mode = 0o640): string {
  const folder = join(made, `case-${++cases}`);
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), content);
    chmodSync(join(folder, name), mode);
  }
  return folder;
}

const usual = () => ({ 'tls.crt': text('rsa.crt'), 'tls.key': text('pkcs8.key'), 'ca.crt': text('ca.crt') });
const compose = (folder: string, more: Partial<Parameters<typeof composeTls>[0]> = {}) =>
  composeTls({ folder, caFile: undefined, password: undefined, needsTrust: true, ...more });
const told = (folder: string, more?: Partial<Parameters<typeof composeTls>[0]>) =>
  compose(folder, more).problems.map(({ path, problem }) =>
    // One wrong password in 256 is told in more words.
    `${path.slice(folder.length + 1) || 'folder'} ${problem}`.replace(
      /(not opened by the password that is given):.*/,
      '$1',
    ),
  );

describe('a folder with certificates', () => {
  it.each(FORMS)('may hold a key as %s, and it becomes PKCS#8', (name, _words, isEncrypted) => {
    const folder = folderWith({ ...usual(), 'tls.key': text(`${name}.key`) });
    const { problems, key = '', trust } = compose(folder, { password: isEncrypted ? PASSWORD : undefined });
    expect(problems).toEqual([]);
    expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(createPrivateKey(key).asymmetricKeyType).toBe('rsa');
    expect(new X509Certificate(key).subject).toBe('CN=rsa');
    expect(trust).toBe(text('ca.crt'));
  });

  it.each(['ec', 'ec-with-parameters'])('may hold a key as %s', (name) => {
    const folder = folderWith({ ...usual(), 'tls.crt': text(`${name}.crt`), 'tls.key': text(`${name}.key`) });
    expect(compose(folder)).toMatchObject({
      problems: [],
      key: expect.stringMatching(/^-----BEGIN PRIVATE KEY/),
    });
  });

  it('may be one file with everything, in any order, and authorities beside it', () => {
    for (const bundle of [
      `${text('pkcs8.key')}${text('rsa.crt')}`,
      `${text('rsa.crt')}${text('pkcs1.key')}`,
    ]) {
      const folder = folderWith({ 'credentialbundle.pem': bundle, 'trust-bundle.pem': text('ca.crt') });
      expect(compose(folder).problems).toEqual([]);
    }
    const folder = folderWith({ 'credentialbundle.pem': `${text('pkcs8.key')}${text('rsa.crt')}` });
    expect(compose(folder, { caFile: join(made, 'ca.crt') }).problems).toEqual([]);
  });

  it('may have its issuers behind the certificate, and lacks an authority only where one is asked for', () => {
    const chain = { 'tls.crt': `${text('by-middle.crt')}${text('middle.crt')}` };
    expect(told(folderWith({ ...usual(), ...chain }))).toEqual([]);
    const { 'ca.crt': _ca, ...bare } = usual();
    expect(told(folderWith(bare), { needsTrust: false })).toEqual([]);
    expect(told(folderWith(bare))).toEqual(['folder holds no ca.crt, trust-bundle.pem, ca-bundle.crt']);
  });

  it('is refused by the words of its own problem, all at once, and never with a secret', () => {
    const cut = (name: string, share: number) => text(name).slice(0, Math.floor(text(name).length * share));
    const damaged = (name: string) =>
      text(name).replace(/\n(.{20})/, (_, some) => `\n${[...some].reverse().join('')}`);
    const without = (...names: string[]) =>
      Object.fromEntries(Object.entries(usual()).filter(([name]) => !names.includes(name)));
    const table: readonly (readonly [
      files: Record<string, string>,
      problems: readonly string[],
      password?: string,
    ])[] = [
      [{}, ['folder holds neither tls.crt and tls.key nor credentialbundle.pem']],
      [without('tls.key'), ['tls.key does not exist']],
      [without('tls.crt'), ['tls.crt does not exist']],
      [{ ...usual(), 'tls.key': '' }, ['tls.key holds no private key']],
      [{ ...usual(), 'tls.crt': '' }, ['tls.crt is empty']],
      [{ ...usual(), 'ca.crt': '' }, ['ca.crt is empty']],
      [{ ...usual(), 'tls.key': text('rsa.crt') }, ['tls.key holds no private key']],
      [{ ...usual(), 'tls.crt': text('rsa.key') }, ['tls.crt holds no certificate']],
      [{ ...usual(), 'ca.crt': 'hello' }, ['ca.crt holds no certificate']],
      [{ ...usual(), 'tls.key': cut('pkcs8.key', 0.5) }, ['tls.key holds a private key that does not end']],
      [{ ...usual(), 'tls.key': damaged('pkcs8.key') }, ['tls.key holds a damaged private key']],
      [{ ...usual(), 'tls.crt': damaged('rsa.crt') }, ['tls.crt holds a damaged certificate, number 1 of 1']],
      [
        { ...usual(), 'tls.crt': `${text('rsa.crt')}${damaged('ca.crt')}` },
        ['tls.crt holds a damaged certificate, number 2 of 2'],
      ],
      [{ ...usual(), 'tls.key': text('second.key') }, ['tls.crt does not match the key next to it']],
      [
        { ...usual(), 'tls.crt': `${text('ca.crt')}${text('rsa.crt')}` },
        ['tls.crt has the certificate of the key at place 2, after others'],
      ],
      [
        { ...usual(), 'tls.crt': text('by-middle.crt') },
        [`tls.crt was issued by CN=middle, which is neither behind it nor in FOLDER/ca.crt`],
      ],
      [
        { ...usual(), 'tls.crt': text('by-other.crt') },
        [`tls.crt was issued by CN=other-ca, which is neither behind it nor in FOLDER/ca.crt`],
      ],
      [
        { ...usual(), 'tls.crt': text('ed25519.crt'), 'tls.key': text('ed25519.key') },
        ['tls.key is a key of the kind ed25519, and ZooKeeper reads RSA, EC and DSA'],
      ],
      [{ ...usual(), 'tls.key': '', 'ca.crt': '' }, ['tls.key holds no private key', 'ca.crt is empty']],
      ...FORMS.filter(([, , isEncrypted]) => isEncrypted).flatMap(([name]) => [
        [
          { ...usual(), 'tls.key': text(`${name}.key`) },
          ['tls.key is encrypted, and no password is given'],
        ] as const,
        [
          { ...usual(), 'tls.key': text(`${name}.key`) },
          ['tls.key is not opened by the password that is given'],
          'wrong',
        ] as const,
      ]),
      // Each form of key, cut anywhere in its body and damaged anywhere in its first line.
      ...FORMS.filter(([, , isEncrypted]) => !isEncrypted).flatMap(([name]) =>
        [0.1, 0.3, 0.6, 0.9].map(
          (share) =>
            [
              { ...usual(), 'tls.key': cut(`${name}.key`, share) },
              ['tls.key holds a private key that does not end'],
            ] as const,
        ),
      ),
    ];
    for (const [files, problems, password] of table) {
      const folder = folderWith(files);
      const expected = problems.map((problem) => problem.replace('FOLDER', folder));
      const { key, problems: found } = compose(folder, { password });
      expect(told(folder, { password })).toEqual(expected);
      expect(key).toBeUndefined();
      for (const { problem, remedy } of found) {
        expect(remedy).not.toBe('');
        expect(`${problem}${remedy}`).not.toMatch(/wrong\b|BEGIN|MII/);
      }
    }
  });

  it('is warned of when its key can be read by everybody', () => {
    const folder = folderWith(usual(), 0o644);
    expect(compose(folder)).toMatchObject({
      problems: [{ path: join(folder, 'tls.key'), severity: 'warning' }],
      key: expect.any(String),
    });
  });

  it('is missed when it is not there', () => {
    expect(told(join(made, 'nowhere'))).toEqual(['folder is not there']);
  });
});
/** What can become of a key on its way, by what is then said of it; each is tried on every form of key. */
const BROKEN: readonly (readonly [how: string, what: (key: string) => string, words: RegExp])[] = [
  ['is empty', () => '', /tls\.key holds no private key/],
  ['is a blank line', () => '\n \n', /tls\.key holds no private key/],
  ['is a certificate', () => text('rsa.crt'), /tls\.key holds no private key/],
  [
    'is a public key',
    () => openssl('pkey', '-in', 'rsa.key', '-pubout').toString(),
    /tls\.key holds no private key/,
  ],
  [
    'is in DER',
    () => openssl('pkey', '-in', 'rsa.key', '-outform', 'DER').toString('latin1'),
    /tls\.key holds no private key/,
  ],
  ['is in Base64 once more', (key) => Buffer.from(key).toString('base64'), /tls\.key holds no private key/],
  [
    'has lost its end',
    (key) => key.slice(0, key.length / 2),
    /tls\.key holds a private key that does not end/,
  ],
  [
    'has lost its beginning',
    (key) => key.slice(key.length / 2),
    /tls\.key holds (no private key|a private key that does not end)/,
  ],
  [
    'has lost its line breaks',
    (key) => key.replaceAll('\n', ''),
    /tls\.key (holds a damaged private key|is not opened by the password|is not opened|holds a private key that does not end)/,
  ],
  [
    'has lost a line in its midst',
    withoutLine,
    /tls\.(key holds a damaged private key|key is not opened|crt belongs to the key beside it, which is damaged inside|key is not opened by the password|crt does not match)/,
  ],
  [
    'is the one of another certificate',
    () => text('second.key'),
    /tls\.crt does not match the key next to it/,
  ],
  [
    'is of a kind that ZooKeeper does not read',
    () => text('ed25519.key'),
    /tls\.key is a key of the kind ed25519/,
  ],
];

function withoutLine(key: string): string {
  const lines = key.trimEnd().split('\n');
  return `${lines.filter((_, place) => place !== Math.floor(lines.length / 2)).join('\n')}\n`;
}

describe('a broken key', () => {
  const names = [...FORMS.map(([name]) => name), 'ec', 'ec-with-parameters'];
  const all = names.flatMap((name) => BROKEN.map(([how, what, words]) => ({ name, how, what, words })));

  it.each(all)('$name that $how is refused by its own words', ({ name, what, words }) => {
    const certificate = name.startsWith('ec') ? `${name}.crt` : 'rsa.crt';
    const folder = folderWith({
      'tls.crt': text(certificate),
      'tls.key': what(text(`${name}.key`)),
      'ca.crt': text('ca.crt'),
    });
    const composed = compose(folder, { password: PASSWORD });
    expect(told(folder, { password: PASSWORD }).join('\n')).toMatch(words);
    expect(composed.key).toBeUndefined();
    expect(JSON.stringify(composed.problems)).not.toContain(PASSWORD);
  });

  it.each(FORMS.filter(([, , isEncrypted]) => isEncrypted))(
    '%s is refused without its password, and with another',
    (name) => {
      const folder = folderWith({ ...usual(), 'tls.key': text(`${name}.key`) });
      expect(told(folder)).toEqual(['tls.key is encrypted, and no password is given']);
      expect(told(folder, { password: '' })).toEqual(['tls.key is encrypted, and no password is given']);
      expect(told(folder, { password: 'another password' })).toEqual([
        'tls.key is not opened by the password that is given',
      ]);
    },
  );

  it('is noticed where one character of what only the owner knows is another', () => {
    for (const share of [0.45, 0.55, 0.65, 0.75, 0.85]) {
      const lines = text('pkcs8.key').split('\n');
      const at = Math.floor(lines.length * share);
      const line = lines[at] as string;
      lines[at] = `${line.slice(0, 20)}${line[20] === 'A' ? 'B' : 'A'}${line.slice(21)}`;
      expect(told(folderWith({ ...usual(), 'tls.key': lines.join('\n') })).join()).toMatch(
        /tls\.(crt belongs to the key beside it, which is damaged inside|key holds a damaged)/,
      );
    }
  });

  it('is one of more than a hundred', () => {
    expect(all.length + 3 * 6).toBeGreaterThan(100);
  });
});
