import { describe, expect, it } from 'vitest';
import { readPeerStatus } from '../../src/admission/peer-status.ts';

const WAITING = { for: 'this member waits', since: '2026-01-02T03:04:05.678Z', remedy: 'start zk-1' };
const member = {
  id: 2,
  instance: 'x',
  ensemble: null,
  domain: null,
  servers: ['1=zk-0:2888:3888'],
  voters: [1, 2, 3],
  volume: 'empty',
  known: [],
  waiting: true,
};

const read = (more: object) =>
  readPeerStatus(
    JSON.stringify({ entrypoint: { waiting: WAITING }, zookeeper: { mode: null }, member, ...more }),
  );

describe('what a peer tells', () => {
  it('is who it is, and what it waits for', () => {
    expect(read({})).toEqual({ mode: undefined, member, waiting: WAITING, stops: false });
    expect(read({ entrypoint: { state: 'stopping' } })?.stops).toBe(true);
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a sentence alone, as before', 'this member waits'],
    ['no remedy', { ...WAITING, remedy: undefined }],
    ['what moves a terminal’s cursor', { ...WAITING, for: 'x\u001b[2J' }],
    ['a second line', { ...WAITING, remedy: 'x\nINFO all is well' }],
    ['something endless', { ...WAITING, for: 'x'.repeat(4_000) }],
  ])('that it waits is passed over where it is %s', (_what, waiting) => {
    expect(read({ entrypoint: { waiting } })?.waiting).toBeUndefined();
  });

  it.each<[string, object]>([
    ['id', { id: 256 }],
    ['servers', { servers: 'zk-0' }],
    ['voters', { voters: [1, 2, 300] }],
    ['volume', { volume: 'full' }],
    ['known', { known: {} }],
    ['instance', { instance: null }],
    ['committed', { committed: { version: 'x', servers: [] } }],
    ['committed', { committed: { version: '1', servers: 'x' } }],
    ['committed', { committed: 'x' }],
  ])('is nobody with another kind of %s', (_field, more) => {
    expect(read({ member: { ...member, ...more } })?.member).toBeUndefined();
  });

  it.each(['', 'well', '[]', 'null', '{"status":"UP"}', '{"entrypoint":1}'])(
    '%j is not from a supervisor',
    (body) => {
      expect(readPeerStatus(body)).toBeUndefined();
    },
  );
});
