import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findAccount, nameOfUid, whyNoNames } from '../../../src/host/account/account.ts';
import { isMapped, missingCapabilities } from '../../../src/host/account/privileges.ts';
import { userName } from '../../../src/settings/kinds/account-name.ts';
import { put, things, wordsFor } from '../strange-things.ts';

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'account-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'file'), text);
  return join(folder, 'file');
}

const PASSWD = [
  'root:x:0:0::/:/bin/sh',
  '+::::::',
  'zookeeper:x:1000:1001::/:/bin/sh',
  'broken:x:10a:5::/:/bin/sh',
  'far:x:4294967295:5::/:/bin/sh',
  '',
].join('\n');

describe('a user', () => {
  it.each<[string, { uid: number; gid: number } | undefined]>([
    ['zookeeper', { uid: 1_000, gid: 1_001 }],
    ['1000', { uid: 1_000, gid: 1_001 }],
    ['1000:7', { uid: 1_000, gid: 7 }],
    ['5', { uid: 5, gid: 0 }],
    ['root', { uid: 0, gid: 0 }],
    ['broken', undefined],
    ['far', undefined],
    ['+', undefined],
    ['nobody', undefined],
  ])('%s', (user, account) => {
    expect(findAccount(user, fileWith(PASSWD))).toMatchObject(account ?? {});
    expect(findAccount(user, fileWith(PASSWD)) === undefined).toBe(account === undefined);
  });

  it('has a number where the list is missing, and no name', () => {
    const missing = join(fileWith(''), '../missing');
    expect(findAccount('1000', missing)).toEqual({ uid: 1_000, gid: 0 });
    expect(findAccount('zookeeper', missing)).toBeUndefined();
    expect(nameOfUid(1_000, missing)).toBe('uid 1000');
    expect(whyNoNames(missing)).toBe('does not exist');
    expect(whyNoNames(fileWith(PASSWD))).toBeUndefined();
  });

  it.each(things)('is not looked for in what is %s', (thing) => {
    const path = fileWith('');
    put(thing, path);
    expect(findAccount('zookeeper', path)).toBeUndefined();
    expect(whyNoNames(path)).toMatch(wordsFor[thing]);
  });

  it.each<[string, boolean]>([
    ['zookeeper', true],
    ['0', true],
    ['4294967294:4294967294', true],
    ['4294967295', false],
    ['1000:4294967295', false],
    ['99999999999999999999', false],
    ['-1', false],
    ['1000:', false],
    [':1000', false],
    ['1000:staff', false],
    ['1e3', false],
  ])('%s may be written: %s', (text, ok) => {
    expect(userName.parse(text).ok).toBe(ok);
  });
});

describe('what root may do', () => {
  it.each<[string, string[]]>([
    ['CapEff:\t000001ffffffffff', []],
    ['CapEff:\t0000000000000000', ['CHOWN', 'SETGID', 'SETUID']],
    ['CapEff:\t00000000a80425fa', ['CHOWN']],
    ['Name:\tnode', []],
  ])('is told by %j', (status, missing) => {
    expect(
      missingCapabilities(['CHOWN', 'SETGID', 'SETUID'], fileWith(`Uid:\t0\n${status}\nSeccomp:\t0\n`)),
    ).toEqual(missing);
  });

  it.each<[string, number, boolean]>([
    ['         0          0 4294967295\n', 1_000, true],
    ['         0       1000          1\n', 1_000, false],
    ['0 1000 1\n1 100000 65536\n', 1_000, true],
    ['', 1_000, true],
  ])('in a namespace with %j, as uid %i: %s', (map, id, mapped) => {
    expect(isMapped(id, fileWith(map))).toBe(mapped);
  });
});
