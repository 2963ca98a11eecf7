import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsAsMarkdown } from '../../src/settings/reference.ts';
import { rows } from '../../src/settings/table.ts';

const root = join(import.meta.dirname, '../..');
const known = new Set(rows.flatMap(([, { variable }]) => [variable, `${variable}_FILE`]));

/** Of ZooKeeper's own scripts (bin/zkEnv.sh), and of the scripts that fetch a ZooKeeper for development. */
const NOT_OURS = /^ZK_(SERVER_HEAP|CLIENT_HEAP|ENTRYPOINT_[A-Z_]+)$/;

/** The ZK_* names in a text that would be settings, were they known; ends of words such as `ZK_*` are none. */
function unknownNames(text: string): string[] {
  const names = text.match(/\bZK_[A-Z0-9_]*[A-Z0-9]\b/g) ?? [];
  return [...new Set(names)].filter((name) => !known.has(name) && !NOT_OURS.test(name));
}

/** The links of a text to files beside it that are not there. */
function deadLinks(text: string, folder: string): string[] {
  const targets = [...text.matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, target]) => target as string);
  return targets.filter((target) => !existsSync(join(folder, target)));
}

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

describe('docs/settings.md', () => {
  const document = readFileSync(join(root, 'docs/settings.md'), 'utf8');

  it('is what the table makes; npm run docs writes it', () => {
    expect(document).toBe(settingsAsMarkdown());
  });

  it.each(rows.map(([, { variable }]) => variable))('has one row for %s', (variable) => {
    expect(document.split('\n').filter((line) => line.startsWith(`| \`${variable}\` |`))).toHaveLength(1);
  });

  it('has five cells in every row', () => {
    const lines = document.split('\n').filter((line) => line.startsWith('|'));
    for (const line of lines) expect(line.split(/(?<!\\)\|/)).toHaveLength(7);
  });
});

describe('every document', () => {
  it.each(documents)('%s names no setting that is not there', (name) => {
    expect(unknownNames(readFileSync(join(root, name), 'utf8'))).toEqual([]);
  });

  it.each(documents)('%s links to nothing that is not there', (name) => {
    const path = join(root, name);
    expect(deadLinks(readFileSync(path, 'utf8'), dirname(path))).toEqual([]);
  });

  it('would be caught linking there', () => {
    expect(deadLinks('[a](README.md), [b](docs/none.md#x), [c](https://none.invalid/)', root)).toEqual([
      'docs/none.md',
    ]);
  });

  it('would be caught naming one', () => {
    expect(unknownNames('set `ZK_CLIENT_PRT=2181` or ZK_CLIENT_PORT_FILE, ZK_* and ZK_SERVER_HEAP')).toEqual([
      'ZK_CLIENT_PRT',
    ]);
  });
});
