import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { rooms } from './rooms.ts';

/** One import of a source: the file, its room, and the room or `node:` module it reaches for. */
export interface Reach {
  readonly file: string;
  readonly room: string;
  readonly reaches: string;
}

const IMPORTS = /(?:\bfrom|\bimport\(|\bimport)\s*'([^']+)'/g;

/** The entries of the bundles, and the command line they share: they load whatever they start. */
const isEntry = (room: string) => room.endsWith('.ts') && rooms[room] === undefined;

/** Every import from one room of src/ to another, and of `node:` modules, types included. */
export function reachesIn(root: string): Reach[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return files.flatMap((file) =>
    importsOf(readFileSync(join(root, file), 'utf8'))
      .map((specifier) => ({ file, room: roomOf(file), reaches: reached(file, specifier) }))
      .filter(({ room, reaches }) => room !== reaches && !isEntry(room)),
  );
}

/** The specifiers of a source's imports. */
export function importsOf(source: string): string[] {
  return [...source.matchAll(IMPORTS)].map(([, specifier]) => specifier as string);
}

function reached(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier.startsWith('node:') ? 'node:' : 'a package';
  return roomOf(relative('.', join(dirname(file), specifier)));
}

function roomOf(file: string): string {
  return file.split('/')[0] as string;
}

/** The table of docs/architecture.md, padded as Biome formats it. */
export function roomsAsMarkdown(): string {
  const rows = Object.entries(rooms).map(([name, { about, pure, mayImport }]) => [
    `\`${name}\``,
    about,
    pure ? 'yes' : 'no',
    mayImport.length === 0 ? 'nothing' : mayImport.map((room) => `\`${room}\``).join(' '),
  ]);
  const all = [['room', 'what it is about', 'pure', 'may import'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => (row[column] as string).length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] as number)).join(' | ')} |`;
  const [head, ...body] = all.map(line);
  return [head, line(widths.map((width) => '-'.repeat(width))), ...body].join('\n');
}

const [BEGIN, END] = ['<!-- rooms: written by npm run docs -->', '<!-- end of rooms -->'];

/** The document with its table of rooms as scripts/rooms.ts has it. */
export function withRooms(document: string): string {
  const [before, rest = ''] = document.split(BEGIN);
  const [, after] = rest.split(END);
  if (after === undefined) throw new Error(`no place for the rooms: ${BEGIN} … ${END}`);
  return `${before}${BEGIN}\n\n${roomsAsMarkdown()}\n\n${END}${after}`;
}
