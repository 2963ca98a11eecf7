import { describe, expect, it } from 'vitest';
import {
  readConfiguration,
  sameConfiguration,
  versionInName,
  votersOf,
} from '../../src/membership/configuration.ts';

const TEXT = [
  'server.2=zk-1.zk:2888:3888:participant;0.0.0.0:2181',
  'server.1=[fd00::1]:2888:3888:observer;2181',
  'version=10000000a',
].join('\n');

describe('what /zookeeper/config holds', () => {
  it('is read with its version, sorted, and every line is kept as ZooKeeper wrote it', () => {
    const reading = readConfiguration(TEXT);
    expect(reading).toMatchObject({
      kind: 'read',
      configuration: {
        version: 0x10000000an,
        members: [
          { id: 1, host: 'fd00::1', role: 'observer', spec: '[fd00::1]:2888:3888:observer;2181' },
          { id: 2, host: 'zk-1.zk', serverPort: 2888, electionPort: 3888, role: 'participant' },
        ],
      },
    });
    if (reading.kind === 'read') expect(votersOf(reading.configuration)).toEqual([2]);
  });

  it.each([
    ['a group', `${TEXT}\ngroup.1=1:2`],
    ['a weight', `${TEXT}\nweight.1=2`],
    ['several addresses', 'server.1=a:1:2|b:1:2:participant;3\nversion=1'],
    ['a server twice', `${TEXT}\nserver.1=x:1:2:participant;3`],
    ['a version that is no number', 'server.1=a:1:2\nversion=zz'],
    ['nothing', ''],
    ['no version at all', 'server.1=a:1:2'],
    ['half a line', 'server.1=a:1\nversion=1'],
  ])('cannot be followed with %s', (_, text) => {
    expect(readConfiguration(text).kind).toBe('strange');
  });
});

describe('the name of a file', () => {
  it.each<[string, bigint | undefined]>([
    ['zoo.cfg.dynamic.10000000a', 0x10000000an],
    ['zoo.cfg.dynamic.next', undefined],
    ['zoo.cfg.dynamic', undefined],
    ['zoo.cfg', undefined],
  ])('%s', (name, version) => {
    expect(versionInName(name)).toBe(version);
  });
});

it('two configurations are the same by version and lines', () => {
  const read = (text: string) => {
    const reading = readConfiguration(text);
    if (reading.kind !== 'read') throw new Error(reading.line);
    return reading.configuration;
  };
  expect(sameConfiguration(read(TEXT), read(TEXT))).toBe(true);
  expect(sameConfiguration(read(TEXT), read(TEXT.replace('zk-1', 'zk-9')))).toBe(false);
  expect(sameConfiguration(read(TEXT), read(TEXT.replace('10000000a', '10000000b')))).toBe(false);
});
