import { expect, it } from 'vitest';
import { memoryFindings } from '../../src/checks/jvm/memory.ts';
import { listenFindings } from '../../src/checks/network.ts';

const OWN = ['10.0.0.7', 'fd00::7'];

it.each([
  [{ clientAddress: '10.9.9.9' }, OWN, ['ZK-NETWORK-001 ZK_CLIENT_ADDRESS']],
  [{ healthAddress: '10.9.9.9', healthPort: 8090 }, OWN, ['ZK-NETWORK-002 ZK_HEALTH_ADDRESS']],
  [{ healthAddress: '10.9.9.9', healthPort: 0 }, OWN, []],
  [{ clientAddress: '10.0.0.7' }, OWN, []],
  [{ clientAddress: '0.0.0.0', healthAddress: '127.0.0.1', healthPort: 8090 }, OWN, []],
  [{ clientAddress: 'zk-0.zk', healthAddress: '::' }, OWN, []],
  [{ clientAddress: '10.9.9.9' }, undefined, []],
])('%j on a host with %j: %j', (settings, addresses, expected) => {
  const found = listenFindings({ settings, addresses } as never);
  expect(found.map(({ code, subject }) => `${code} ${subject}`)).toEqual(expected);
});

it.each([
  [1_099_511_627_776, 8_589_934_592, ['ZK-MEMORY-001']],
  [1_099_511_627_776, undefined, []],
  [4_294_967_296, 8_589_934_592, []],
])('a heap of %d bytes on a machine of %d bytes: %j', (heapBytes, machineBytes, expected) => {
  const found = memoryFindings({
    settings: { jvmFlags: [], serverJvmFlags: [], extraConfig: [] },
    heapBytes,
    machineBytes,
    // What the heap follows where there is no limit says nothing of the machine.
    memory: { memoryBytes: 2_000_000_000, memoryIs: 'machine' },
  } as never);
  expect(found.map(({ code }) => code)).toEqual(expected);
});
