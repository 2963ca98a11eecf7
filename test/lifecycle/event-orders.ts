import fc from 'fast-check';
import { signalNames } from '../../src/lifecycle/signals.ts';
import { type Budgets, caughtSignals, type LifecycleEventBody } from '../../src/lifecycle/state.ts';

const constant = <Body extends LifecycleEventBody>(body: Body): fc.Arbitrary<LifecycleEventBody> =>
  fc.constant(body);

const anyExit: fc.Arbitrary<LifecycleEventBody> = fc.oneof(
  fc.record({ type: fc.constant('exited' as const), status: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ type: fc.constant('exited' as const), signal: fc.constantFrom(...signalNames) }),
  fc.constantFrom(...[0, 130, 137, 143].map((status) => ({ type: 'exited' as const, status }))),
);

const anyEvent: fc.Arbitrary<LifecycleEventBody> = fc.oneof(
  constant({ type: 'prepared' }),
  fc.integer({ min: 2, max: 4 }).map((pid) => ({ type: 'spawned' as const, pid })),
  fc
    .constantFrom('ENOENT', 'EACCES', 'EAGAIN')
    .map((code) => ({ type: 'spawn-failed' as const, path: 'java', code })),
  fc.constantFrom(73, 77, 78).map((status) => ({ type: 'refused' as const, status, reason: 'no' })),
  constant({ type: 'answered' }),
  fc.constantFrom(...caughtSignals).map((signal) => ({ type: 'signal' as const, signal })),
  constant({ type: 'leave-taken' }),
  constant({ type: 'held' }),
  constant({ type: 'released' }),
  constant({ type: 'stop-wait-over' }),
  constant({ type: 'stop-delay-over' }),
  constant({ type: 'stop-timeout-over' }),
  fc.constantFrom('one', 'two').map((message) => ({ type: 'bug' as const, message })),
  anyExit,
);

/** How a life really goes, so that arbitrary events also meet its later phases. */
const beginning: fc.Arbitrary<LifecycleEventBody[]> = fc
  .nat(7)
  .map((length) =>
    (
      [
        { type: 'prepared' },
        { type: 'spawned', pid: 2 },
        { type: 'answered' },
        { type: 'signal', signal: 'SIGTERM' },
        { type: 'leave-taken' },
        { type: 'stop-delay-over' },
        { type: 'stop-timeout-over' },
      ] satisfies LifecycleEventBody[]
    ).slice(0, length),
  );

/** Any events in any order, possible or not, after a beginning of any length. */
export const anyOrder: fc.Arbitrary<LifecycleEventBody[]> = fc
  .tuple(beginning, fc.array(anyEvent, { maxLength: 30 }))
  .map(([first, then]) => [...first, ...then]);

export const anyBudgets: fc.Arbitrary<Budgets> = fc.record({
  stopWaitMs: fc.constantFrom(0, 3_000),
  stopDelayMs: fc.constantFrom(0, 5_000),
  stopTimeoutMs: fc.constantFrom(0, 20_000),
});
