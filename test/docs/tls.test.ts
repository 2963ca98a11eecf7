import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codes } from '../../src/findings/codes.ts';
import { tlsRows } from '../../src/settings/rows/tls.ts';

const page = readFileSync(new URL('../../docs/tls.md', import.meta.url), 'utf8');
const [, settings = ''] = /\n## Settings\n([\s\S]*?)\n## /.exec(page) ?? [];

describe('docs/tls.md', () => {
  it.each(Object.values(tlsRows).map(({ variable }) => variable))('has a row for %s', (variable) => {
    expect(settings).toMatch(new RegExp(`^\\| \`${variable}(_FILE)?\` `, 'm'));
  });

  it('has each step to TLS, and what it speaks and takes', () => {
    const rows = [...page.matchAll(/^\| `(plain|accept|both|tls)` +\| (plain text|TLS) +\| (.*?) +\|$/gm)];
    expect(rows.map(([, ...cells]) => cells)).toEqual([
      ['plain', 'plain text', 'plain text'],
      ['accept', 'plain text', 'plain text, TLS'],
      ['both', 'TLS', 'plain text, TLS'],
      ['tls', 'TLS', 'TLS'],
    ]);
  });

  it('names only codes that there are', () => {
    const named = [...page.matchAll(/ZK-TLS-\d{3}/g)].map(([code]) => code);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((code) => !Object.hasOwn(codes, code))).toEqual([]);
  });
});
