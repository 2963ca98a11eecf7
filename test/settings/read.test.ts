import { describe, expect, it } from 'vitest';
import { readSettings } from '../../src/settings/read.ts';
import type { Variables } from '../../src/settings/read-row.ts';
import type { SettingKey } from '../../src/settings/table.ts';

const GIB = 1_073_741_824;

function read(variables: Variables, more: Partial<Parameters<typeof readSettings>[0]> = {}) {
  return readSettings({
    variables,
    files: new Map(),
    memory: { memoryBytes: 2 * GIB, memoryIs: 'limit' },
    ...more,
  });
}

const settingOf = (key: SettingKey, variables: Variables) => read(variables).settings[key];
const codes = (variables: Variables) =>
  read(variables).findings.map(({ code, subject }) => `${code} ${subject}`);

describe('values', () => {
  it.each<[SettingKey, Variables, unknown]>([
    ['clientPort', {}, 2181],
    ['clientPort', { ZK_CLIENT_PORT: '' }, 2181],
    ['clientPort', { ZK_CLIENT_PORT: '   ' }, 2181],
    ['clientPort', { ZK_CLIENT_PORT: ' 2182\n' }, 2182],
    ['clientPort', { ZK_CLIENT_PORT: '02182' }, 2182],
    ['minSessionTimeoutMs', {}, 4_000],
    ['minSessionTimeoutMs', { ZK_TICK_TIME: '500' }, 1_000],
    ['maxSessionTimeoutMs', { ZK_TICK_TIME: '500' }, 10_000],
    ['purgeIntervalHours', {}, 24],
    ['heap', {}, { kind: 'bytes', bytes: GIB }],
    ['heap', { ZK_HEAP_SIZE: '512m' }, { kind: 'bytes', bytes: GIB / 2 }],
    ['heap', { ZK_HEAP_SIZE: '2G' }, { kind: 'bytes', bytes: 2 * GIB }],
    ['heap', { ZK_HEAP_SIZE: '2Gi' }, { kind: 'bytes', bytes: 2 * GIB }],
    ['heap', { ZK_HEAP_SIZE: '1536Mi' }, { kind: 'bytes', bytes: 1.5 * GIB }],
    ['heap', { ZK_HEAP_SIZE: '50%' }, { kind: 'share', percent: 50 }],
    ['logLevel', { ZK_LOG_LEVEL: 'debug' }, 'DEBUG'],
    ['jvmFlags', { JVMFLAGS: '-Da=b  -Xmx1g' }, ['-Da=b', '-Xmx1g']],
    ['stopTimeoutMs', { ZK_STOP_TIMEOUT: '7' }, 7_000],
    ['stopTimeoutMs', { ZK_STOP_TIMEOUT: '1500ms' }, 1_500],
    ['dataDir', { ZK_DATA_DIR: '/data/' }, '/data'],
    ['replicas', {}, undefined],
    ['domain', { ZK_DOMAIN: 'zk.default.' }, 'zk.default'],
  ])('%s of %j is %j', (key, variables, expected) => {
    expect(settingOf(key, variables)).toEqual(expected);
  });

  it('halves the memory limit for the heap, and takes at most 2G', () => {
    const heapWith = (memoryBytes: number) =>
      read({}, { memory: { memoryBytes, memoryIs: 'limit' } }).settings.heap;
    expect(heapWith(GIB)).toEqual({ kind: 'bytes', bytes: GIB / 2 });
    expect(heapWith(64 * GIB)).toEqual({ kind: 'bytes', bytes: 2 * GIB });
  });
});

describe('refusals', () => {
  it.each<[Variables, string]>([
    [{ ZK_CLIENT_PORT: 'abc' }, 'ZK_CLIENT_PORT: "abc" is not a decimal whole number'],
    [{ ZK_CLIENT_PORT: '0x10' }, 'ZK_CLIENT_PORT: "0x10" is not a decimal whole number'],
    [{ ZK_TICK_TIME: '2000ms' }, 'ZK_TICK_TIME: "2000ms" is not a decimal whole number of milliseconds'],
    [{ ZK_TICK_TIME: '-1' }, 'ZK_TICK_TIME: "-1" is not a decimal whole number of milliseconds'],
    [{ ZK_TICK_TIME: '$(id)' }, 'ZK_TICK_TIME: "$(id)" is not a decimal whole number of milliseconds'],
    [{ ZK_CLIENT_PORT: '65536' }, 'ZK_CLIENT_PORT: "65536" is outside 1 to 65535'],
    [
      { ZK_HEAP_SIZE: '2' },
      'ZK_HEAP_SIZE: "2" is less than 16m (a bare number counts bytes; 2G was perhaps meant)',
    ],
    [{ ZK_HEAP_SIZE: '512mb' }, 'ZK_HEAP_SIZE: "512mb" is not a heap size'],
    [{ ZK_HEAP_SIZE: '0%' }, 'ZK_HEAP_SIZE: "0%" is not a share from 1% to 100%'],
    [{ ZK_DATA_DIR: 'data' }, 'ZK_DATA_DIR: "data" is not absolute'],
    [{ ZK_DATA_DIR: '/a\nb' }, 'ZK_DATA_DIR: "/a\\nb" holds a line break or control character'],
    [{ ZK_LOG_LEVEL: 'LOUD' }, 'ZK_LOG_LEVEL: "LOUD" is not one of the known words'],
    [{ ZK_4LW_WHITELIST: 'stat,rm' }, 'ZK_4LW_WHITELIST: "stat,rm" names rm, which no ZooKeeper has'],
    [{ ZK_ENSEMBLE: 'zk-0:2888' }, 'ZK_ENSEMBLE: "zk-0:2888" gives "zk-0:2888" one port'],
    [
      { ZK_ENSEMBLE: 'zk-0;[fd00%]' },
      'ZK_ENSEMBLE: "zk-0;[fd00%]" has "fd00%" in brackets, which is not an IPv6 address',
    ],
    [
      { ZK_ENSEMBLE: '[zk-0]:2888:3888' },
      'ZK_ENSEMBLE: "[zk-0]:2888:3888" has the member "[zk-0]:2888:3888", which cannot be read',
    ],
    [{ ZK_ENSEMBLE: 'zk-0;b@d' }, 'ZK_ENSEMBLE: "zk-0;b@d" has the host "b@d", which is not a DNS name'],
    [{ ZK_ENSEMBLE: '::1:2888:3888' }, 'ZK_ENSEMBLE: "::1:2888:3888" has the member'],
    [{ ZK_ENSEMBLE: 'zk-0:2888:3888:voter' }, 'gives "zk-0:2888:3888:voter" the role "voter"'],
    [{ ZK_EXTRA_CONFIG: 'a=1\na=2' }, 'ZK_EXTRA_CONFIG: gives "a" twice'],
    [{ ZK_EXTRA_CONFIG: 'a.b=c my.passwd=d' }, 'ZK_EXTRA_CONFIG: has another key within the value of "a.b"'],
    [{ ZK_EXTRA_CONFIG: 'a=/x \\\nc.d=e' }, 'ZK_EXTRA_CONFIG: has another key within the value of "a"'],
    [{ ZK_USER: 'a b' }, 'ZK_USER: "a b" is not a user'],
  ])('%j', (variables, words) => {
    const lines = read(variables).findings.map(({ subject, problem }) => `${subject}: ${problem}`);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(words);
  });

  it('tells all problems at once', () => {
    expect(
      codes({ ZK_CLIENT_PORT: 'a', ZK_TICK_TIME: 'b', ZK_HEAP_SIZE: 'c', ZK_NONSENSE: 'd' }),
    ).toHaveLength(4);
  });

  it.each([
    ['ZK_CLIENT_PORT', 'http://user:hunter2/x@host'],
    ['ZK_CLIENT_PORT', `tcp://user:hunter2${'a'.repeat(100)}@host:1`],
    ['ZK_LOG_DIR', `s3://user:hunter2${'a'.repeat(100)}@host/`],
    ['ZK_ENSEMBLE', `zk://user:hunter2${'a'.repeat(100)}@host/`],
  ])('%s=%s: the password of an address is not shown, nor the beginning of it', (name, value) => {
    const { findings } = read({ [name]: value });
    expect(findings).toHaveLength(1);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });

  it('does not show the value of a setting that may hold secrets', () => {
    const [found] = read({ ZK_EXTRA_CONFIG: 'password=hunter2\npassword=hunter2' }).findings;
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });
});

describe('what the image sets', () => {
  const image = { ZK_DATA_DIR: '/var/lib/zookeeper/data', ZK_USER: 'zookeeper' };
  const envFile = {
    path: 'zk.env',
    variables: { ZK_DATA_DIR: '/data', ZK_USER: '1000', ZK_CLIENT_PORT: '1' },
  };

  it('gives way to an env file and to a NAME_FILE, as if it were not set', () => {
    expect(read(image, { envFile }).settings).toMatchObject({ dataDir: '/data', user: '1000' });
    const files = new Map([['/run/dir', { ok: true, text: '/data' }] as const]);
    const { settings, findings } = read({ ...image, ZK_DATA_DIR_FILE: '/run/dir' }, { files });
    expect([settings.dataDir, findings]).toEqual(['/data', []]);
  });

  it('stands where nobody says anything else', () => {
    expect(read(image).settings).toMatchObject({ dataDir: '/var/lib/zookeeper/data', user: 'zookeeper' });
  });

  it('is only what the image sets: another value, or another variable, wins over an env file as ever', () => {
    const variables = { ZK_DATA_DIR: '/mine', ZK_CLIENT_PORT: '2181' };
    expect(read(variables, { envFile }).settings).toMatchObject({ dataDir: '/mine', clientPort: 2181 });
  });
});

describe('NAME_FILE', () => {
  const files = new Map([
    ['/run/port', { ok: true as const, text: ' 2199\n' }],
    ['/run/empty', { ok: true as const, text: '\n' }],
    ['/run/missing', { ok: false as const, problem: 'does not exist' }],
  ]);

  it('reads the value and tells its origin', () => {
    const { settings, origins } = read({ ZK_CLIENT_PORT_FILE: '/run/port' }, { files });
    expect(settings.clientPort).toBe(2199);
    expect(origins.get('clientPort')).toEqual({ kind: 'file', words: 'ZK_CLIENT_PORT_FILE /run/port' });
  });

  it.each<[string, Variables]>([
    ['ZK-SETTING-002', { ZK_CLIENT_PORT: '1', ZK_CLIENT_PORT_FILE: '/run/port' }],
    ['ZK-SETTING-003', { ZK_CLIENT_PORT_FILE: '/run/missing' }],
  ])('refuses with %s', (code, variables) => {
    expect(read(variables, { files }).findings.map((found) => found.code)).toEqual([code]);
  });

  it('takes an empty file for unset', () => {
    expect(read({ ZK_CLIENT_PORT_FILE: '/run/empty' }, { files }).settings.clientPort).toBe(2181);
  });
});

describe('origins', () => {
  it('lets the real environment win over the file of --env-file', () => {
    const envFile = { path: 'zk.env', variables: { ZK_TICK_TIME: '1000', ZK_CLIENT_PORT: '1' } };
    const { settings, origins } = read({ ZK_CLIENT_PORT: '2' }, { envFile });
    expect([settings.clientPort, settings.tickTimeMs]).toEqual([2, 1_000]);
    expect(origins.get('tickTimeMs')?.words).toBe('ZK_TICK_TIME in zk.env');
    expect(origins.get('clientPort')?.kind).toBe('variable');
  });
});

describe('names', () => {
  it.each<[string, string | undefined]>([
    ['ZK_CLEINT_PORT', 'did you mean ZK_CLIENT_PORT?'],
    ['ZK_HEAPSIZE', 'did you mean ZK_HEAP_SIZE?'],
    ['ZK_ZZZZZZZZZZZZZZZZZ', 'remove it; `zk-entrypoint settings` lists every name'],
    ['ZK_SERVER_HEAP', undefined],
    ['ZK_CLIENT_HEAP', undefined],
    ['ZK_CS_SERVICE_HOST', undefined],
    ['ZK_CS_SERVICE_PORT', undefined],
    ['ZK_CS_SERVICE_PORT_CLIENT', undefined],
    ['ZK_CS_PORT_2181_TCP', undefined],
    ['ZK_CS_PORT_2181_TCP_ADDR', undefined],
    ['ZK_CLIENT_PORT_FILE_X', 'did you mean ZK_CLIENT_PORT_FILE?'],
    ['PATH', undefined],
  ])('%s', (name, remedy) => {
    expect(read({ [name]: 'x' }).findings[0]?.remedy).toBe(remedy);
  });

  it.each(['ZK_PORT', 'ZK_CS_PORT'])('takes %s for a service link', (name) => {
    expect(codes({ [name]: 'tcp://10.0.0.1:2181' })).toEqual([]);
  });

  it('says that a known name holds a service link, and uses the default', () => {
    const { settings, findings } = read({ ZK_CLIENT_PORT: 'tcp://10.0.0.1:2181' });
    expect(settings.clientPort).toBe(2181);
    expect(findings[0]?.code).toBe('ZK-SETTING-005');
    expect(findings[0]?.remedy).toContain('enableServiceLinks: false');
  });
});
