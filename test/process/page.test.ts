import { describe, expect, it } from 'vitest';
import { fakeJvm, freePort, startContainer } from './container.ts';
import { firstOf, threeMembers } from './members.ts';
import { mayMount, silentResolver } from './silent-resolver.ts';

const get = async (url: string) => {
  const response = await fetch(url, { headers: { connection: 'close' } });
  return { status: response.status, headers: response.headers, body: await response.text() };
};

describe('the page of a member that waits', () => {
  it('says for whom, and that the others cannot be asked', async () => {
    const three = await threeMembers();
    const container = startContainer(fakeJvm({ serve: true }), { variables: firstOf(three) });
    await container.says(/without data this member waits/);
    const { status, headers, body } = await get(`http://${three.hosts[0]}:${three.healthPort}/`);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(body).toContain('No quorum: 0 of 3 voters serve, 2 are needed');
    expect(body).toMatch(
      /Who waits for what<\/h2>[\s\S]*without data this member waits until a quorum serves/,
    );
    expect(body).toMatch(
      new RegExp(
        `<h3>${three.hosts[1]}</h3>[\\s\\S]*its supervisor does not answer on port ${three.healthPort}`,
      ),
    );
  });

  it('is not there with ZK_HEALTH_PAGE=false', async () => {
    const three = await threeMembers();
    const container = startContainer(fakeJvm({ serve: true }), {
      variables: firstOf(three, { ZK_HEALTH_PAGE: 'false' }),
    });
    await container.says(/without data this member waits/);
    expect(await get(`http://${three.hosts[0]}:${three.healthPort}/`)).toMatchObject({
      status: 404,
      body: 'the page is off: ZK_HEALTH_PAGE is false; for programs there is /status\n',
    });
  });
});

describe.skipIf(!mayMount)('the page where names are not resolved', () => {
  it('comes all the same, and says so', async () => {
    const resolver = await silentResolver();
    const port = String(await freePort());
    const own = '127.0.0.1';
    const hosts = [0, 1, 2, 3, 4].map((place) => `zk-${place}.nowhere.test:2888:3888`);
    startContainer(fakeJvm({ serve: true, mode: 'follower' }), {
      before: [...resolver.before],
      program: [process.execPath, '--', new URL('../../bin/zk-entrypoint', import.meta.url).pathname],
      variables: {
        ZK_REPLICAS: '',
        POD_NAME: 'zk-0',
        ZK_MYID: '1',
        ZK_ENSEMBLE: hosts.join(';'),
        ZK_HEALTH_PORT: port,
        ZK_HEALTH_ADDRESS: own,
        ZK_CLIENT_ADDRESS: own,
        ZK_DNS_TIMEOUT: '1s',
      },
    });
    await expect
      .poll(() => get(`http://${own}:${port}/livez`).catch(() => undefined), { timeout: 20_000 })
      .toMatchObject({ status: 200 });
    for (let times = 0; times < 2; times += 1) {
      const { status, body } = await get(`http://${own}:${port}/`);
      expect(status).toBe(200);
      expect(body.match(/its name was not resolved in time/g)?.length).toBeGreaterThanOrEqual(4);
    }
  });
});
