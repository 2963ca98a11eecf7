import { describe, expect, it } from 'vitest';
import { next } from '../../src/lifecycle/next.ts';
import type { LifecycleAction } from '../../src/lifecycle/state.ts';
import { holdPromises, promisesBrokenBy } from './hold-promises.ts';
import type { Next } from './watch.ts';

describe('negative control: the property fails for a lifecycle that', () => {
  const term: LifecycleAction = { type: 'send', signal: 'SIGTERM' };
  const spawn: LifecycleAction = { type: 'spawn' };

  /** The real step with other actions. */
  const acting =
    (change: (actions: readonly LifecycleAction[]) => LifecycleAction[]): Next =>
    (state, event, budgets) => {
      const step = next(state, event, budgets);
      return { ...step, actions: change(step.actions) };
    };

  it.each<[string, string, Next]>([
    [
      'passes every signal on',
      'at most one TERM',
      (state, event, budgets) => {
        const step = next(state, event, budgets);
        const passed = event.type === 'signal' && state.phase === 'stopping' && state.pid !== undefined;
        return passed ? { ...step, actions: [...step.actions, term] } : step;
      },
    ],
    [
      'loses the status',
      'the JVM’s exit is kept, and its status is ours as promised',
      acting((actions) => actions.map((a) => (a.type === 'finish' ? finishedWith(a, 0) : a))),
    ],
    [
      'does not believe that 0 can be a failure',
      'the JVM’s exit is kept, and its status is ours as promised',
      acting((actions) =>
        actions.map((a) => (a.type === 'finish' && a.status === 70 ? finishedWith(a, 0) : a)),
      ),
    ],
    [
      'restarts a JVM that has ended',
      'at most one spawn',
      acting((actions) =>
        actions.flatMap<LifecycleAction>((a) => (a.type === 'kill-group' ? [a, spawn] : a)),
      ),
    ],
    [
      'starts what is prepared though it was told to stop',
      'no spawn once a stop was asked for',
      (state, event, budgets) =>
        state.phase === 'stopped' && event.type === 'prepared'
          ? { state, actions: [spawn] }
          : next(state, event, budgets),
    ],
    [
      'leaves its final state',
      'nothing after the finish',
      (state, event, budgets) =>
        state.phase === 'stopped' && event.type === 'answered'
          ? { state: { phase: 'serving', sinceMs: 0, pid: 2 }, actions: [] }
          : next(state, event, budgets),
    ],
    [
      'gives up after the timeout instead of waiting for the end',
      'no finish while a JVM runs',
      (state, event, budgets) => {
        if (state.phase !== 'stopping' || event.type !== 'stop-timeout-over')
          return next(state, event, budgets);
        const reason = { what: 'gave up', status: 137 };
        return {
          state: { phase: 'stopped', sinceMs: 0, reason, exit: undefined },
          actions: [{ type: 'finish', status: 137, reason, unexplained: undefined }],
        };
      },
    ],
    [
      'leaves grandchildren',
      'the group is killed when the JVM has ended',
      acting((actions) => actions.filter(({ type }) => type !== 'kill-group')),
    ],
    [
      'stays ready until TERM',
      'readiness fails before TERM',
      acting((actions) => actions.filter(({ type }) => type !== 'fail-readiness')),
    ],
    [
      'ends without a word',
      'each finish has a reason with its status',
      acting((actions) =>
        actions.map((a) => (a.type === 'finish' ? { ...a, reason: { ...a.reason, what: '' } } : a)),
      ),
    ],
  ])('%s', { timeout: 60_000 }, (_, promise, broken) => {
    expect(() => holdPromises(broken)).toThrow('broken: ');
    expect(promisesBrokenBy(broken)).toContain(promise);
  });

  function finishedWith(
    action: Extract<LifecycleAction, { type: 'finish' }>,
    status: number,
  ): LifecycleAction {
    return { ...action, status, reason: { ...action.reason, status } };
  }
});
