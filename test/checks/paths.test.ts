import { expect, it } from 'vitest';
import { pathFindings } from '../../src/checks/paths.ts';

const found = (settings: object, variables: Record<string, string>) =>
  pathFindings({ settings, jvm: { variables }, podFiles: {} } as never).map(
    ({ code, subject }) => `${code} ${subject}`,
  );

it.each<[object, Record<string, string>, string[]]>([
  [{ dataDir: '/data/d\u00e4t' }, {}, ['ZK-SETTING-017 ZK_DATA_DIR']],
  [{ dataDir: '/data/d\u00e4t' }, { LANG: 'C' }, ['ZK-SETTING-017 ZK_DATA_DIR']],
  [{ dataDir: '/data/d\u00e4t' }, { LC_ALL: 'POSIX', LANG: 'C.UTF-8' }, ['ZK-SETTING-017 ZK_DATA_DIR']],
  [
    { confDir: '/\u{1f600}', logDir: '/\u2603' },
    {},
    ['ZK-SETTING-017 ZK_CONF_DIR', 'ZK-SETTING-017 ZK_LOG_DIR'],
  ],
  [{ dataDir: '/data/d\u00e4t' }, { LC_ALL: '', LANG: 'de_DE.utf8' }, []],
  [{ dataDir: '/da ta=:#\\x' }, {}, []],
])('%j with %j: %j', (settings, variables, expected) => expect(found(settings, variables)).toEqual(expected));
