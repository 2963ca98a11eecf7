import { describe, expect, it } from 'vitest';
import { next } from '../../src/lifecycle/next.ts';
import type { LifecycleEventBody } from '../../src/lifecycle/state.ts';
import {
  answered,
  bug,
  deeds,
  delayOver,
  exited,
  lines,
  live,
  prepared,
  serving,
  spawned,
  starting,
  term,
  timeoutOver,
} from './run.ts';

describe('the phases of a life', () => {
  it.each<[string, LifecycleEventBody[], string]>([
    ['nothing has happened', [], 'preparing'],
    ['prepared', [prepared], 'starting'],
    ['a pid', starting, 'starting'],
    ['the first answer', serving, 'serving'],
    ['a stop while serving', [...serving, term], 'stopping'],
    ['a stop while starting', [...starting, term], 'stopping'],
    ['a stop before the pid', [prepared, term], 'stopping'],
    ['a stop while preparing', [term], 'stopped'],
    ['a bug while preparing', [bug], 'stopped'],
    ['a bug while serving', [...serving, bug], 'stopping'],
    ['the JVM’s end', [...serving, exited(1)], 'stopped'],
    ['an answer without a pid is not ours', [prepared, answered], 'starting'],
    ['a second answer', [...serving, answered], 'serving'],
    ['an answer during a stop', [...starting, term, answered], 'stopping'],
  ])('%s', (_, events, phase) => {
    expect(live(events).state.phase).toBe(phase);
  });
});

describe('starting', () => {
  it('spawns once, however often it is prepared', () => {
    expect(deeds(live([prepared, prepared, spawned, prepared, answered, prepared]))).toEqual(['spawn']);
  });

  it('keeps the first pid', () => {
    expect(live([...starting, { type: 'spawned', pid: 18 }]).state).toMatchObject({ pid: 17 });
  });

  it('says the pid and how long the start took', () => {
    const life = live(serving);
    expect(lines(life)).toEqual(['info the JVM is started', 'info ZooKeeper answers']);
    expect(life.actions.at(-1)).toMatchObject({ fields: { pid: 17, startedInMs: 2_000 } });
  });

  it('does not believe in a failure to spawn once there is a pid', () => {
    expect(live([...starting, { type: 'spawn-failed', path: 'java', code: 'ENOENT' }]).state.phase).toBe(
      'starting',
    );
  });
});

describe('what does not concern a phase', () => {
  it.each<[string, LifecycleEventBody[], LifecycleEventBody]>([
    ['a timer while preparing', [], delayOver],
    ['a timer while serving', serving, timeoutOver],
    ['an exit while preparing', [], exited(3)],
    ['a refusal while serving', serving, { type: 'refused', status: 78, reason: 'late' }],
    ['a kill before TERM', [...serving], timeoutOver],
  ])('%s', (_, before, event) => {
    const life = live(before);
    const step = next(
      life.state,
      { ...event, atMs: 99_000 },
      { stopWaitMs: 0, stopDelayMs: 0, stopTimeoutMs: 0 },
    );
    expect(step).toEqual({ state: life.state, actions: [] });
  });
});

describe('a final state stays final', () => {
  const events: LifecycleEventBody[] = [
    prepared,
    spawned,
    { type: 'spawn-failed', path: 'java', code: 'ENOENT' },
    { type: 'refused', status: 78, reason: 'no' },
    answered,
    ...(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const).map((signal) => ({
      type: 'signal' as const,
      signal,
    })),
    delayOver,
    timeoutOver,
    exited(0),
    exited('SIGKILL'),
    bug,
  ];
  const ends: [string, LifecycleEventBody[]][] = [
    ['after a refusal', [{ type: 'refused', status: 78, reason: 'no' }]],
    ['after a stop before the JVM', [term]],
    ['after the JVM’s end', [...serving, exited(3)]],
    ['after a stop', [...serving, term, exited(143)]],
  ];
  const cases = ends.flatMap(([when, life]) =>
    events.map((event) => [JSON.stringify(event), when, life, event] as const),
  );

  it.each(cases)('%s %s', (_, _when, before, event) => {
    const { state } = live(before);
    expect(
      next(state, { ...event, atMs: 99_000 }, { stopWaitMs: 0, stopDelayMs: 0, stopTimeoutMs: 0 }),
    ).toEqual({
      state,
      actions: [],
    });
  });
});
