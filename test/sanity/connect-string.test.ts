import { describe, expect, it } from 'vitest';
import { connectString } from '../../src/sanity/connect-string.ts';

describe('a connect string', () => {
  it.each([
    ['zk-0:2181', [{ name: 'zk-0:2181', host: 'zk-0', port: 2181 }]],
    ['zk-0', [{ name: 'zk-0:2181', host: 'zk-0', port: 2181 }]],
    ['127.0.0.1:65535', [{ name: '127.0.0.1:65535', host: '127.0.0.1', port: 65535 }]],
    ['[::1]:2181', [{ name: '[::1]:2181', host: '::1', port: 2181 }]],
    ['[fe80::1%eth0]', [{ name: '[fe80::1%eth0]:2181', host: 'fe80::1%eth0', port: 2181 }]],
    [
      ' a.b:1 , c:2',
      [
        { name: 'a.b:1', host: 'a.b', port: 1 },
        { name: 'c:2', host: 'c', port: 2 },
      ],
    ],
  ])('%s is read', (text, members) => {
    expect(connectString(text)).toEqual({ ok: true, value: members });
  });

  it.each([
    ['', 'names no member', 'give for example zk-0'],
    [' , ', 'names no member', 'give for example zk-0'],
    ['a:1,,b:2', 'has an empty place between its commas', 'host:port'],
    ['a:1,', 'has an empty place between its commas', 'host:port'],
    ['a:0', 'has the port 0', 'from 1 to 65535'],
    ['a:65536', 'has the port 65536', 'from 1 to 65535'],
    ['a:port', 'has "a:port", which cannot be read', 'host:port'],
    ['a:', 'has "a:", which cannot be read', 'host:port'],
    [':2181', 'has ":2181", which cannot be read', 'host:port'],
    ['::1:2181', 'has "::1:2181", which cannot be read', '[fd00::1]:2181'],
    ['[::1', 'has "[::1", which cannot be read', 'host:port'],
    ['a b:1', 'has the host "a b", which is not a DNS name', 'host:port'],
    ['a:1/app', 'has a path', 'only hosts and ports'],
    ['a:1,a:1', 'names a:1 twice', 'once'],
  ])('%j is refused with what is wrong and what to do', (text, problem, remedy) => {
    expect(connectString(text)).toEqual({ ok: false, problem, remedy: expect.stringContaining(remedy) });
  });
});
