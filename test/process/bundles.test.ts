import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/findings/catalogue.ts';

const bundle = (name: string) => readFileSync(join(import.meta.dirname, `../../dist/${name}.cjs`), 'utf8');

/** Texts that a bundler writes as they are. */
const texts = Object.values(catalogue)
  .map(({ meaning }) => meaning)
  .filter((meaning) => /^[A-Za-z0-9 ,.:;-]+$/.test(meaning));

const heldBy = (name: string) => {
  const code = bundle(name);
  return texts.filter((text) => code.includes(text));
};

describe('the texts that only people ask for', () => {
  it.each(['start', 'probe'])('are not read by every %s', (name) => {
    expect(heldBy(name)).toEqual([]);
  });

  // Without this, texts that no bundle would have as they are would hold everything to be in order.
  it('are in the whole program', () => {
    expect(heldBy('main').length).toBe(texts.length);
    expect(texts.length).toBeGreaterThan(80);
  });
});
