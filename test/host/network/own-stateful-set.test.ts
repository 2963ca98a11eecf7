import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { apiServer, readOwnStatefulSet, wishedPods } from '../../../src/host/network/own-stateful-set.ts';

let folder = '';
let server: Server | undefined;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'api-server-'));
  const words = 'req -x509 -newkey rsa:2048 -nodes -keyout tls.key -out tls.crt -subj /CN=api -days 2'.split(
    ' ',
  );
  execFileSync('openssl', [...words, '-addext', 'subjectAltName=IP:127.0.0.1'], {
    cwd: folder,
    stdio: 'ignore',
  });
  copyFileSync(join(folder, 'tls.crt'), join(folder, 'ca.crt'));
  writeFileSync(join(folder, 'token'), 'mine\n');
  writeFileSync(join(folder, 'namespace'), 'prod');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(answer: string | undefined): Promise<{ host: string; port: string; account: string }> {
  const pem = (name: string) => readFileSync(join(folder, name));
  server = createServer({ key: pem('tls.key'), cert: pem('tls.crt') }, (request, response) => {
    if (answer === undefined) return;
    const known = request.url === '/apis/apps/v1/namespaces/prod/statefulsets/zk';
    response.writeHead(known && request.headers.authorization === 'Bearer mine' ? 200 : 403);
    response.end(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { host: '127.0.0.1', port: String((server.address() as AddressInfo).port), account: folder };
}

describe('the StatefulSet of this pod', () => {
  it('tells how many pods it wishes for, to its own token alone', async () => {
    const where = await serve('{"spec":{"replicas":3,"ordinals":{"start":2}}}');
    expect(await readOwnStatefulSet('zk', where, 5_000)).toEqual({
      kind: 'told',
      replicas: 3,
      ordinalsStart: 2,
    });
    expect(await readOwnStatefulSet('other', where, 5_000)).toMatchObject({
      kind: 'unknown',
      absent: false,
      why: 'the API server answers with 403',
    });
  });

  it('is not known where nobody answers in time', async () => {
    expect(await readOwnStatefulSet('zk', await serve(undefined), 300)).toMatchObject({
      why: 'the API server does not answer within 300 ms',
    });
  });

  it('is not asked of a server that another authority vouches for', async () => {
    const where = await serve('{"spec":{"replicas":0}}');
    const other = mkdtempSync(join(tmpdir(), 'api-server-'));
    try {
      const words = 'req -x509 -newkey rsa:2048 -nodes -keyout k -out ca.crt -subj /CN=other -days 2'.split(
        ' ',
      );
      execFileSync('openssl', words, { cwd: other, stdio: 'ignore' });
      for (const name of ['token', 'namespace']) copyFileSync(join(folder, name), join(other, name));
      expect(await readOwnStatefulSet('zk', { ...where, account: other }, 5_000)).toMatchObject({
        kind: 'unknown',
      });
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });

  it('is nobody’s where this is no pod, or it was given no token', async () => {
    expect(await readOwnStatefulSet('zk', apiServer({}), 100)).toMatchObject({ absent: true });
    const where = { host: '127.0.0.1', port: '1', account: join(folder, 'nowhere') };
    expect(await readOwnStatefulSet('zk', where, 100)).toMatchObject({ absent: true });
  });
});

describe('its object', () => {
  it.each([
    ['{"spec":{}}', { replicas: 1, ordinalsStart: 0 }],
    ['{"spec":{"replicas":0}}', { replicas: 0, ordinalsStart: 0 }],
    ['{"spec":{"replicas":"3"}}', { kind: 'unknown' }],
    ['{}', { kind: 'unknown' }],
    ['<html>', { kind: 'unknown' }],
  ])('%s', (text, expected) => {
    expect(wishedPods(text)).toMatchObject(expected);
  });
});
