import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The realm of the tests. */
export const REALM = 'ZK.TEST';

/** A real KDC (MIT Kerberos) with a realm of its own, on loopback. */
export class Kdc {
  readonly folder: string;
  /** krb5.conf, for servers and clients. */
  readonly conf: string;
  readonly #tools: string;
  readonly #process: ChildProcess;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(tools: string, port: number) {
    this.folder = mkdtempSync(join(tmpdir(), 'zk-kdc-'));
    this.#tools = tools;
    this.conf = join(this.folder, 'krb5.conf');
    const profile = join(this.folder, 'kdc.conf');
    writeFileSync(
      this.conf,
      `[libdefaults]
  default_realm = ${REALM}
  dns_lookup_kdc = false
  dns_lookup_realm = false
  rdns = false
  udp_preference_limit = 1
[realms]
  ${REALM} = {
    kdc = 127.0.0.1:${port}
  }
[dbmodules]
  db_module_dir = ${join(tools, 'kerberos/usr/lib', execFileSync('uname', ['-m'], { encoding: 'utf8' }).trim())}-linux-gnu/krb5/plugins/kdb
`,
    );
    writeFileSync(
      profile,
      `[realms]
  ${REALM} = {
    database_name = ${join(this.folder, 'principal')}
    key_stash_file = ${join(this.folder, 'stash')}
    kdc_listen = 127.0.0.1:${port}
    kdc_tcp_listen = 127.0.0.1:${port}
  }
[logging]
  kdc = FILE:${join(this.folder, 'kdc.log')}
`,
    );
    this.#env = { PATH: process.env['PATH'] ?? '', KRB5_CONFIG: this.conf, KRB5_KDC_PROFILE: profile };
    this.#run('kdb5_util', 'create', '-s', '-P', 'master-of-the-test', '-r', REALM);
    this.#process = spawn(join(tools, 'krb5kdc'), ['-n', '-r', REALM], { env: this.#env, stdio: 'ignore' });
  }

  /** Starts it; `tool` is the path of its krb5kdc, as scripts/fetch-tool prints it. */
  static async start(tool: string): Promise<Kdc> {
    const port = await freePort();
    const kdc = new Kdc(dirname(tool), port);
    for (let tries = 0; !(await answers(port)); tries++) {
      if (tries > 100) throw new Error('the KDC does not listen');
      await sleep(50);
    }
    return kdc;
  }

  /** A keytab with a new key of these principals. */
  keytab(name: string, ...principals: readonly string[]): string {
    const path = join(this.folder, name);
    for (const principal of principals) {
      this.#run('kadmin.local', '-r', REALM, 'addprinc', '-randkey', principal);
      this.#run('kadmin.local', '-r', REALM, 'ktadd', '-k', path, principal);
    }
    return path;
  }

  /** Ends it, and removes what it has written. */
  close(): void {
    this.#process.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  #run(tool: string, ...words: readonly string[]): void {
    execFileSync(join(this.#tools, tool), words, { env: this.#env, stdio: 'pipe' });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
