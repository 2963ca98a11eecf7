import fc from 'fast-check';
import { describe, it } from 'vitest';
import { foreignNames } from '../../src/dialects/foreign-names.ts';
import { dialects, tellDialect } from '../../src/dialects/tell-dialect.ts';
import { translate } from '../../src/dialects/translate.ts';
import { propertiesOf } from '../../src/settings/kinds/extra-config.ts';
import { readSettings } from '../../src/settings/read.ts';
import { rows, table } from '../../src/settings/table.ts';
import { feed, RUNS } from './feed.ts';
import { hold } from './hold.ts';
import { textLike } from './inputs.ts';

const memory = { memoryBytes: 1_073_741_824, memoryIs: 'limit' } as const;
const lists = [
  'zoo1:2888:3888,zoo2:2888:3888:observer',
  'zk-0.zk:2888:3888::10 zk-1.zk:2888:3888::11',
  'server.1=zoo1:2888:3888;2181 server.2=0.0.0.0:2888:3888:observer;0.0.0.0:2182',
  '[fd00::1]:2888:3888::0;[::]:2888:3888::3',
];
const words = [
  'server.',
  '=',
  ':',
  '::',
  ';',
  ',',
  ' ',
  '1',
  '0.0.0.0',
  'observer',
  '\n',
  '\\',
  'tickTime',
  'yes',
  '[',
  ']',
];
const files = new Map<string, { ok: true; text: string }>();

describe('lists of servers of any bytes', () => {
  it('are read by every image, entry by entry', () => {
    const read = (text: string) => {
      for (const { servers } of dialects)
        for (const { id, address } of servers(text)) {
          hold(id === undefined || (Number.isSafeInteger(id) && id >= 0), id);
          hold(text.includes(address), address);
        }
    };
    feed({ inputs: textLike(lists, words), read });
  });
});

describe('environments of other images', () => {
  const names = dialects.flatMap(({ rows: table }) => Object.keys(table));
  const name = fc.oneof(
    fc.constantFrom(...names, ...names.map((known) => `${known}_FILE`)),
    fc.string().map((text) => `ZOO_CFG_${text}`),
    fc.string().map((text) => `ZOO_${text}`),
    fc.constantFrom(...rows.map(([, { variable }]) => variable)),
  );
  const inputs = fc.dictionary(name, textLike(lists, words), { maxKeys: 8 });

  it('become settings or findings, and nothing of them is silent', () => {
    const read = (variables: Readonly<Record<string, string>>) => {
      const given = foreignNames(variables);
      const readText = () => ({ ok: true, text: '1' }) as const;
      const ours = { rows, table, propertiesOf };
      const { notes, foreign, findings } = translate({ names: given, variables, readText, looks: {}, ours });
      const told = tellDialect(given);
      hold((told.kind === 'two') === findings.some(({ code }) => code === 'ZK-DIALECT-001'), told.kind);
      const settings = readSettings({ variables, files, memory, foreign });
      hold(Object.keys(settings.settings).length === rows.length);
      notes(settings);
      for (const { problem, remedy } of [...findings, ...settings.findings])
        hold(problem !== '' && remedy !== '', problem);
    };
    feed({ inputs, read, runs: Math.ceil(RUNS / 2) });
  });
});
