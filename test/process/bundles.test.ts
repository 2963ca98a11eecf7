import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { describe, expect, it } from 'vitest';
import { codes } from '../../src/findings/codes.ts';

const pathOf = (name: string) => join(import.meta.dirname, `../../dist/${name}`);
const bundle = (name: string) => readFileSync(pathOf(`${name}.cjs`), 'utf8');

/** Texts that a bundler writes as they are. */
const texts = Object.values(codes)
  .map(({ meaning }) => meaning)
  .filter((meaning) => /^[A-Za-z0-9 ,.:;-]+$/.test(meaning));

const heldBy = (name: string) => {
  const code = bundle(name);
  return texts.filter((text) => code.includes(text));
};

describe('the texts of findings', () => {
  it.each(['start', 'probe'])('are not read by every %s', (name) => {
    expect(heldBy(name)).toEqual([]);
  });

  // Without this, texts that no bundle would have as they are would hold everything to be in order.
  it('are in the whole program', () => {
    expect(heldBy('main').length).toBe(texts.length);
    expect(texts.length).toBeGreaterThan(80);
  });
});

interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>>;
}

/** The packages whose code a bundle holds. */
function packagesIn(name: string): string[] {
  const { outputs } = JSON.parse(readFileSync(pathOf('metafile-cjs.json'), 'utf8')) as Metafile;
  const inputs = Object.keys(outputs[`dist/${name}.cjs`]?.inputs ?? {});
  const named = inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []);
  return [...new Set(named)].toSorted();
}

/** Node's own modules that are loaded once a bundle is, beyond those of Node's first moment. */
function loadedBy(name: string): string[] {
  const script = `
    const before = new Set(process.moduleLoadList);
    require(process.argv[1]);
    const more = process.moduleLoadList.filter((each) => !before.has(each));
    require('node:fs').writeSync(1, more.join('\\n'));
    process.exit(0);`;
  const { stdout } = execaSync(process.execPath, ['-e', script, pathOf(`${name}.cjs`)]);
  return stdout.split('\n').flatMap((line) => /^NativeModule ([a-z_/0-9]+)$/.exec(line)?.[1] ?? []);
}

describe('what a container runs', () => {
  // Every kilobyte is read at each start, and at each probe. A limit is raised only for what these need before a JVM runs.
  it.each([
    ['start', 395],
    ['probe', 30],
    // Read at each start that has one name of another image: the settings' own table is handed over.
    ['dialects', 33],
  ])('%s.cjs has at most %d kB', (name, most) => {
    expect(bundle(name).length / 1_000).toBeLessThan(most);
  });

  // One character more, and V8 holds the whole text in two bytes a character, and takes twice as long to read it.
  it.each(['start', 'probe', 'main'])('%s.cjs is ASCII alone', (name) => {
    expect(/[^\0-\x7f]/.exec(bundle(name))).toBeNull();
  });

  it('start.cjs holds of the packages those alone that a start uses', () => {
    expect(packagesIn('start')).toEqual([
      'dot-properties',
      'dotenv',
      'fastest-levenshtein',
      'pino',
      'pino-std-serializers',
      'quick-format-unescaped',
      'safe-stable-stringify',
    ]);
    expect(packagesIn('probe')).toEqual([]);
    expect(packagesIn('dialects')).toEqual(['fastest-levenshtein']);
  });

  it('start.cjs loads no module of Node’s that a healthy start does not need', () => {
    const slow = [
      'crypto',
      'tls',
      'zlib',
      'dns',
      'cluster',
      'inspector',
      'worker_threads',
      'v8',
      'vm',
      'http',
    ];
    const loaded = loadedBy('start');
    expect(slow.filter((name) => loaded.includes(name))).toEqual([]);
    // A control: what it does need is in the list that is looked at.
    expect(loaded).toContain('child_process');
  });
});
