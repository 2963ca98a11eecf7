import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How openssl is told to write a key, and what it is then. */
export type KeyForm = 'pkcs1' | 'pkcs8' | 'ec' | 'encrypted';
export const PASSWORD = 'correct horse battery staple';

/** Authorities and certificates made by openssl in a folder of their own. */
export class Authority {
  readonly folder = mkdtempSync(join(tmpdir(), 'authority-'));
  readonly name: string;

  constructor(name = 'ca') {
    this.name = name;
    openssl(
      this.folder,
      `req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -subj /CN=${name} -days 90`,
    );
  }

  get certificate(): string {
    return readFileSync(join(this.folder, 'ca.crt'), 'utf8');
  }

  /** A Secret as cert-manager makes it; `names` is what subjectAltName holds, `password` that of an encrypted key. */
  issue(
    names: string,
    form: KeyForm = 'pkcs8',
    { days = 60, password = PASSWORD } = {},
  ): Record<'tls.crt' | 'tls.key', string> {
    const run = (line: string) => openssl(this.folder, line);
    writeFileSync(join(this.folder, 'names'), `subjectAltName=${names}\n`);
    if (form === 'ec') run('ecparam -name prime256v1 -genkey -noout -out plain.key');
    else run('genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out plain.key');
    run('req -new -key plain.key -out csr -subj /CN=zk');
    run(
      `x509 -req -in csr -CA ca.crt -CAkey ca.key -CAcreateserial -extfile names -days ${days} -out tls.crt`,
    );
    if (form === 'pkcs1') run('rsa -in plain.key -traditional -out tls.key');
    else if (form === 'encrypted')
      execFileSync(
        'openssl',
        ['pkcs8', '-topk8', '-in', 'plain.key', '-out', 'tls.key', '-passout', `pass:${password}`],
        {
          cwd: this.folder,
          stdio: 'ignore',
        },
      );
    else run(form === 'ec' ? 'ec -in plain.key -out tls.key' : 'pkey -in plain.key -out tls.key');
    const text = (name: string) => readFileSync(join(this.folder, name), 'utf8');
    return { 'tls.crt': text('tls.crt'), 'tls.key': text('tls.key') };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function openssl(cwd: string, line: string): void {
  execFileSync('openssl', line.split(' '), { cwd, stdio: 'ignore' });
}

let version = 0;

/** Puts files where the kubelet does: in a folder of their own, to which one link leads that is moved at once (AtomicWriter). */
export function mountSecret(path: string, files: Readonly<Record<string, string>>): void {
  version += 1;
  const data = `..2026_${version}`;
  mkdirSync(join(path, data), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(path, data, name), text, { mode: 0o640 });
    const link = join(path, name);
    rmSync(link, { force: true });
    symlinkSync(join('..data', name), link);
  }
  symlinkSync(data, join(path, '..data_tmp'));
  renameSync(join(path, '..data_tmp'), join(path, '..data'));
}
