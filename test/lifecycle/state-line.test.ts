import { expect, it } from 'vitest';
import { stateLine } from '../../src/lifecycle/reason.ts';
import type { LifecycleEventBody } from '../../src/lifecycle/state.ts';
import { budgets, bug, exited, live, prepared, serving, starting, term, timeoutOver } from './run.ts';

it.each<[LifecycleEventBody[], string]>([
  [[], 'preparing for 10 s, no JVM yet'],
  [[prepared], 'starting for 9 s, JVM without a pid yet'],
  [starting, 'starting for 9 s, JVM pid 17'],
  [serving, 'serving for 7 s, JVM pid 17'],
  [[...serving, term], 'stopping for 6 s, JVM pid 17, asked by SIGTERM, SIGTERM not sent yet'],
  [[...serving, bug], 'stopping for 6 s, JVM pid 17, after a bug in zk-entrypoint, SIGTERM sent'],
  [
    [...serving, bug, timeoutOver],
    'stopping for 6 s, JVM pid 17, after a bug in zk-entrypoint, SIGKILL sent',
  ],
  [[...serving, exited(3)], 'stopped for 6 s: ZooKeeper ended'],
])('%j', (events, line) => {
  expect(stateLine(live(events, budgets).state, 10_000)).toBe(line);
});
