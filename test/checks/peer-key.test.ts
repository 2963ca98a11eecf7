import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/preparation/prepare.ts';
import { fakeMachine } from '../preparation/fake-machine.ts';

const KEY = '0123456789abcdef0123456789abcdef';

/** What is found about members' keys, each as its code and severity. */
async function found(
  variables: Readonly<Record<string, string>>,
  { file, isOpen = false }: { readonly file?: string; readonly isOpen?: boolean } = {},
): Promise<string[]> {
  const named = file === undefined ? {} : { ZK_PEER_KEY_FILE: '/run/secrets/peer-key' };
  const machine = fakeMachine({
    release: '3.9.6',
    variables: { ZK_REPLICAS: '3', ...named, ...variables },
    files: file === undefined ? {} : { '/run/secrets/peer-key': file },
  });
  const here = { ...machine, inspectTlsStore: async () => ({ kind: 'opaque' }) as const };
  const { findings } = await prepare(
    { ...here, isReadableByAll: () => isOpen },
    { assume: { kind: 'nothing' } },
  );
  const about = findings.filter(
    ({ code, subject }) => code.startsWith('ZK-PEER') || subject.includes('PEER'),
  );
  expect(JSON.stringify(findings)).not.toContain(KEY);
  return about.map(({ severity, code, problem }) => `${severity} ${code} ${problem}`);
}

describe('the key of the members', () => {
  it('is fine in a file that its group alone reads', async () => {
    expect(await found({}, { file: `${KEY}\n` })).toEqual([]);
    expect(await found({ ZK_PEER_AUTH: 'need' }, { file: `${KEY}\n` })).toEqual([]);
  });

  it.each<[string, Record<string, string>, { file?: string; isOpen?: boolean }, RegExp]>([
    [
      'can be read by all',
      {},
      { file: KEY, isOpen: true },
      /^error ZK-PEER-012 \/run\/secrets\/peer-key can be read by/,
    ],
    ['is empty', {}, { file: '\n' }, /^error ZK-SETTING-003 \/run\/secrets\/peer-key is empty/],
    ['is too short', {}, { file: 'tooshort' }, /^error ZK-SETTING-001 holds a key of 8 signs/],
    ['is missing', { ZK_PEER_KEY_FILE: '/nowhere' }, {}, /^error ZK-SETTING-003 \/nowhere does not exist/],
    [
      'is asked for and not given',
      { ZK_PEER_AUTH: 'need' },
      {},
      /^error ZK-PEER-015 is need, but there is no key/,
    ],
    ['is not needed yet', { ZK_PEER_AUTH: 'want' }, { file: KEY }, /^note ZK-PEER-013 is want/],
  ])('%s', async (_what, variables, file, words) => {
    expect(await found(variables, file)).toEqual([expect.stringMatching(words)]);
  });
});

describe('a health endpoint on loopback', () => {
  it('is where no peer can ask, unless all members are there or there is one', async () => {
    const loopback = { ZK_HEALTH_ADDRESS: '127.0.0.1' };
    expect(await found(loopback)).toEqual([
      expect.stringMatching(/^warning ZK-PEER-014 is 127.0.0.1, where no peer/),
    ]);
    expect(await found({ ...loopback, ZK_REPLICAS: '1' })).toEqual([]);
    expect(await found({ ...loopback, ZK_HEALTH_PORT: '0' })).toEqual([]);
    const here = '127.0.0.1:2888:3888;127.0.0.2:2889:3889;127.0.0.3:2890:3890';
    expect(await found({ ...loopback, ZK_REPLICAS: '', ZK_ENSEMBLE: here, ZK_MYID: '1' })).toEqual([]);
  });
});
