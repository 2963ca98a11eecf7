import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findRunningStart } from '../../../src/host/process/running-start.ts';

interface Listed {
  readonly parent: number;
  readonly words: readonly string[];
  readonly environ?: string;
  readonly directory?: string;
  readonly files?: string;
}

const US = 90;
const INIT = ['/usr/bin/tini', '--'];
const NODE = ['/usr/local/bin/node', '--', '/usr/local/bin/zk-entrypoint'];
const JVM = ['/opt/java/bin/java', 'org.apache.zookeeper.server.quorum.QuorumPeerMain', '/zoo.cfg'];

/** A folder that looks like /proc; the command that looks is `zk-entrypoint status`, which the runtime has put in. */
function proc(listed: Readonly<Record<number, Listed>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'zk-entrypoint-proc-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const us: Listed = { parent: 0, words: [...NODE, 'status'] };
  for (const [pid, process] of Object.entries({ [US]: us, ...listed })) list(join(folder, pid), process);
  mkdirSync(join(folder, 'sys'));
  return folder;
}

function list(folder: string, { parent, words, environ, directory = '/', files = 'mnt:[1]' }: Listed): void {
  mkdirSync(join(folder, 'ns'), { recursive: true });
  writeFileSync(join(folder, 'stat'), `7 (a) b) (c) S ${parent} 7 7 0 -1 4194560`);
  writeFileSync(join(folder, 'cmdline'), words.map((word) => `${word}\0`).join(''));
  if (environ !== undefined) writeFileSync(join(folder, 'environ'), environ);
  symlinkSync(directory, join(folder, 'cwd'));
  symlinkSync(files, join(folder, 'ns/mnt'));
}

const found = (listed: Readonly<Record<number, Listed>>) => findRunningStart(proc(listed), US);
const init: Listed = { parent: 0, words: [...INIT, ...NODE, 'start'], environ: 'ZK_REPLICAS=1\0' };
const start: Listed = { parent: 1, words: [...NODE, 'start'], environ: 'ZK_REPLICAS=3\0A=b=c\nd\0' };

describe('findRunningStart', () => {
  it.each<[string, Record<number, Listed>, number]>([
    ['below an init', { 1: init, 7: start }, 7],
    ['that is PID 1', { 1: { ...start, parent: 0 } }, 1],
    [
      'below a shell below an init',
      {
        1: { ...init, words: INIT },
        5: { parent: 1, words: ['sh', '-c', 'zk-entrypoint start'] },
        7: { ...start, parent: 5 },
      },
      7,
    ],
    ['of the single executable', { 7: { ...start, parent: 0, words: ['zk-entrypoint', 'start'] } }, 7],
    [
      'beside a pause container that is PID 1',
      { 1: { parent: 0, words: ['/pause'] }, 7: { ...start, parent: 0 } },
      7,
    ],
    [
      'whose JVM runs',
      { 7: { ...start, parent: 0 }, 9: { parent: 7, words: JVM, environ: 'ZK_REPLICAS=9\0' } },
      7,
    ],
  ])('finds the start %s, with its variables', (_what, listed, pid) => {
    expect(found(listed)).toEqual({ pid, variables: { ZK_REPLICAS: '3', A: 'b=c\nd' }, envFile: undefined });
  });

  it.each<[string, Record<number, Listed>]>([
    ['where nothing runs', { 1: { parent: 0, words: ['sleep', 'infinity'] } }],
    ['where only a probe runs', { 7: { ...start, parent: 0, words: [...NODE, 'live'] } }],
    [
      'below an ancestor of its own',
      { 1: { parent: 0, words: ['systemd'] }, 7: start, [US]: { parent: 1, words: [...NODE, 'status'] } },
    ],
    ['of two members', { 7: { ...start, parent: 0 }, 8: { ...start, parent: 0 } }],
    [
      'of two members below one runner',
      { 6: { parent: 0, words: ['runner'] }, 7: { ...start, parent: 6 }, 8: { ...start, parent: 6 } },
    ],
    ['of another container of the pod', { 7: { ...start, parent: 0, files: 'mnt:[2]' } }],
  ])('finds no start %s', (_where, listed) => {
    expect(found(listed)).toBeUndefined();
  });

  it.each([
    [['--env-file', 'zk.env'], '/tmp/here/zk.env'],
    [['--env-file=/run/zk.env'], '/run/zk.env'],
  ])('tells the path that %j meant', (words, envFile) => {
    const listed = {
      7: { ...start, parent: 0, words: [...NODE, 'start', ...words], directory: '/tmp/here' },
    };
    expect(found(listed)).toMatchObject({ pid: 7, envFile });
  });

  it('takes the variables of the JVM where the start does not show its own', () => {
    const { environ: _, ...hidden } = start;
    const jvm: Listed = { parent: 7, words: JVM, environ: 'ZK_REPLICAS=3\0', directory: '/tmp' };
    const words = [...NODE, 'start', '--env-file', 'zk.env'];
    expect(found({ 1: init, 7: { ...hidden, words }, 9: jvm })).toEqual({
      pid: 7,
      variables: { ZK_REPLICAS: '3' },
      envFile: '/tmp/zk.env',
    });
  });

  it('says that there is one where nothing of it can be seen', () => {
    const { environ: _, ...hidden } = start;
    expect(found({ 1: init, 7: hidden })).toEqual({ pid: 7, variables: undefined, envFile: undefined });
  });

  it('finds nothing where there is no /proc', () => {
    expect(findRunningStart('/no/proc', US)).toBeUndefined();
  });
});
