import { describe, expect, it } from 'vitest';
import { findingLine } from '../../src/findings/finding.ts';
import { readEnvFile } from '../../src/settings/env-file.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const linesOf = (content: Uint8Array) => readEnvFile('zk.env', content).findings.map(findingLine);

describe('a file of --env-file', () => {
  it.each<[string, string, Record<string, string>]>([
    ['plain', 'A=1\nB=2\n', { A: '1', B: '2' }],
    ['without a last line break', 'A=1', { A: '1' }],
    ['of Windows', 'A=1\r\nB=2\r\n', { A: '1', B: '2' }],
    ['with a mark before it', '\ufeffA=1\nB=2', { A: '1', B: '2' }],
    ['with comments and empty lines', '# a\n\n  # b\nA=1 # c\n', { A: '1' }],
    ['with export, as a shell has it', 'export A=1\n export B = 2\n', { A: '1', B: '2' }],
    ['with quotes', `A='a # b'\nB="c=d"\nC=\`e\`\nD="it's"\n`, { A: 'a # b', B: 'c=d', C: 'e', D: "it's" }],
    ['with a value of several lines', 'A="x=1\ny=2" # c\nB=3', { A: 'x=1\ny=2', B: '3' }],
    ['with a quote within quotes', 'A="a \\" b"\nB=1', { A: 'a \\" b', B: '1' }],
    ['with empty values', 'A=\nB=""\n', { A: '', B: '' }],
    ['with a colon', 'A: 1\n', { A: '1' }],
    ['with nothing', '', {}],
  ])('%s is read', (_, text, variables) => {
    expect([readEnvFile('zk.env', bytes(text)).variables, linesOf(bytes(text))]).toEqual([variables, []]);
  });

  it.each<[string, string, readonly RegExp[]]>([
    [
      'no value',
      'A=1\nhunter2\n',
      [/^error ZK-SETTING-016 --env-file zk\.env: line 2 is not NAME=value; write NAME=value, or # /],
    ],
    ['no name', '=hunter2\n', [/line 1 is not NAME=value/]],
    ['a blank in the name', 'MY NAME=hunter2\n', [/line 1 is not NAME=value/]],
    ['two of them', 'hunter2\nA=1\r\nhunter2', [/line 1 is/, /line 3 is/]],
    ['a name twice', 'A=hunter2\nB=1\nA=hunter2\n', [/line 3 gives A again, after line 1; keep one/]],
    [
      'a # within',
      'A=hunter#2\n',
      [/line 1 has a # in its value, and the value ends there; put the value in quotes/],
    ],
    ['a quote that stays open', "A='hunter2\nB=1\n", [/line 1 opens a quote and does not close it/]],
    [
      'more after the quotes',
      'A="a" hunter2\nB="c\nd"hunter2\n',
      [/line 1 has text after its closing quote/, /line 2 has text after/],
    ],
    ['YAML', 'data:\n  A: 1\n- hunter2\n', [/line 1 is not/, /line 3 is not/]],
    ['a line after a value of several lines', 'A="x\ny"\nhunter2', [/line 3 is not/]],
  ])('with %s names the line, and not what it says', (_, text, expected) => {
    const lines = linesOf(bytes(text));
    expect(lines).toEqual(expected.map((words) => expect.stringMatching(words)));
    expect(lines.join()).not.toContain('hunter');
  });

  it.each<[string, Uint8Array, RegExp]>([
    [
      'UTF-16, little end first',
      new Uint8Array([0xff, 0xfe, 0x41, 0]),
      /--env-file zk\.env: is UTF-16; save it as UTF-8$/,
    ],
    ['UTF-16, big end first', new Uint8Array([0xfe, 0xff, 0, 0x41]), /is UTF-16;/],
    ['UTF-16 without a mark', new Uint8Array([0x41, 0, 0x3d, 0, 0x31, 0]), /holds a NUL byte; save/],
    ['ISO-8859-1', new Uint8Array([0x41, 0x3d, 0xfc]), /is not text in UTF-8; save/],
  ])('in %s is refused', (_, content, words) => {
    expect(linesOf(content)).toEqual([expect.stringMatching(words)]);
  });
});
