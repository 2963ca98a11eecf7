import { describe, expect, it } from 'vitest';
import { domainInHosts } from '../../../src/host/machine/domain.ts';

describe('the domain in the hosts file', () => {
  it.each<[string, string, string | undefined]>([
    [
      '10.1.2.3\tzk-0.zk-headless.default.svc.cluster.local\tzk-0',
      'zk-0',
      'zk-headless.default.svc.cluster.local',
    ],
    ['10.1.2.3 zk-0.zk.a.b. zk-0', 'zk-0', 'zk.a.b'],
    ['# 10.1.2.3 zk-0.commented.out zk-0\n10.1.2.3 zk-0.real.one zk-0', 'zk-0', 'real.one'],
    ['10.1.2.3 zk-0', 'zk-0', undefined],
    ['127.0.0.1 localhost.localdomain localhost', 'localhost', undefined],
    ['10.1.2.3 zk-10.zk.a.b zk-10', 'zk-1', undefined],
    ['', 'zk-0', undefined],
  ])('%j for %s is %s', (hosts, name, domain) => {
    expect(domainInHosts(hosts, name)).toBe(domain);
  });
});
