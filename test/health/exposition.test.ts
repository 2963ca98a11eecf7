import { describe, expect, it } from 'vitest';
import { exposition, type Family } from '../../src/health/exposition.ts';

function gauge(samples: Family['samples'], name = 'a'): Family {
  return { name, type: 'gauge', help: 'What it is.', samples };
}

function lines(...families: Family[]): string[] {
  return exposition(families)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}

describe('exposition', () => {
  it('writes help, type and samples', () => {
    expect(exposition([gauge([{ value: 1 }])])).toBe('# HELP a What it is.\n# TYPE a gauge\na 1\n');
  });

  it.each([
    ['a quote', 'a"b', 'a\\"b'],
    ['a backslash', 'a\\b', 'a\\\\b'],
    ['a line feed', 'a\nb', 'a\\nb'],
    ['a backslash before an n', 'a\\nb', 'a\\\\nb'],
    ['half a surrogate pair', 'a\ud800b', 'a\ufffdb'],
    ['anything else', 'é ${x} {}', 'é ${x} {}'],
  ])('escapes %s in the value of a label', (_what, value, written) => {
    expect(lines(gauge([{ labels: { label: value }, value: 1 }]))).toEqual([`a{label="${written}"} 1`]);
  });

  it.each([
    [0, '0'],
    [-1.5, '-1.5'],
    [0.018, '0.018'],
    [1e21, '1e+21'],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
    [Number.NaN, 'NaN'],
  ])('writes %d as Prometheus reads it', (value, written) => {
    expect(lines(gauge([{ value }]))).toEqual([`a ${written}`]);
  });

  it('escapes help', () => {
    const text = exposition([{ ...gauge([{ value: 1 }]), help: 'a\nb\\' }]);
    expect(text.split('\n')[0]).toBe('# HELP a a\\nb\\\\');
  });

  it('writes nothing for a family without samples', () => {
    expect(exposition([gauge([])])).toBe('');
  });

  it('writes the same series once', () => {
    expect(lines(gauge([{ value: 1 }, { value: 2 }]), gauge([{ value: 3 }]))).toEqual(['a 1']);
  });

  it('does not let a family take the sum or count of a summary', () => {
    const summary: Family = {
      ...gauge([
        { suffix: '_sum', value: 1 },
        { suffix: '_count', value: 2 },
      ]),
      type: 'summary',
    };
    expect(lines(summary, gauge([{ value: 3 }], 'a_count'))).toEqual(['a_sum 1', 'a_count 2']);
    expect(lines(gauge([{ value: 3 }], 'a_count'), summary)).toEqual(['a_count 3']);
  });
});
