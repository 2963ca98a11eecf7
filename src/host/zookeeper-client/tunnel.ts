import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, isIP, type Socket, connect as toPlain } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as toTls } from 'node:tls';
import type { ClientAddress } from '../../sanity/session.ts';
import type { User } from '../../settings/kinds/users.ts';
import { logIn } from './sasl-login.ts';

/** What a client shows and trusts, each as PEM. */
export interface ClientTls {
  readonly key: string;
  readonly certificates: string;
  readonly authorities: string;
}

/** What a client must do before a member accepts its requests. */
export interface ClientWay {
  readonly tls?: ClientTls | undefined;
  /** As whom it logs in (SASL, DIGEST-MD5). */
  readonly user?: User | undefined;
}

/** A way to a member for a client that knows neither TLS nor SASL. */
export interface Tunnel {
  /** A socket in a folder that no other user may enter. */
  readonly path: string;
  /** Why the last connection ended, where TLS or the login ended it; continues the member's name. */
  problem(): string | undefined;
  close(): void;
}

/** Opens the tunnel. A client that connects to the socket talks to the member, whose certificate must name the host. */
export function openTunnel(to: ClientAddress, way: ClientWay): Promise<Tunnel> {
  const folder = mkdtempSync(join(tmpdir(), 'zk-entrypoint-'));
  const path = join(folder, 'member');
  let problem: string | undefined;
  const server = createServer((client) => {
    const member = way.tls === undefined ? toPlain(to) : secureTo(to, way.tls);
    const end = (why?: string) => {
      problem ??= why;
      client.destroy();
      member.destroy();
    };
    client.pipe(member);
    client.on('error', () => end()).on('close', () => end());
    member.on('error', ({ message }) =>
      end(way.tls === undefined ? undefined : `failed the TLS connection: ${message}`),
    );
    member.on('close', () => end());
    if (way.user === undefined) member.pipe(client);
    else
      logIn(member, way.user).then(
        (withheld) => {
          client.write(withheld);
          member.pipe(client);
        },
        ({ message }: Error) => end(message),
      );
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

function secureTo({ host, port }: ClientAddress, { key, certificates, authorities }: ClientTls): Socket {
  const name = isIP(host) === 0 ? { servername: host } : {};
  return toTls({ host, port, ...name, key, cert: certificates, ca: authorities });
}
