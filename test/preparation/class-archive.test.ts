import { expect, it } from 'vitest';
import { prepare } from '../../src/preparation/prepare.ts';
import { fakeMachine } from './fake-machine.ts';

const NETTY = 'serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory';

it.each<[string, Record<string, string>, readonly string[], string | undefined]>([
  ['a plain server takes its own', {}, ['zookeeper.jsa', 'zookeeper-netty.jsa'], 'zookeeper.jsa'],
  ['a plain server does without that of Netty', {}, ['zookeeper-netty.jsa'], undefined],
  [
    'one on Netty takes its own',
    { ZK_EXTRA_CONFIG: NETTY },
    ['zookeeper.jsa', 'zookeeper-netty.jsa'],
    'zookeeper-netty.jsa',
  ],
  [
    'one on Netty takes the other where there is no other',
    { ZK_EXTRA_CONFIG: NETTY },
    ['zookeeper.jsa'],
    'zookeeper.jsa',
  ],
  ['an image without archives starts without', {}, [], undefined],
])('%s', async (_, own, present, expected) => {
  const machine = {
    ...fakeMachine({ release: '3.9.6', variables: { ZK_REPLICAS: '3', ...own } }),
    findClassArchive: ({ home, names }: { home: string; names: readonly string[] }) => {
      const name = names.find((each) => present.includes(each));
      return name === undefined
        ? ({ kind: 'absent' } as const)
        : ({ kind: 'fits', path: `${home}/lib/${name}` } as const);
    },
  };
  const { ready } = await prepare(machine, { assume: { kind: 'nothing' } });
  const flag = ready?.plan.java.args.find((word) => word.startsWith('-XX:SharedArchiveFile='));
  expect(flag?.split('/').at(-1)).toBe(expected);
});
