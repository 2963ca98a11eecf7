import { expect, it } from 'vitest';
import { prepare } from '../../src/preparation/prepare.ts';
import type { Variables } from '../../src/settings/read-row.ts';
import { fakeMachine } from './fake-machine.ts';

const found = async (variables: Variables) => {
  const machine = fakeMachine({ release: '3.9.6', variables });
  const { findings } = await prepare(machine, { assume: { kind: 'nothing' } });
  return findings.map(({ code, subject }) => `${code} ${subject}`);
};

// What is said of a variable that could not be read would be said of its default: "is not set", or a port nobody asked for.
it.each<[Variables, string[]]>([
  [{ ZK_REPLICAS: '3', ZK_DOMAIN: '-x' }, ['ZK-SETTING-001 ZK_DOMAIN']],
  [
    { ZK_REPLICAS: '1', ZK_QUORUM_USER: 'zk', ZK_QUORUM_PASSWORD: 'short' },
    ['ZK-SETTING-001 ZK_QUORUM_PASSWORD'],
  ],
  [{ ZK_REPLICAS: '1', ZK_CLIENT_PORT: 'abc', ZK_HEALTH_PORT: '2181' }, ['ZK-SETTING-001 ZK_CLIENT_PORT']],
])('%j is told of once', async (variables, expected) => expect(await found(variables)).toEqual(expected));

it('control: what rests on another variable is told of in the same breath', async () => {
  expect(await found({ ZK_REPLICAS: '1', ZK_TICK_TIME: 'abc', ZK_HEALTH_PORT: '2181' })).toEqual([
    'ZK-SETTING-001 ZK_TICK_TIME',
    'ZK-SETTING-012 ZK_HEALTH_PORT',
  ]);
});
