import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ContainerOptions, startContainer } from './container.ts';
import { temporaryFolder } from './run.ts';

/** A real program, which ends with 0 at once. */
const TRUE = readFileSync('/bin/true');

/** A JAVA_HOME with these bytes as its java. */
function javaOf(content: string | Buffer, mode = 0o755): string {
  const home = temporaryFolder();
  chmodSync(home, 0o755);
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'bin/java'), content);
  chmodSync(join(home, 'bin/java'), mode);
  return home;
}

/** The same program with every one of these bytes in another's place, as long as they are. */
function patched(from: string, to: string): Buffer {
  const text = TRUE.toString('latin1');
  if (from.length !== to.length || !text.includes(from)) throw new Error(`/bin/true has no ${from}`);
  return Buffer.from(text.replaceAll(from, to), 'latin1');
}

function forMachine(machine: number): Buffer {
  const copy = Buffer.from(TRUE);
  copy.writeUInt16LE(machine, 18);
  return copy;
}

const loader = /\/lib[\w./-]*ld-[\w.-]+/.exec(TRUE.toString('latin1'))?.[0] ?? '';
const foreign = process.arch === 'x64' ? 183 : 62;

async function endOf(home: string, { variables, ...options }: ContainerOptions = {}) {
  const container = startContainer('exit 0', { variables: { JAVA_HOME: home, ...variables }, ...options });
  const { exitCode } = await container.ended();
  return { exitCode, reason: container.terminationMessage(), output: container.output() };
}

/** With setpriv between us and java, and without it. */
describe.each([
  ['with setpriv', process.env['PATH'] ?? ''],
  ['without setpriv', '/nowhere'],
])('%s', (_, PATH) => {
  const variables = { PATH };

  it.each<[string, () => string, number, RegExp]>([
    ['no file', () => '/nowhere', 127, /\(ENOENT\), status 127: there is no such program/],
    ['a file in the place of a folder', () => '/etc/passwd', 127, /\(ENOTDIR\), status 127/],
    ['a link to nothing', () => linked('/nowhere/java'), 127, /\(ENOENT\), status 127/],
    ['a circle of links', () => linked('java'), 126, /\(ELOOP\), status 126: its symbolic links/],
    ['a path that is too long', () => `/${'x'.repeat(300)}`, 126, /\(ENAMETOOLONG\), status 126/],
    ['a folder', () => linked('/etc'), 126, /\(EISDIR\), status 126: it is not a file/],
    ['a file without the right to execute', () => javaOf(TRUE, 0o644), 126, /\(EACCES\), status 126/],
    ['an empty file', () => javaOf(''), 126, /\(ENOEXEC\), status 126: it is empty/],
    [
      'a file of any bytes',
      () => javaOf('\u0001\u0000x'),
      126,
      /status 126: it is neither a program nor a script/,
    ],
    [
      'a program that is cut off',
      () => javaOf(TRUE.subarray(0, 40)),
      126,
      /status 126: it is an incomplete program/,
    ],
    [
      'a program for another processor',
      () => javaOf(forMachine(foreign)),
      126,
      /\(ENOEXEC\), status 126: it is built for (arm64|x86-64), and/,
    ],
    [
      'a program for another loader',
      () => javaOf(patched(loader, loader.replace('/ld-', '/LD-'))),
      126,
      /\(ENOENT\), status 126: it is built for the loader "\/lib.*LD-.*", which does not exist/,
    ],
    [
      'a program without a library',
      () => javaOf(patched('libc.so.6', 'libX.so.6')),
      127,
      /status 127: java exists, but a library or program that it needs is missing/,
    ],
    [
      'a script for a program that is not there',
      () => javaOf('#!/nowhere/sh\nexit 0\n'),
      126,
      /status 126: its first line names "\/nowhere\/sh", which does not exist/,
    ],
    [
      'a script of Windows',
      () => javaOf('#!/bin/sh\r\nexit 0\r\n'),
      126,
      /status 126: its first line names "\/bin\/sh\\r", which does not exist/,
    ],
    [
      'a script that executes what is not there',
      () => javaOf('#!/bin/sh\nexec /nowhere/java\n'),
      127,
      /status 127: java exists, but a library or program/,
    ],
    [
      'a script without its first line',
      () => javaOf('exit 6\n'),
      6,
      /ended before it had answered, status 6/,
    ],
    ['a program that is whole, as a control', () => javaOf(TRUE), 70, /ended by itself with status 0/],
  ])('%s', async (_, home, status, words) => {
    const { exitCode, reason } = await endOf(home(), { variables });
    expect([exitCode, reason]).toEqual([status, expect.stringMatching(words)]);
  });

  it('a program that is still written', async () => {
    const home = javaOf(TRUE);
    const descriptor = openSync(join(home, 'bin/java'), 'r+');
    onTestFinished(() => closeSync(descriptor));
    const { exitCode, reason } = await endOf(home, { variables });
    expect([exitCode, reason]).toEqual([126, expect.stringMatching(/status 126: /)]);
  });

  it('flags that are longer than the system allows', async () => {
    const flags = join(temporaryFolder(), 'flags');
    writeFileSync(flags, `-Dx=${'y'.repeat(200_000)}`);
    const { exitCode, reason } = await endOf(javaOf(TRUE), {
      variables: { ...variables, JVMFLAGS_FILE: flags },
    });
    expect([exitCode, reason]).toEqual([126, expect.stringMatching(/\(E2BIG\), status 126: its arguments/)]);
  });

  it.skipIf(process.getuid?.() !== 0)('a mount without the right to execute', async () => {
    const home = javaOf(TRUE);
    const mount = 'mount --bind "$0" "$0" && mount -o remount,bind,noexec "$0" && exec "$@"';
    const before = [
      '/usr/bin/unshare',
      '-m',
      '/bin/sh',
      '-c',
      `PATH=/usr/bin:/bin; ${mount}`,
      join(home, 'bin'),
    ];
    const { exitCode, reason } = await endOf(home, { variables: { PATH }, before });
    expect([exitCode, reason]).toEqual([
      126,
      expect.stringMatching(/\(EACCES\), status 126.*mount has noexec/),
    ]);
  });

  // Real-time signals have no name that Node knows: it tells of them as of an end with 0.
  it.each([
    [34, 162],
    [35, 163],
    [50, 178],
    [64, 192],
  ])('a death by signal %i is %i', async (signal, status) => {
    const home = javaOf(`#!/bin/sh\nkill -${signal} $$\nsleep 5\n`);
    const { exitCode, reason } = await endOf(home, { variables: { PATH: `${PATH}:/bin:/usr/bin` } });
    expect([exitCode, reason]).toEqual([
      status,
      expect.stringMatching(
        `was killed by signal ${signal} before it had answered, status ${status}: another process`,
      ),
    ]);
  });
});

function linked(target: string): string {
  const home = temporaryFolder();
  mkdirSync(join(home, 'bin'));
  symlinkSync(target, join(home, 'bin/java'));
  return home;
}
