import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { put, type Thing, wordsFor } from '../host/strange-things.ts';
import { startContainer } from './container.ts';
import { launcher, memberIn, run, temporaryFolder } from './run.ts';

const STACK = /\n\s+at |\bbug\b|ERR_|E[A-Z]{4,}:/;
const SNAPSHOT = `ZKSN\0\0\0\u0002${'\u00ff'.repeat(8)}some nodes\0\0\0\u0001/`;

/** Each path that is read or written, and what is to be set so that it is. */
const paths: Readonly<Record<string, (folder: string) => Record<string, string>>> = {
  'data/myid': () => ({}),
  'data/zk-entrypoint.json': () => ({}),
  'data/zk-entrypoint.consent': () => ({}),
  'data/version-2': () => ({}),
  'data/version-2/currentEpoch': () => ({}),
  'data/version-2/acceptedEpoch': () => ({}),
  'data/version-2/snapshot.300000000': () => ({}),
  'datalog/version-2/log.300000001': () => ({}),
  'data/zk-entrypoint.lock': () => ({}),
  'datalog/zk-entrypoint.lock': () => ({}),
  'datalog/initialize': () => ({}),
  'conf/zoo.cfg': () => ({}),
  'conf/logback.xml': () => ({}),
  'conf/java.env': () => ({}),
  data: () => ({}),
  conf: () => ({}),
  log: () => ({}),
  named: (folder) => ({ ZK_TICK_TIME_FILE: join(folder, 'named') }),
  'keys.pem': (folder) => ({
    ZK_EXTRA_CONFIG: [
      'sslQuorum=true',
      'ssl.quorum.trustStore.location=/x.pem',
      `ssl.quorum.keyStore.location=${join(folder, 'keys.pem')}`,
    ].join('\n'),
  }),
  'jaas.conf': (folder) => ({
    ZK_EXTRA_CONFIG: 'quorum.auth.enableSasl=true',
    JVMFLAGS: `-Djava.security.auth.login.config=${join(folder, 'jaas.conf')}`,
  }),
};

function volumeIn(folder: string): void {
  for (const inner of ['data/version-2', 'datalog/version-2', 'conf', 'log'])
    mkdirSync(join(folder, inner), { recursive: true });
  writeFileSync(join(folder, 'data/version-2/snapshot.100000000'), SNAPSHOT, 'latin1');
}

describe('a pipe that nobody writes to', () => {
  it.each(Object.entries(paths))(
    'at %s refuses check and start alike, at once and in words',
    async (name, set) => {
      const folder = temporaryFolder();
      volumeIn(folder);
      put('pipe', join(folder, name));
      const variables = memberIn(folder, set(folder));
      const checked = await run(['check'], variables);
      expect(checked.exitCode).toBe(78);
      expect(checked.stdout).toMatch(/is a named pipe, not a file|is not a directory/);
      expect(checked.stdout + checked.stderr).not.toMatch(STACK);
      const started = await run(['start'], { ...variables, JAVA_HOME: '/nowhere' });
      expect([73, 78]).toContain(started.exitCode);
      expect(started.stderr).toContain(join(folder, name));
      expect(started.stderr).not.toMatch(STACK);
    },
  );
});

describe('what has no end', () => {
  it.each<[string, Thing]>([
    ['data/myid', 'endless'],
    ['data/myid', 'huge'],
    ['data/zk-entrypoint.json', 'endless'],
    ['data/zk-entrypoint.json', 'huge'],
    ['data/version-2/currentEpoch', 'huge'],
    ['named', 'endless'],
    ['named', 'huge'],
    ['jaas.conf', 'huge'],
    ['data/version-2', 'nowhere'],
    ['data', 'nowhere'],
    ['conf', 'loop'],
    ['conf/zoo.cfg', 'directory'],
    ['data/version-2/log.5', 'socket'],
  ])('at %s (%s) is refused by check', async (name, thing) => {
    const folder = temporaryFolder();
    volumeIn(folder);
    put(thing, join(folder, name));
    const { exitCode, stdout, stderr } = await run(['check'], memberIn(folder, paths[name]?.(folder)));
    expect(exitCode).toBe(78);
    expect(stdout).toMatch(new RegExp(`${wordsFor[thing].source}|which leads nowhere`));
    expect(stdout + stderr).not.toMatch(STACK);
  });

  it.each<[string, Thing]>([
    ['conf/zoo.cfg', 'huge'],
    ['conf/zoo.cfg', 'endless'],
    ['conf/zoo.cfg', 'loop'],
    ['conf/logback.xml', 'nowhere'],
    ['data/zk-entrypoint.consent', 'huge'],
  ])('at %s (%s) gives way to the file that is written', async (name, thing) => {
    const container = startContainer('exit 6', {
      prepare: (folder) => {
        volumeIn(folder);
        put(thing, join(folder, name));
      },
    });
    expect((await container.ended()).exitCode).toBe(6);
  });

  it('in a folder of the volume is not listed to its end', async () => {
    const folder = temporaryFolder();
    volumeIn(folder);
    for (let at = 0; at <= 100_000; at += 1) writeFileSync(join(folder, `data/version-2/junk${at}`), '');
    const { exitCode, stdout } = await run(['check'], memberIn(folder));
    expect(exitCode).toBe(78);
    expect(stdout).toContain('data/version-2: holds more than 100000 entries');
  }, 120_000);

  it.each<[string, Thing]>([
    ['live', 'pipe'],
    ['ready', 'endless'],
    ['status', 'huge'],
    ['render', 'pipe'],
  ])('named by a setting does not hold %s (%s)', async (command, thing) => {
    const folder = temporaryFolder();
    put(thing, join(folder, 'named'));
    const variables = memberIn(folder, {
      ZK_CLIENT_PORT: '1',
      ZK_MAX_CLIENT_CNXNS_FILE: join(folder, 'named'),
    });
    const { exitCode, stderr } = await run([command], variables);
    expect([1, 78]).toContain(exitCode);
    expect(stderr).not.toMatch(STACK);
  });

  it.each<[string, string[], RegExp]>([
    ['an env file', ['check', '--env-file'], /--env-file \S+ is a device, not a file/],
    ['a manifest', ['check', '--manifest'], /--manifest \S+ is a device, not a file/],
  ])('is refused as %s', async (_, words, said) => {
    const { exitCode, stderr } = await run([...words, '/dev/zero']);
    expect(exitCode).toBe(64);
    expect(stderr).toMatch(said);
  });
});

describe('what a flag names', () => {
  const shell = async (line: string) => {
    const env = { PATH: process.env['PATH'] ?? '', NODE: process.execPath, ZK_HOME: '/nowhere' };
    const { exitCode, stdout, stderr } = await execa('bash', ['--norc', '-c', line, launcher], {
      env,
      extendEnv: false,
      reject: false,
      timeout: 20_000,
      stdin: 'ignore',
    });
    return { exitCode, stdout: String(stdout), stderr: String(stderr) };
  };

  it.each<[string, string]>([
    ['a pipe of the shell', '"$NODE" -- "$0" render --explain --env-file <(sleep 0.2; echo ZK_REPLICAS=3)'],
    ['standard input', 'echo ZK_REPLICAS=3 | "$NODE" -- "$0" render --explain --env-file /dev/stdin'],
    ['an open file', '"$NODE" -- "$0" render --explain --env-file /dev/fd/3 3<<<ZK_REPLICAS=3'],
  ])('is read from %s', async (_, line) => {
    const { stdout } = await shell(line);
    expect(stdout).toMatch(/^ZK_REPLICAS +3 /m);
  });

  it('is read up to a size', async () => {
    const { exitCode, stderr } = await shell('yes | "$NODE" -- "$0" check --env-file /dev/stdin');
    expect(exitCode).toBe(64);
    expect(stderr).toContain('/dev/stdin has more than the 1 MiB');
  });
});

describe('what a start that was killed has left', () => {
  it('is in nobody’s way, and is gone after the next', async () => {
    const left = (folder: string) =>
      [7, 1, 'ab12cd34ef56'].map((mark) => join(folder, `conf/zoo.cfg.${mark}.tmp`));
    const container = startContainer(`ls "${'$'}{0%/java/bin/java}/conf"; exit 6`, {
      prepare: (folder) => {
        volumeIn(folder);
        for (const path of left(folder)) writeFileSync(path, 'half a fi');
        writeFileSync(join(folder, 'conf/mine.7.tmp'), 'of somebody else');
      },
    });
    expect((await container.ended()).exitCode).toBe(6);
    expect(container.output()).not.toContain('zoo.cfg.');
    expect(container.output()).toContain('mine.7.tmp');
  });
});
