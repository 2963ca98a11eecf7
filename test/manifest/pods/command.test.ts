import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { launchOf } from '../../../src/manifest/pods/command.ts';
import { readFlags, startZooKeeperFlags } from '../../../src/manifest/pods/start-zookeeper.ts';

describe('the command of a container', () => {
  it.each([
    [['zk-entrypoint', 'start'], { kind: 'variables' }],
    [['/usr/bin/tini', '--', '/usr/local/bin/zk-entrypoint', 'start'], { kind: 'variables' }],
    [['sh', '-c', 'zkGenConfig.sh && zkServer.sh start-foreground'], { kind: 'variables' }],
    [['start-zookeeper', '--servers=3'], { kind: 'flags', words: ['--servers=3'] }],
    [
      ['sh', '-c', "exec start-zookeeper --heap='1 G' --servers=3 && echo x"],
      { kind: 'flags', words: ['--heap=1 G', '--servers=3'] },
    ],
    [
      ['sh', '-c', 'start-zookeeper \\\n  --servers=3 > /dev/null'],
      { kind: 'flags', words: ['--servers=3'] },
    ],
    [['docker-entrypoint.sh', 'zkServer.sh-like'], undefined],
    [['java', '-jar', 'x.jar'], undefined],
  ])('%j', (command, launch) => {
    expect(launchOf({ command })).toEqual(launch);
    expect(launchOf({ command: command.slice(0, 1), args: command.slice(1) })).toEqual(launch);
  });

  it.each([
    ['zk-entrypoint:3.9', { kind: 'variables' }],
    ['registry.example/team/zk-entrypoint@sha256:00', { kind: 'variables' }],
    ['zookeeper:3.9', { kind: 'variables' }],
    ['docker.io/bitnamilegacy/zookeeper:3.9.3-debian-12-r0', { kind: 'variables' }],
    ['confluentinc/cp-zookeeper:7.9.0', { kind: 'variables' }],
    ['localhost:5000/mirror/bitnami/zookeeper@sha256:00', { kind: 'variables' }],
    ['team/zookeeper:3.9', undefined],
    ['solr:9', undefined],
  ])('of the image %s is its own', (image, launch) => {
    expect(launchOf({ image })).toEqual(launch);
  });
});

describe('the flags of start-zookeeper', () => {
  const help = spawnSync(
    'bash',
    [join(import.meta.dirname, '../../../image/bin/start-zookeeper'), '--help'],
    {
      encoding: 'utf8',
    },
  ).stdout;
  const shown = Object.fromEntries(
    [...help.matchAll(/^ {2}--(\w+) +([A-Z_]+) /gm)].map(([, flag, variable]) => [flag, variable]),
  );

  it('are those that its help shows', () => {
    expect(Object.keys(shown).length).toBeGreaterThan(10);
    expect(startZooKeeperFlags).toEqual(shown);
  });

  it('keep everything after the first =, and name what is unknown', () => {
    const { variables, unknown } = readFlags([
      '-v',
      '--heap=a=b',
      '--heep=1',
      '--servers',
      'x',
      '--constructor=1',
    ]);
    expect([...variables]).toEqual([['ZK_HEAP_SIZE', 'a=b']]);
    expect(unknown).toEqual(['--heep=1', '--servers', 'x', '--constructor=1']);
  });
});
