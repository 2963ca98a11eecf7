import { expect, it } from 'vitest';
import type { Dialect } from '../../src/dialects/row.ts';
import { untakenDefaults } from '../../src/dialects/untaken-defaults.ts';
import type { ReadSettings } from '../../src/settings/read.ts';
import { rows } from '../../src/settings/table.ts';

const dialect = { defaults: { ZK_TICK_TIME: '3000' }, owner: 'the other' } as unknown as Dialect;
const [key, row] = rows.find(([, { variable }]) => variable === 'ZK_TICK_TIME') as (typeof rows)[number];
const value = row.kind.parse('2000');
const read = (kind: string) =>
  ({
    settings: { [key]: value.ok ? value.value : undefined },
    origins: new Map([[key, { kind }]]),
    rows,
  }) as unknown as ReadSettings & { rows: typeof rows };

it('names a default of the other image that differs and that nobody has set', () => {
  const [found, ...more] = untakenDefaults(dialect, read('default'));
  expect(found).toMatchObject({ code: 'ZK-DIALECT-007', subject: 'ZK_TICK_TIME' });
  expect(found?.problem).toContain('instead of 3000');
  expect(more).toEqual([]);
});

it('says nothing of one that is set', () => {
  expect(untakenDefaults(dialect, read('variable'))).toEqual([]);
});
