import { describe, expect, it } from 'vitest';
import { mountFindings, mountOf, platformOf, readMounts, sharedDevice } from '../../src/volume/mounts.ts';

const line = (root: string, point: string, type: string) =>
  `36 35 98:0 ${root} ${point} rw,relatime shared:1 - ${type} /dev/x rw`;
const POD = '/var/lib/kubelet/pods/1/volumes';
const mounts = readMounts(
  [
    line('/', '/', 'overlay'),
    line('/', '/zk', 'ext4'),
    line(`${POD}/kubernetes.io~empty-dir/d`, '/empty', 'ext4'),
    line('/', '/memory', 'tmpfs'),
    line('/', '/with\\040blank', 'xfs'),
    'no mount at all',
  ].join('\n'),
);
const at = (path: string) => ({ path, mount: mountOf(mounts, path) });
const codes = (path: string, where: Parameters<typeof mountFindings>[1]) =>
  mountFindings([at(path)], where).map(({ severity, code }) => `${severity} ${code}`);

describe('the mount of a path', () => {
  it.each([
    ['/zk/data', '/zk'],
    ['/zk', '/zk'],
    ['/zkother', '/'],
    ['/with blank/data', '/with blank'],
  ])('of %s is %s', (path, point) => expect(mountOf(mounts, path)?.point).toBe(point));

  it('is the last of two on one point, since it covers the first', () => {
    const twice = readMounts([line('/', '/zk', 'ext4'), line('/', '/zk', 'tmpfs')].join('\n'));
    expect(mountOf(twice, '/zk/data')?.type).toBe('tmpfs');
  });
});

describe('data that would die', () => {
  it.each<[string, Parameters<typeof mountFindings>[1], string[]]>([
    ['/zk/data', 'kubernetes', []],
    ['/data', 'kubernetes', ['error ZK-VOLUME-017']],
    ['/data', 'container', ['warning ZK-VOLUME-018']],
    ['/data', 'machine', []],
    ['/empty/data', 'kubernetes', ['warning ZK-VOLUME-018']],
    ['/memory/data', 'container', ['warning ZK-VOLUME-018']],
    ['/memory/data', 'machine', []],
  ])('%s in %s', (path, where, expected) => expect(codes(path, where)).toEqual(expected));

  it('is not judged where no mounts are told', () => {
    expect(mountFindings([{ path: '/data', mount: mountOf([], '/data') }], 'kubernetes')).toEqual([]);
  });
});

describe('the platformOf', () => {
  it.each([
    ['overlay', '10.0.0.1', 'kubernetes'],
    ['overlay', undefined, 'container'],
    ['ext4', undefined, 'machine'],
    ['ext4', '', 'machine'],
  ])('of a root of %s with KUBERNETES_SERVICE_HOST=%s', (type, host, expected) =>
    expect(platformOf(readMounts(line('/', '/', type)), host)).toBe(expected),
  );
});

describe('one device for both', () => {
  const shared = (data: string, log: string, device = 1) =>
    sharedDevice({ ...at(data), device: 1 }, { ...at(log), device }).map(({ severity }) => severity);

  it('is a note on a volume only', () => {
    expect(shared('/zk/data', '/zk/log')).toEqual(['note']);
    expect(shared('/zk/data', '/zk/log', 2)).toEqual([]);
    expect(shared('/zk/data', '/zk/data')).toEqual([]);
    expect(shared('/data', '/log')).toEqual([]);
  });
});
