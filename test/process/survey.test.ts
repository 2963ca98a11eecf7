import { createServer as createHttpServer } from 'node:http';
import { dirname } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { execa, execaSync } from 'execa';
import { describe, expect, it } from 'vitest';
import { answer } from '../health/answers.ts';
import { answering, closedPort, listening, serverThat, type TestServer } from '../host/servers.ts';
import { launcher, run, temporaryFolder } from './run.ts';

const TIMEOUT_MS = 400;

/** A server that answers both words as a real one of that state did. */
function like(state: string): Promise<TestServer> {
  return answering((word) => answer(`${state}-${word}`));
}

async function statusOf(ports: readonly number[], words: readonly string[] = [], options = {}) {
  const connect = ports.map((port) => `127.0.0.1:${port}`).join(',');
  return run(['status', '--connect', connect, '--timeout', `${TIMEOUT_MS}ms`, ...words], {}, options);
}

describe('status', () => {
  it('shows every member and the quorum, and ends with 0 when all are well', async () => {
    await using first = await like('3.9.6-leader');
    await using second = await like('3.9.6-follower');
    await using third = await like('3.8.0-follower');
    const { exitCode, stdout, stderr } = await statusOf([first.port, second.port, third.port]);
    expect(stdout).toMatch(/^NAME .* UPTIME\n127\.0\.0\.1:\d+ .* leader /);
    expect(stdout).toMatch(/\na quorum: 3 of 3 voters serve, 2 are needed; 1 more failure is survived$/);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('ends with 1 when a member is unwell, and says what it is', async () => {
    await using first = await like('3.9.6-leader');
    await using second = await like('3.9.6-follower');
    const { exitCode, stdout } = await statusOf([first.port, second.port, await closedPort()]);
    expect(stdout).toMatch(/\n127\.0\.0\.1:\d+: nothing listens on the client port/);
    expect(exitCode).toBe(1);
  });

  it('ends with 69 without a quorum', async () => {
    await using first = await like('3.9.6-no-quorum');
    const { exitCode, stdout } = await statusOf([first.port, await closedPort(), await closedPort()]);
    expect(stdout).toMatch(/\nno quorum: 0 of 3 voters serve, 2 are needed/);
    expect(exitCode).toBe(69);
  });

  it('gives the same to a program as JSON', async () => {
    await using alone = await like('3.9.6-standalone');
    const { exitCode, stdout } = await statusOf([alone.port], ['--output', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      quorum: { exists: true, voters: 1, serving: 1, needed: 1, survives: 0 },
      members: [{ name: `127.0.0.1:${alone.port}`, address: '127.0.0.1', mode: 'standalone', problems: [] }],
    });
    expect(exitCode).toBe(0);
  });

  it('has colours where they are forced, and none in a pipe or with NO_COLOR', async () => {
    await using alone = await like('3.9.6-standalone');
    const connect = ['status', '--connect', `127.0.0.1:${alone.port}`];
    expect((await run(connect, { FORCE_COLOR: '1' })).stdout).toContain('\x1b[32mstandalone\x1b[39m');
    expect((await run(connect, { NO_COLOR: '1' })).stdout).not.toContain('\x1b');
    expect((await run(connect)).stdout).not.toContain('\x1b');
  });

  it('looks again and again with --watch, a line of JSON a look', async () => {
    await using alone = await like('3.9.6-standalone');
    const words = ['--watch', '--output', 'json'];
    const { stdout } = await statusOf([alone.port], words, { timeout: 3_500 });
    const looks = stdout.split('\n').map((line) => JSON.parse(line).quorum.exists);
    expect(looks.length).toBeGreaterThanOrEqual(2);
  });

  it('gives a pipe one picture a change, and ends with 0 at Ctrl-C', async () => {
    let state = '3.9.6-standalone';
    let asked = 0;
    await using alone = await answering((word) => {
      asked += 1;
      return answer(`${state}-${word}`);
    });
    const words = ['status', '--watch', '--connect', `127.0.0.1:${alone.port}`, '--timeout', '400ms'];
    const watching = execa(process.execPath, ['--', launcher, ...words], { reject: false });
    let said = '';
    watching.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const pictures = () => said.match(/^20\d\d-/gm)?.length ?? 0;
    // Two words a look: by the fifth the picture was seen twice, and shown once.
    await expect.poll(() => asked, { timeout: 15_000 }).toBeGreaterThan(4);
    expect(pictures()).toBe(1);
    expect(said).toContain('one member: it serves');
    state = '3.9.6-no-quorum';
    await expect.poll(pictures, { timeout: 15_000 }).toBe(2);
    expect(said).toContain('one member: it does not serve');
    watching.kill('SIGINT');
    expect(await watching).toMatchObject({ exitCode: 0, stderr: '' });
    expect(said).not.toContain('\x1b');
  });

  it('ends with 0 at Ctrl-C in the middle of a look', async () => {
    await using silent = await serverThat(() => undefined);
    const words = ['status', '--watch', '--connect', `127.0.0.1:${silent.port}`, '--timeout', '1m'];
    const watching = execa(process.execPath, ['--', launcher, ...words], { reject: false });
    await expect.poll(() => silent.taken, { timeout: 15_000 }).toBeGreaterThan(0);
    watching.kill('SIGINT');
    expect(await watching).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('paints over a terminal, and gives its cursor back', async () => {
    const { stdout: found } = await execa('sh', ['-c', 'command -v script'], { reject: false });
    if (found === '') return void process.stderr.write('SKIPPED: no script(1) to have a terminal with\n');
    await using alone = await like('3.9.6-standalone');
    const command = `exec '${process.execPath}' -- '${launcher}' status --watch --connect 127.0.0.1:${alone.port}`;
    const watching = execa('script', ['-qefc', command, '/dev/null'], { reject: false, stdin: 'pipe' });
    let said = '';
    watching.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    await expect.poll(() => said.split('\x1b[H').length, { timeout: 15_000 }).toBeGreaterThan(2);
    watching.stdin.write('\x03');
    expect((await watching).exitCode).toBe(0);
    expect(said.startsWith('\x1b[?25l\x1b[2J\x1b[H')).toBe(true);
    expect(said.split('\x1b[2J')).toHaveLength(2);
    expect(said.trimEnd().endsWith('\x1b[?25h')).toBe(true);
  });

  it.each([
    [['--connect', ''], 'names no member'],
    [['--connect', 'zk-0:0'], 'has the port 0'],
    [['--connect', 'zk-0/path'], 'has a path'],
    [['--timeout', 'soon'], '--timeout "soon"'],
    [['--output', 'xml'], "'xml' is invalid"],
  ])('refuses %j with 64', async (words, said) => {
    const { exitCode, stderr } = await run(['status', ...words]);
    expect(stderr).toContain(said);
    expect(exitCode).toBe(64);
  });

  it('refuses settings that tell no members with 78, and says the way out', async () => {
    const { exitCode, stderr } = await run(['status'], { ZK_REPLICAS: 'three' });
    expect(stderr).toMatch(/ZK_REPLICAS[\s\S]*give --connect/);
    expect(exitCode).toBe(78);
  });
});

type Bad = [what: string, server: () => Promise<TestServer>, said: string];

const bad: Bad[] = [
  [
    'refuses by its whitelist',
    () => answering((word) => answer('3.9.6-refused-mntr').replace('mntr', word)),
    'refuses srvr by its whitelist',
  ],
  ['speaks only TLS', () => listening(createTlsServer()), 'speaks only TLS'],
  ['is an AdminServer', () => listening(createHttpServer()), 'an HTTP server answered'],
  ['accepts and never answers', () => serverThat(() => undefined), 'no answer within'],
  ['drips a byte now and then', () => serverThat(drip), 'came within'],
  ['answers a megabyte', () => answering(() => 'x'.repeat(1_048_576)), 'was longer than 262144 bytes'],
  [
    'resets',
    () => serverThat((socket) => socket.once('data', () => socket.resetAndDestroy())),
    'was reset without an answer',
  ],
];

function drip(socket: Parameters<Parameters<typeof serverThat>[0]>[0]): void {
  const timer = setInterval(() => socket.write('Z'), TIMEOUT_MS / 8);
  socket.on('close', () => clearInterval(timer));
}

describe('status beside a server that', () => {
  it.each(bad)('%s says so and shows the others', async (_what, start, said) => {
    await using leader = await like('3.9.6-leader');
    await using follower = await like('3.9.6-follower');
    await using stranger = await start();
    const { exitCode, stdout } = await statusOf([leader.port, follower.port, stranger.port]);
    expect(stdout).toMatch(new RegExp(`\\n127\\.0\\.0\\.1:${stranger.port}: .*${said}`));
    expect(stdout).toContain('a quorum: 2 of 3 voters serve');
    expect(exitCode).toBe(1);
  });

  it('answers in two packets is well', async () => {
    await using split = await serverThat((socket) => {
      socket.once('data', (word) => {
        const text = answer(`3.9.6-standalone-${word}`);
        socket.write(text.slice(0, 40), () => setTimeout(() => socket.end(text.slice(40)), 20));
      });
    });
    expect((await statusOf([split.port])).exitCode).toBe(0);
  });
});

const mayMount =
  execaSync('unshare', ['--mount', '--net', 'ip', 'link', 'set', 'lo', 'up'], { reject: false }).exitCode ===
  0;

describe.skipIf(!mayMount)('status with a resolver that never answers', () => {
  // In a network of its own, whose name server takes every question and says nothing.
  const script = (program: string) => `
    ip link set lo up
    printf 'nameserver 127.0.0.1\\n' >"$FOLDER/resolv.conf"
    mount --bind "$FOLDER/resolv.conf" /etc/resolv.conf
    node -e "require('dgram').createSocket('udp4').bind(53, '127.0.0.1', () => console.log('up'))" >"$FOLDER/up" &
    until [ -s "$FOLDER/up" ]; do :; done
    '${program}' status --timeout 300ms --connect a.test,b.test,c.test,d.test,e.test,127.0.0.1
    status=$?
    kill $!
    exit $status`;

  it('is done when its time is up, and still asks those it need not look up', async () => {
    const { exitCode, stdout } = await execa(
      'unshare',
      ['--mount', '--net', 'bash', '--norc', '-c', script(launcher)],
      {
        env: { FOLDER: temporaryFolder(), PATH: pathOfTests() },
        extendEnv: false,
        reject: false,
        timeout: 8_000,
      },
    );
    expect(stdout.match(/its name was not resolved in time/g)).toHaveLength(5);
    expect(stdout).toContain('127.0.0.1:2181: nothing listens');
    expect(exitCode).toBe(69);
  });
});

function pathOfTests(): string {
  return `${dirname(process.execPath)}:${process.env['PATH']}`;
}
