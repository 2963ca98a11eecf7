import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes certificates for 127.0.0.1 to 127.0.0.3 with openssl, in a folder. */
export function certificateMaker(folder: string): { store(path: string, days: number): void } {
  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'ignore' });
  openssl(
    ...'req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -subj /CN=ca -days 3650'.split(' '),
  );
  writeFileSync(join(folder, 'names.ext'), 'subjectAltName=IP:127.0.0.1,IP:127.0.0.2,IP:127.0.0.3\n');
  return {
    /** Writes key and certificate into one PEM file, as ZooKeeper reads it. */
    store(path, days) {
      openssl(...'req -new -newkey rsa:2048 -nodes -keyout one.key -out one.csr -subj /CN=zk'.split(' '));
      openssl(
        ...'x509 -req -in one.csr -CA ca.crt -CAkey ca.key -CAcreateserial -extfile names.ext -out one.crt'.split(
          ' ',
        ),
        '-days',
        String(days),
      );
      writeFileSync(
        path,
        ['one.key', 'one.crt'].map((name) => readFileSync(join(folder, name), 'utf8')).join(''),
      );
    },
  };
}
