import { parse, parseLines } from 'dot-properties';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/preparation/prepare.ts';
import { rows } from '../../src/settings/table.ts';
import { fakeMachine } from '../preparation/fake-machine.ts';

const poison = fc.oneof(
  fc.constantFrom(
    '\nserver.999=evil:1:2',
    '\r\nskipACL=yes',
    '$(touch /tmp/x)',
    '"; rm -rf /; "',
    '`id`',
    '</pattern><x>',
    '%d{',
    '\\',
    "'",
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const variable = fc.constantFrom(...rows.map(([, row]) => row.variable));

/** Keys the untouched configuration has; poison may change values, never the set of keys or lines. */
async function shapeOf(variables: Record<string, string>, logging: 'log4j' | 'logback') {
  const machine = fakeMachine({ variables: { ZK_REPLICAS: '3', ...variables }, release: '3.9.6', logging });
  const { ready } = await prepare(machine, { assume: { kind: 'nothing' } });
  if (ready === undefined) return undefined;
  return Object.fromEntries(
    ready.plan.files.map(({ path, content }) => [path.slice(path.lastIndexOf('/') + 1), content]),
  );
}

describe('a value of any setting', () => {
  it.each(['log4j', 'logback'] as const)('never makes a second line or key (%s)', async (logging) => {
    await fc.assert(
      fc.asyncProperty(variable, poison, fc.string({ maxLength: 5 }), async (name, bad, start) => {
        const files = await shapeOf({ [name]: `${start}${bad}` }, logging);
        if (files === undefined) return;
        expectOneKeyALine(files['zoo.cfg'] ?? '');
        if (name !== 'ZK_EXTRA_CONFIG') expect(parse(files['zoo.cfg'] ?? '')).not.toHaveProperty('skipACL');
        expect(files['zoo.cfg']).not.toMatch(/^server\.999=/m);
        expect((files['java.env'] ?? '').split('\n')).toHaveLength(3);
        expect(files['myid']).toMatch(/^\d+\n$/);
        if (logging === 'logback') expect(files['logback.xml']).not.toContain('<x>');
      }),
      { numRuns: 1_500 },
    );
  });

  it('control: the harness does reach the files', async () => {
    const files = await shapeOf({ ZK_EXTRA_CONFIG: 'skipACL=yes' }, 'logback');
    expect(files?.['zoo.cfg']).toContain('skipACL=yes');
  });
});

function expectOneKeyALine(zooCfg: string): void {
  const pairs = parseLines(zooCfg).filter((line) => Array.isArray(line));
  const lines = zooCfg.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(pairs).toHaveLength(lines.length);
}
