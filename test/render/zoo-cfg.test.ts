import { parse } from 'dot-properties';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/preparation/prepare.ts';
import { goesTo } from '../../src/settings/row.ts';
import { ownerOfZooCfgKey, rows, table } from '../../src/settings/table.ts';
import { isKey } from '../../src/zookeeper/keys.ts';
import { fakeMachine } from '../preparation/fake-machine.ts';

const written = rows.flatMap(([name, { zooCfg = {} }]) =>
  Object.keys(zooCfg).map((key) => ({ name, key, owner: table[name].variable })),
);

async function zooCfg(variables: Record<string, string>): Promise<Readonly<Record<string, string>>> {
  const machine = fakeMachine({
    variables: { ZK_REPLICAS: '3', ...variables },
    release: '3.9.6',
    logging: 'logback',
  });
  const { ready } = await prepare(machine, { assume: { kind: 'nothing' } });
  const file = ready?.plan.files.find(({ path }) => path.endsWith('/zoo.cfg'));
  return parse(file?.content ?? '') as Readonly<Record<string, string>>;
}

describe('the row of a setting writes its lines of zoo.cfg', () => {
  it.each(written)('$owner: $key', async ({ key, owner }) => {
    expect(isKey(key)).toBe(true);
    expect(ownerOfZooCfgKey(key)).toBe(owner);
    const pairs = await zooCfg({
      ZK_CLIENT_ADDRESS: '0.0.0.0',
      ZK_QUORUM_LISTEN_ON_ALL_IPS: 'true',
      ZK_ADMIN_PORT: '8080',
      ZK_ENSEMBLE: 'zk-0.d,zk-1.d,zk-2.d:2888:3888:observer',
      ZK_REPLICAS: '',
      POD_NAME: 'zk-2',
      ZK_DOMAIN: 'd',
    });
    expect(Object.keys(pairs)).toContain(key);
  });

  it('and leaves out those that the value does not ask for', async () => {
    const pairs = await zooCfg({});
    expect(pairs).toMatchObject({ clientPort: '2181', 'admin.enableServer': 'false' });
    for (const key of ['clientPortAddress', 'quorumListenOnAllIPs', 'peerType', 'admin.serverPort'])
      expect(pairs).not.toHaveProperty([key]);
  });

  it.each([
    [table.dataDir, 'zoo.cfg dataDir, myid'],
    [table.adminPort, 'zoo.cfg admin.enableServer, admin.serverPort'],
    [table.heap, '-Xmx and -Xms, java.env JVMFLAGS'],
  ])('and says where its value goes to', (row, words) => {
    expect(goesTo(row as never)).toBe(words);
  });
});
