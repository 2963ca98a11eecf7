import { describe, expect, it } from 'vitest';
import { prepare } from '../../../src/preparation/prepare.ts';
import { ensembleList } from '../../../src/settings/kinds/ensemble-list.ts';
import { bindAddress, dnsName, isIPv4 } from '../../../src/settings/kinds/hosts.ts';
import type { Kind } from '../../../src/settings/kinds/kind.ts';
import { fakeMachine } from '../../preparation/fake-machine.ts';

const outcome = <T>(kind: Kind<T>, text: string) => {
  const read = kind.parse(text);
  return read.ok ? kind.format(read.value) : `refused: ${read.problem}; ${read.remedy}`;
};
const LABEL_64 = 'a'.repeat(64);
const NAME_254 = `${`${'a'.repeat(49)}.`.repeat(5)}${'a'.repeat(4)}`;

/** What no host may be, wherever one is asked for. */
const NO_HOSTS: readonly (readonly [string, string])[] = [
  ['2181', 'is a number'],
  ['0', 'is a number'],
  ['0x7f', 'is a number'],
  ['1.2.3', 'is not an IPv4 address'],
  ['0x7f.1', 'is not an IPv4 address'],
  ['256.1.1.1', 'is not an IPv4 address'],
  ['010.0.0.1', 'is not an IPv4 address'],
  ['1.2.3.4.5', 'is not an IPv4 address'],
  ['zk-0..zk', 'is not a DNS name'],
  ['.zk', 'is not a DNS name'],
  ['-zk', 'is not a DNS name'],
  ['zk-', 'is not a DNS name'],
  ['zk 0', 'is not a DNS name'],
  ['zk\u00e4', 'is not a DNS name'],
  ['*.zk', 'is not a DNS name'],
  ['zk/0', 'is not a DNS name'],
  [LABEL_64, 'at most 63'],
  [`zk.${LABEL_64}.svc`, 'at most 63'],
  [NAME_254, 'at most 253'],
];

describe('a domain', () => {
  it.each(NO_HOSTS)('%j is refused: %s', (text, problem) => {
    expect(outcome(dnsName, text)).toMatch(new RegExp(`^refused: .*${problem}`));
  });
  it.each(['10.0.0.1', '::1', '[::1]', 'http://zk', 'zk:2181', 'zk,svc'])('%j is refused', (text) => {
    expect(outcome(dnsName, text)).toMatch(/^refused: /);
  });
  it.each([
    ['zk-headless.default.svc.cluster.local', 'zk-headless.default.svc.cluster.local'],
    ['cluster.local.', 'cluster.local'],
    ['under_score', 'under_score'],
    ['xn--zk-wla', 'xn--zk-wla'],
    ['a'.repeat(63), 'a'.repeat(63)],
    ['0.pool', '0.pool'],
  ])('%j is %s', (text, name) => {
    expect(outcome(dnsName, text)).toBe(name);
  });
});

describe('an address to bind to', () => {
  it.each(NO_HOSTS)('%j is refused: %s', (text, problem) => {
    expect(outcome(bindAddress, text)).toMatch(new RegExp(`^refused: .*${problem}`));
  });
  it.each([
    '0.0.0.0:2181',
    '[::1]:2181',
    'zk-0:2181',
    '[zk-0]',
    '[]',
    '::g',
    'all',
    '*',
    ':2181',
    '127.0.0.1/8',
  ])('%j is refused, or a name', (text) => {
    if (text === 'all') expect(outcome(bindAddress, text)).toBe('all');
    else expect(outcome(bindAddress, text)).toMatch(/^refused: /);
  });
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['::', '::'],
    ['[::1]', '::1'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['localhost', 'localhost'],
    ['zk-0.zk.svc.', 'zk-0.zk.svc'],
  ])('%j is %s', (text, address) => {
    expect(outcome(bindAddress, text)).toBe(address);
  });
  it('tells what to write where a port stands too', () => {
    expect(outcome(bindAddress, '0.0.0.0:2181')).toContain('give the address alone: 0.0.0.0');
  });
});

describe('a member of ZK_ENSEMBLE', () => {
  const refused = NO_HOSTS.filter(([text]) => !/[ ]/.test(text));
  it.each(refused)('%j is refused: %s', (text, problem) => {
    expect(outcome(ensembleList, `zk-0;${text}`)).toMatch(new RegExp(`^refused: .*${problem}`));
  });
  it.each([
    ['zk-1:2888:3888;2181', 'ZK_CLIENT_PORT'],
    ['zk-1:2888:3888;2181,zk-2:2888:3888;2181', 'ZK_CLIENT_PORT'],
    ['server.x=zk-1:2888:3888', 'cannot be read|not a DNS name'],
    ['zk-1:2888', 'one port'],
    ['zk-1:0:3888', 'the port 0'],
    ['zk-1:2888:65536', 'the port 65536'],
    ['zk-1:+2888:3888', 'cannot be read'],
    ['zk-1:2888:3888:leader', 'the role "leader"'],
    ['fd00::1', 'cannot be read'],
    ['[10.0.0.1]:2888:3888', 'not an IPv6 address|cannot be read'],
    ['[fd00::1', 'cannot be read'],
    ['zk-1:2888:3888|zk-1b:2888:3888', 'cannot be read|not a DNS name'],
  ])('%j is refused: %s', (text, problem) => {
    expect(outcome(ensembleList, text)).toMatch(new RegExp(`^refused: .*(${problem})`));
  });
  it.each([
    ['zk-0;zk-1', 'zk-0;zk-1'],
    ['zk_0.zk.svc.:2888:3888', 'zk_0.zk.svc:2888:3888'],
    ['10.0.0.1:2888:3888:observer', '10.0.0.1:2888:3888:observer'],
    ['[fe80::1%eth0]:2888:3888', '[fe80::1%eth0]:2888:3888'],
  ])('%j is %s', (text, list) => {
    expect(outcome(ensembleList, text)).toBe(list);
  });
});

describe('names and addresses in other places', () => {
  const found = async (variables: Record<string, string>) => {
    const machine = fakeMachine({ release: '3.9.6', variables: { ZK_REPLICAS: '3', ...variables } });
    const { findings } = await prepare(machine, { assume: { kind: 'nothing' } });
    return findings.map(({ code, subject }) => `${code} ${subject}`);
  };
  it.each<[Record<string, string>, string[]]>([
    [{ ZK_DOMAIN: '1.2.3' }, ['ZK-SETTING-001 ZK_DOMAIN']],
    [{ ZK_CLIENT_ADDRESS: '0.0.0.0:2181' }, ['ZK-SETTING-001 ZK_CLIENT_ADDRESS']],
    [{ ZK_HEALTH_ADDRESS: 'not an address' }, ['ZK-SETTING-001 ZK_HEALTH_ADDRESS']],
    [{ JMXHOSTNAME: 'a b' }, ['ZK-SETTING-001 JMXHOSTNAME']],
    [{ ZK_EXTRA_CONFIG: 'admin.serverAddress=0.0.0.0:8080' }, ['ZK-CONFIG-001 ZK_EXTRA_CONFIG']],
    [{ ZK_EXTRA_CONFIG: 'metricsProvider.httpHost=1.2.3' }, ['ZK-CONFIG-001 ZK_EXTRA_CONFIG']],
    [{ ZK_DOMAIN: NAME_254.slice(0, 250) }, Array(3).fill('ZK-ENSEMBLE-005 ZK_REPLICAS')],
    [{ ZK_DOMAIN: NAME_254.slice(0, 240) }, []],
    [{ ZK_CLIENT_PORT: '0' }, ['ZK-SETTING-001 ZK_CLIENT_PORT']],
    [{ ZK_CLIENT_PORT: '65536' }, ['ZK-SETTING-001 ZK_CLIENT_PORT']],
    [{ ZK_CLIENT_PORT: '+2181' }, ['ZK-SETTING-001 ZK_CLIENT_PORT']],
    [{ ZK_CLIENT_PORT: '0x885' }, ['ZK-SETTING-001 ZK_CLIENT_PORT']],
    [{ ZK_CLIENT_PORT: '2182 ' }, []],
  ])('%j: %j', async (variables, expected) => {
    expect(await found(variables)).toEqual(expected);
  });
});

it('knows an IPv4 address', () => {
  for (const text of ['0.0.0.0', '255.255.255.255', '10.1.2.3']) expect(isIPv4(text)).toBe(true);
  for (const text of ['1.2.3', '1.2.3.4.', '01.2.3.4', '1.2.3.256', '1..2.3', ''])
    expect(isIPv4(text)).toBe(false);
});
