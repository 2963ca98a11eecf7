import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** A file of src/ as the rule sees it. */
interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A test, with what it imports in its text. */
type TestFile = SourceFile;

const LINES = 40;
const IMPORTERS = 2;
/** What is built or run, and imported by nobody. */
const ENTRIES = ['binary.ts', 'main.ts', 'plain-probe.ts', 'plain-start.ts'];

/** A file of its own has two importers, or a test of its own, or forty lines; and a command is a file, to be loaded alone. */
function tooSmall(files: readonly SourceFile[], tests: readonly TestFile[]): string[] {
  return files
    .filter(({ path, text }) => {
      if (ENTRIES.includes(path) || text.split('\n').length > LINES) return false;
      const importers = files.filter((other) => importsStatically(other).includes(path));
      const isLoadedAlone = files.some((other) => importsLazily(other).includes(path));
      return importers.length < IMPORTERS && !isLoadedAlone && !hasTest(path, tests);
    })
    .map(({ path }) => path);
}

/** A test of that name which imports the file, or which starts the program. */
function hasTest(path: string, tests: readonly TestFile[]): boolean {
  const name = basename(path, '.ts');
  return tests.some(
    (test) =>
      basename(test.path) === `${name}.test.ts` &&
      (test.path.startsWith('process/') || test.text.includes(`/src/${path}'`)),
  );
}

const importsStatically = ({ path, text }: SourceFile) => targets(path, text, /\bfrom '(\.[^']+)'/g);
const importsLazily = ({ path, text }: SourceFile) => targets(path, text, /\bimport\('(\.[^']+)'\)/g);

function targets(path: string, text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, target]) => join(dirname(path), target ?? ''));
}

function filesIn(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(join(root, folder, path), 'utf8') }));
}

describe('a file of its own', () => {
  it('has two importers, or a test of its own, or forty lines', () => {
    expect(tooSmall(filesIn('src'), filesIn('test'))).toEqual([]);
  });

  // Without these, a pattern that finds no import would find no small file either.
  const small = { path: 'a/small.ts', text: 'export const small = 1;\n' };
  const importing = (path: string) => ({
    path,
    text: `import { small } from './small.ts';\n${'// more\n'.repeat(LINES)}`,
  });

  it('is found where it has one importer and no test', () => {
    expect(tooSmall([small, importing('a/one.ts')], [])).toEqual(['a/small.ts']);
  });

  it.each<[string, SourceFile[], TestFile[]]>([
    ['two importers', [small, importing('a/one.ts'), importing('a/two.ts')], []],
    ['a test of its own', [small], [{ path: 'a/small.test.ts', text: "from '../../src/a/small.ts'" }]],
    ['a test that starts the program', [small], [{ path: 'process/small.test.ts', text: '' }]],
    ['forty lines', [{ ...small, text: '// more\n'.repeat(LINES) }], []],
    [
      'somebody who loads it alone',
      [small, { path: 'b.ts', text: `await import('./a/small.ts');\n${'// more\n'.repeat(LINES)}` }],
      [],
    ],
  ])('may be small with %s', (_, files, tests) => {
    expect(tooSmall(files, tests)).toEqual([]);
  });

  it('is not held by a test of another file of that name', () => {
    const test = { path: 'b/small.test.ts', text: "from '../../src/b/small.ts'" };
    expect(tooSmall([small], [test])).toEqual(['a/small.ts']);
  });
});
