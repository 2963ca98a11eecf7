import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../src');

/** Whoever opens, lists or reads a path by other means than host/files/read-file.ts and host/files/list-folder.ts. */
const OPENS =
  /\b(readFileSync|readFile|readdirSync|readdir|opendirSync|opendir|openSync|createReadStream|createWriteStream|writeFileSync|writeFile|appendFileSync|appendFile|copyFileSync|cpSync|readvSync|chownSync|lchownSync|fchownSync|chmodSync)\(/g;

/** What may, and what for. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'host/files/read-file.ts': ['openSync'],
  'host/files/list-folder.ts': ['opendirSync'],
  'host/files/root-path.ts': ['openSync'],
  'host/files/hand-over.ts': ['chownSync'],
  // Locked and signed, never waited for: made anew or found by descriptors, as host/files/root-path.ts does.
  'host/volume/lock-file.ts': ['openSync', 'fchownSync'],
  // Java itself, seen to be a regular file before.
  'host/process/executable.ts': ['openSync'],
  'host/files/write-file.ts': ['openSync'],
  'host/output/termination-log.ts': ['openSync'],
};

const opensIn = (text: string) => [...new Set([...text.matchAll(OPENS)].map(([, name]) => name as string))];

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

describe('files of somebody else', () => {
  it.each(sources)('%s opens none by itself', (name) => {
    const opens = opensIn(readFileSync(join(root, name), 'utf8'));
    expect(opens).toEqual(ALLOWED[name] ?? []);
  });

  // Without these, a pattern or a list that finds nothing would hold everything to be in order.
  it('would be seen to be opened', () => {
    expect(opensIn("const text = readFileSync(path, 'utf8'); await readFile(path)")).toEqual([
      'readFileSync',
      'readFile',
    ]);
    expect(sources.length).toBeGreaterThan(200);
  });
});
