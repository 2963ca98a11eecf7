import { execFile, execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

// A server on loopback plays the Apache archive with a made-up release; Debian's side needs the real mirror.
const script = join(import.meta.dirname, '../../scripts/fetch-zookeeper');
const release = '3.9.10';
const file = `apache-zookeeper-${release}-bin.tar.gz`;
const path = `/zookeeper-${release}/${file}`;
const listing = ['3.8.4', '3.9.9', release, '3.9.2', '3.10.0']
  .map((name) => `<a href="zookeeper-${name}/">`)
  .join('\n');

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let folder = '';
let tarball = Buffer.alloc(0);
let sum = '';
let server: Server;
let archive = '';
let cache = '';
let requests: { url: string; range: string | undefined }[] = [];
let cutAfter = 0;

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = request.url ?? '';
  const range = request.headers.range;
  requests.push({ url, range });
  if (url === '/') {
    response.end(listing);
  } else if (url === `${path}.sha512`) {
    response.end(`${sum}  ${file}\n`);
  } else if (url === path) {
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    const body = tarball.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': body.length,
      ...(from > 0 && { 'content-range': `bytes ${from}-${tarball.length - 1}/${tarball.length}` }),
    });
    if (cutAfter > 0) {
      response.write(body.subarray(0, cutAfter), () => setTimeout(() => response.destroy(), 50));
      cutAfter = 0;
    } else {
      response.end(body);
    }
  } else {
    response.writeHead(404).end();
  }
}

function run(args: readonly string[], environment: Record<string, string> = {}): Promise<Result> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    ZK_ENTRYPOINT_CACHE: cache,
    ZK_ENTRYPOINT_APACHE_ARCHIVE: archive,
    no_proxy: '127.0.0.1',
    ...environment,
  };
  return new Promise((resolve) => {
    execFile(script, args, { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

const fetchRelease = (): Promise<Result> => run(['--release', release]);
const tarballRequests = () => requests.filter(({ url }) => url === path);
const homes = () =>
  existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith('zookeeper-')) : [];
const lines = (text: string) => text.split('\n').filter((line) => line !== '');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fetch-zookeeper-'));
  const top = join(folder, `apache-zookeeper-${release}-bin`);
  for (const name of ['bin', 'conf', 'lib', 'docs']) mkdirSync(join(top, name), { recursive: true });
  writeFileSync(join(top, 'bin/zkServer.sh'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(join(top, 'conf/zoo_sample.cfg'), 'tickTime=2000\n');
  writeFileSync(join(top, 'docs/index.html'), 'docs');
  writeFileSync(join(top, `lib/zookeeper-${release}.jar`), randomBytes(200_000));
  execFileSync('tar', ['-czf', join(folder, file), '-C', folder, `apache-zookeeper-${release}-bin`]);
  tarball = readFileSync(join(folder, file));
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  archive = `http://127.0.0.1:${address.port}`;
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  cache = mkdtempSync(join(folder, 'cache-'));
  requests = [];
  cutAfter = 0;
  sum = createHash('sha512').update(tarball).digest('hex');
});

afterEach(() => {
  rmSync(cache, { recursive: true, force: true });
});

describe('fetch-zookeeper', () => {
  it('puts the release of the archive into the cache and prints only its path', async () => {
    const result = await fetchRelease();
    expect(result).toMatchObject({ code: 0, stdout: `${cache}/zookeeper-${release}\n` });
    const home = result.stdout.trim();
    expect(statSync(join(home, 'bin/zkServer.sh')).mode & 0o111).not.toBe(0);
    expect(existsSync(join(home, `lib/zookeeper-${release}.jar`))).toBe(true);
    expect(existsSync(join(home, 'conf/zoo_sample.cfg'))).toBe(true);
    expect(existsSync(join(home, 'docs'))).toBe(false);
    expect(readdirSync(cache).filter((name) => name.startsWith('.work'))).toEqual([]);
  });

  it('does not ask the network for what it has', async () => {
    await fetchRelease();
    const asked = requests.length;
    const again = await fetchRelease();
    const printed = await run(['--release', release, '--print']);
    expect(again).toEqual({ code: 0, stdout: `${cache}/zookeeper-${release}\n`, stderr: '' });
    expect(printed.stdout).toBe(again.stdout);
    expect(requests.length).toBe(asked);
  });

  it('takes the newest release of a line from the listing, and remembers it', async () => {
    const result = await run(['--release=3.9', '--source=apache']);
    expect(result.stdout).toBe(`${cache}/zookeeper-${release}\n`);
    const asked = requests.length;
    expect((await run(['--release', '3.9'])).stdout).toBe(result.stdout);
    expect(requests.length).toBe(asked);
  });

  it('continues a download that was cut off', async () => {
    cutAfter = 80_000;
    const first = await fetchRelease();
    expect(first.code).toBe(69);
    expect(first.stdout).toBe('');
    expect(first.stderr).toContain('run this again to continue');
    expect(homes()).toEqual([]);

    const second = await fetchRelease();
    expect(second.code).toBe(0);
    expect(tarballRequests().map(({ range }) => range)).toEqual([undefined, 'bytes=80000-']);
  });

  it('keeps nothing of a download with the wrong checksum', async () => {
    sum = '0'.repeat(128);
    const result = await fetchRelease();
    expect(result).toMatchObject({ code: 65, stdout: '' });
    const errors = lines(result.stderr).filter((line) => !line.includes('downloading'));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain('checksum mismatch');
    expect(readdirSync(cache)).toEqual(['.lock']);
  });

  it('fetches once when it runs twice at the same time', async () => {
    const results = await Promise.all([fetchRelease(), fetchRelease()]);
    expect(results.map(({ code }) => code)).toEqual([0, 0]);
    expect(results[0]?.stdout).toBe(results[1]?.stdout);
    expect(tarballRequests()).toHaveLength(1);
    expect(readdirSync(cache).sort()).toEqual(['.lock', `zookeeper-${release}`]);
  });

  it.each([
    ['an unknown flag', ['--relase', '3.9'], 64, 'unknown flag --relase'],
    ['an unknown source', ['--source', 'maven'], 64, "unknown source 'maven'"],
    ['a word that is no release', ['--release', 'latest'], 64, 'known are 3.4, 3.8, 3.9'],
    ['a flag without its value', ['--release'], 64, "unknown release ''"],
    ['a release that the archive does not have', ['--release', '3.9.99'], 64, 'is there a release 3.9.99?'],
    [
      'a line that the archive does not have',
      ['--release', '3.77', '--source', 'apache'],
      64,
      'no release 3.77',
    ],
    ['nothing in the cache, with --print', ['--print'], 1, 'run this without --print'],
  ])('says what is wrong: %s', async (_, args, code, message) => {
    const result = await run(args);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(lines(result.stderr).at(-1)).toContain(message);
    expect(homes()).toEqual([]);
  });

  it('says that the network is dead', async () => {
    const result = await run(['--release', release, '--source', 'apache'], {
      ZK_ENTRYPOINT_APACHE_ARCHIVE: 'http://127.0.0.1:1',
    });
    expect(result).toMatchObject({ code: 69, stdout: '' });
    expect(lines(result.stderr).at(-1)).toContain('check the network');
  });

  it('says that the cache cannot be written to', async () => {
    writeFileSync(join(cache, 'file'), '');
    const blocked = join(cache, 'file');
    const result = await run(['--release', release], { ZK_ENTRYPOINT_CACHE: blocked });
    expect(result).toMatchObject({ code: 73, stdout: '' });
    expect(lines(result.stderr)).toEqual([
      `fetch-zookeeper: cannot write to ${blocked}: set ZK_ENTRYPOINT_CACHE to a folder that you can write to`,
    ]);
    expect(requests).toEqual([]);
  });

  it('prints its help on stdout', async () => {
    const result = await run(['--help']);
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toContain('Usage: fetch-zookeeper');
  });
});
