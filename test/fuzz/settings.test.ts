import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { myidFindings } from '../../src/ensemble/myid.ts';
import { maskFlags } from '../../src/render/masked-flags.ts';
import { readEnvFile } from '../../src/settings/env-file.ts';
import { readSettings } from '../../src/settings/read.ts';
import { rows } from '../../src/settings/table.ts';
import { feed, RUNS } from './feed.ts';
import { hold } from './hold.ts';
import { bytesLike, textLike } from './inputs.ts';

const memory = { memoryBytes: 1_073_741_824, memoryIs: 'limit' } as const;
const words = [
  'zk-0',
  ';',
  ',',
  ':',
  '2888',
  '3888',
  '[',
  ']',
  'fd00::1',
  'observer',
  '=',
  '\n',
  '\\',
  '#',
  ' ',
  'key',
  'true',
  '2g',
  '%',
  '1',
  '-D',
  'password',
  '"',
  "'",
  '$',
  '\r\n',
  '*',
  'ruok',
  'ZK-PURGE-001',
];
const texts = [
  'zk-0;zk-1:2888:3888;[fd00::1]:2888:3888:observer',
  'snapCount=1\nssl.keyStore.password=x \\\n  y\n# comment\nkey : value',
  '-Xmx1g -Dzookeeper.ssl.keyStore.password=x -XX:+UseG1GC',
];

/** Shown for people, not to be read again. */
const AS_SHOWN = new Set(['ZK_EXTRA_CONFIG']);

describe('values of any bytes', () => {
  it('are read or refused with words by every setting, and what was read is read the same again', () => {
    const read = (text: string) => {
      for (const [, { variable, kind }] of rows) {
        const outcome = kind.parse(text.trim());
        if (!outcome.ok) {
          hold(outcome.problem !== '' && outcome.remedy !== '', variable);
          continue;
        }
        const again = kind.parse(kind.format(outcome.value));
        hold(AS_SHOWN.has(variable) || isDeepStrictEqual(again, outcome), variable, again, outcome);
      }
    };
    feed({ inputs: textLike(texts, words), read });
  });

  it('flags are masked', () => {
    const read = (text: string) => hold(!maskFlags(`${text} -Da.password=hunter2`).includes('hunter2'));
    feed({ inputs: textLike(texts, words).filter((text) => !text.includes('hunter')), read });
  });
});

describe('env files of any bytes', () => {
  const lines = [
    'ZK_REPLICAS=3\nZK_TICK_TIME="2000"\nexport ZK_ENSEMBLE=\'a;b\' # c\nZK_EXTRA_CONFIG="a=1\nb=2"\n',
  ];
  const names = rows.map(([, { variable }]) => variable);

  it('become variables, and those become settings or findings', () => {
    const read = (bytes: Buffer) => {
      const envFile = readEnvFile('zk.env', bytes);
      const { settings, findings } = readSettings({ variables: {}, envFile, files: new Map(), memory });
      hold(Object.keys(settings).length === rows.length);
      for (const { problem, remedy } of findings) hold(`${problem}${remedy}`.length < 2_000, problem);
    };
    feed({ inputs: bytesLike(lines, [...names, '=', '\n', ...words]), read, runs: Math.ceil(RUNS / 2) });
  });

  it('variables of any name and value, some of them ours', () => {
    const name = fc.oneof(fc.constantFrom(...names, ...names.map((known) => `${known}_FILE`)), fc.string());
    const inputs = fc.dictionary(name, textLike(texts, words), { maxKeys: 8 });
    feed({
      inputs,
      read: (variables) => readSettings({ variables, files: new Map(), memory }),
      runs: Math.ceil(RUNS / 2),
    });
  });
});

describe('myid of any bytes', () => {
  it('is ours only with our id alone on its line', () => {
    const inputs = bytesLike(['7\n', '7', '12\r\n', ' 7\n', '07\n'], ['7', '\n', '\r', ' ', '0', '-', '+']);
    const read = (bytes: Buffer) => {
      const text = bytes.toString('latin1');
      const findings = myidFindings({ kind: 'text', text }, { myid: 7, path: '/myid' });
      hold(findings.length === (/^0*7\r?\n?$/.test(text) ? 0 : 1), findings);
    };
    feed({ inputs, read });
  });
});
