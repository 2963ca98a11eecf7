import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import type { ClientAddress } from '../../sanity/session.ts';

/** What a client shows and trusts, each as PEM. */
export interface ClientTls {
  readonly key: string;
  readonly certificates: string;
  readonly authorities: string;
}

/** A way to a TLS port for a client that knows no TLS. */
export interface TlsTunnel {
  /** A socket in a folder that no other user may enter. */
  readonly path: string;
  /** Why the last connection ended, where it was TLS that ended it. */
  problem(): string | undefined;
  close(): void;
}

/** Opens the way; whoever connects to the socket speaks to the member, whose certificate must name the host. */
export function openTlsTunnel({ host, port }: ClientAddress, tls: ClientTls): Promise<TlsTunnel> {
  const folder = mkdtempSync(join(tmpdir(), 'zk-entrypoint-tls-'));
  const path = join(folder, 'member');
  let problem: string | undefined;
  const server = createServer((plain) => {
    const secure = connect({
      host,
      port,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      key: tls.key,
      cert: tls.certificates,
      ca: tls.authorities,
    });
    const end = (error?: Error) => {
      problem ??= error?.message;
      plain.destroy();
      secure.destroy();
    };
    plain.pipe(secure).pipe(plain);
    plain.on('error', () => end()).on('close', () => end());
    secure.on('error', end).on('close', () => end());
  });
  const close = () => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      close();
      reject(error);
    });
    server.listen(path, () => resolve({ path, problem: () => problem, close }));
    server.unref();
  });
}
