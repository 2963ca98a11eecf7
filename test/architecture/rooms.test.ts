import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, reachesIn, withRooms } from '../../scripts/room-imports.ts';
import { rooms } from '../../scripts/rooms.ts';

const root = join(import.meta.dirname, '../..');
const reaches = reachesIn(join(root, 'src'));
const between = reaches.filter((reach) => !['a package', 'node:', '..'].includes(reach.reaches));

describe('the rooms of src/', () => {
  it.each(Object.keys(rooms))('%s imports only what it may', (name) => {
    const beyond = between.filter(
      ({ room, reaches }) => room === name && !rooms[name]?.mayImport.includes(reaches),
    );
    expect(beyond).toEqual([]);
  });

  it.each(Object.keys(rooms).filter((name) => rooms[name]?.pure))(
    '%s is pure: it imports nothing of node',
    (name) => {
      expect(reaches.filter(({ room, reaches }) => room === name && reaches === 'node:')).toEqual([]);
    },
  );

  it('are all in the table', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((e) => e.isDirectory());
    expect(folders.map(({ name }) => name).filter((name) => rooms[name] === undefined)).toEqual([]);
  });

  it('may import only what stands above them, so there is no circle', () => {
    const order = Object.keys(rooms);
    const upwards = order.flatMap((name, place) =>
      (rooms[name]?.mayImport ?? []).filter((room) => !order.slice(0, place).includes(room)),
    );
    expect(upwards).toEqual([]);
  });

  it('may import nothing that they do not import', () => {
    const unused = Object.entries(rooms).flatMap(([name, { mayImport }]) =>
      mayImport
        .filter((room) => !between.some((reach) => reach.room === name && reach.reaches === room))
        .map((room) => `${name} > ${room}`),
    );
    expect(unused).toEqual([]);
  });

  it('hold at most twenty files at one level', () => {
    const full = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((folder) => readdirSync(folder, { withFileTypes: true }).filter((e) => e.isFile()).length > 20);
    expect(full).toEqual([]);
  });

  it('are those that docs/architecture.md shows; npm run docs writes them', () => {
    const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
    expect(page).toBe(withRooms(page));
  });

  // Without this, a pattern that finds nothing would hold every wall to stand.
  it('are told from every form of import', () => {
    const source =
      "import type { A } from '../a.ts';\nimport {\n  b,\n} from './b.ts';\nexport { c } from '../c.ts';\n" +
      "const d = await import('../d.ts');\nimport 'node:fs';\n";
    expect(importsOf(source)).toEqual(['../a.ts', './b.ts', '../c.ts', '../d.ts', 'node:fs']);
    expect(between.length).toBeGreaterThan(300);
  });
});
