import { expect, it } from 'vitest';
import type { Dialect } from '../../src/dialects/row.ts';
import { untakenDefaults } from '../../src/dialects/untaken-defaults.ts';
import type { ReadSettings } from '../../src/settings/read.ts';

const dialect = { defaults: { ZK_TICK_TIME: '3000' }, owner: 'the other' } as unknown as Dialect;
const read = (kind: string, tickTime = 2_000) =>
  ({ settings: { tickTime }, origins: new Map([['tickTime', { kind }]]) }) as unknown as ReadSettings;

it('names a default of the other image that differs and that nobody has set', () => {
  const [found, ...more] = untakenDefaults(dialect, read('default'));
  expect(found).toMatchObject({ code: 'ZK-DIALECT-007', subject: 'ZK_TICK_TIME' });
  expect(found?.problem).toContain('instead of 3000');
  expect(more).toEqual([]);
});

it('says nothing of one that is set', () => {
  expect(untakenDefaults(dialect, read('variable'))).toEqual([]);
});
