import { describe, expect, it } from 'vitest';
import { formatRecord, type MemberRecord, parseRecord } from '../../src/admission/record.ts';

const record: MemberRecord = {
  format: 1,
  ensemble: { name: 'zk', domain: null },
  id: 1,
  role: 'observer',
  members: [1, 2, 3],
  begun: { voters: [1, 2, 3, 4, 5], epoch: 7 },
  firstStart: '2026-01-02T03:04:05.678Z',
  lastCleanStop: null,
  zookeeper: '3.9.6',
  dataLogDir: '/var/lib/zookeeper/datalog',
  consents: [{ kind: 'shrink', token: '1f0c9a3e', at: '2026-01-02T03:04:05.678Z' }],
};

describe('a record', () => {
  it('is read as it was written', () => {
    expect(parseRecord(formatRecord(record))).toEqual({ kind: 'record', record });
  });

  it.each(Object.keys(record).filter((field) => field !== 'format'))(
    'without a usable %s is unreadable',
    (field) => {
      const wrong: unknown[] = [
        undefined,
        256,
        -1,
        1.5,
        true,
        {},
        [null],
        field === 'lastCleanStop' ? 0 : null,
        { voters: [1], epoch: '7' },
        { voters: [256], epoch: 7 },
        { epoch: 7 },
      ].filter((value) => field !== 'begun' || value !== undefined);
      for (const value of wrong) {
        expect(parseRecord(JSON.stringify({ ...record, [field]: value }))).toEqual({
          kind: 'unreadable',
          problem: `has no usable "${field}"`,
        });
      }
    },
  );

  it('of before there was "begun" is read', () => {
    const { begun, ...older } = record;
    expect(begun).toBeDefined();
    expect(parseRecord(JSON.stringify(older))).toEqual({ kind: 'record', record: older });
  });

  it.each<[unknown, string]>([
    [0, 'unreadable'],
    ['1', 'unreadable'],
    [1.5, 'unreadable'],
    [1, 'record'],
    [2, 'newer'],
    [1_000, 'newer'],
  ])('of the format %j is %s', (format, kind) => {
    expect(parseRecord(JSON.stringify({ ...record, format })).kind).toBe(kind);
  });
});
