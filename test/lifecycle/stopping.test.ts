import { describe, expect, it } from 'vitest';
import type { CaughtSignal, LifecycleEventBody } from '../../src/lifecycle/state.ts';
import {
  atOnce,
  budgets,
  bug,
  deeds,
  delayOver,
  exited,
  finishOf,
  lines,
  live,
  prepared,
  serving,
  spawned,
  starting,
  term,
  timeoutOver,
} from './run.ts';

const sent = ['send SIGTERM', 'arm stop-timeout 20000'];
const end = ['kill-group', 'finish 0'];

describe('the order of a stop', () => {
  it.each<[string, LifecycleEventBody[], string[]]>([
    ['while serving', serving, []],
    ['while starting', starting, []],
  ])('%s: readiness, the delay, TERM once, then the group', (_, before) => {
    const life = live([...before, term, delayOver, exited(143)], budgets);
    expect(deeds(life)).toEqual(['spawn', 'fail-readiness', 'arm stop-delay 5000', ...sent, ...end]);
  });

  it('goes to TERM at once when no delay is set', () => {
    expect(deeds(live([...serving, term]))).toEqual(['spawn', 'fail-readiness', ...sent]);
  });

  it('kills the group when the timeout is over, and says so', () => {
    const life = live([...serving, term, timeoutOver, exited('SIGKILL')]);
    expect(deeds(life)).toEqual([
      'spawn',
      'fail-readiness',
      ...sent,
      'kill-group',
      'kill-group',
      'finish 137',
    ]);
    expect(lines(life)).toContain(
      'warn the JVM has not stopped within 20 s: SIGKILL to its whole process group',
    );
  });

  it('does not finish before the JVM’s end is seen', () => {
    expect(live([...serving, term, timeoutOver, timeoutOver]).state.phase).toBe('stopping');
  });

  it('takes the JVM’s end during the delay', () => {
    expect(deeds(live([...serving, term, exited(143)], budgets)).slice(-2)).toEqual(end);
  });
});

describe('a stop between spawn and its pid', () => {
  it('is kept, and acted on when the pid is there', () => {
    expect(deeds(live([prepared, term]))).toEqual(['spawn', 'fail-readiness']);
    expect(deeds(live([prepared, term, spawned]))).toEqual(['spawn', 'fail-readiness', ...sent]);
  });

  it('waits for the delay, if that is longer', () => {
    expect(deeds(live([prepared, term, spawned], budgets))).not.toContain('send SIGTERM');
    expect(deeds(live([prepared, term, spawned, delayOver], budgets)).slice(-2)).toEqual(sent);
    expect(deeds(live([prepared, term, delayOver, spawned], budgets)).slice(-2)).toEqual(sent);
  });

  it('does not hide that java could not be executed', () => {
    const failed = { type: 'spawn-failed', path: '/opt/java/bin/java', code: 'ENOENT' } as const;
    expect(deeds(live([prepared, term, failed])).at(-1)).toBe('finish 127');
  });
});

describe('signals during a stop', () => {
  it.each<CaughtSignal>(['SIGTERM', 'SIGINT', 'SIGHUP'])('a further %s starts no other stop', (signal) => {
    const again = { type: 'signal', signal } as const;
    expect(deeds(live([...serving, term, again, delayOver, again], budgets))).toEqual([
      'spawn',
      'fail-readiness',
      'arm stop-delay 5000',
      ...sent,
    ]);
    expect(lines(live([...serving, term, again]))).toContain(`info ${signal}: the stop has already begun`);
  });

  it('QUIT still shows the threads of a JVM that hangs', () => {
    expect(deeds(live([...serving, term, { type: 'signal', signal: 'SIGQUIT' }])).at(-1)).toBe(
      'send SIGQUIT',
    );
  });

  it('USR1 tells the state', () => {
    const asked = { type: 'signal', signal: 'SIGUSR1' } as const;
    expect(deeds(live([...serving, term, asked])).at(-1)).toBe('report-state');
  });
});

describe('a bug', () => {
  it('stops the JVM without a delay and ends with 70', () => {
    const life = live([...serving, bug, exited(143)], budgets);
    expect(deeds(life)).toEqual(['spawn', 'fail-readiness', ...sent, 'kill-group', 'finish 70']);
  });

  it('kills a JVM that does not stop', () => {
    expect(deeds(live([...serving, bug, timeoutOver])).at(-1)).toBe('kill-group');
  });

  it('before the pid stops the JVM as soon as it has one', () => {
    expect(deeds(live([prepared, bug, spawned]))).toEqual(['spawn', 'fail-readiness', ...sent]);
  });

  it('ends the delay of a stop, sends no second TERM and keeps its first message', () => {
    const second = { type: 'bug', message: 'another' } as const;
    const life = live([...serving, term, bug, second, delayOver, exited(3)], budgets);
    expect(deeds(life).filter((deed) => deed === 'send SIGTERM')).toHaveLength(1);
    expect(finishOf(life).reason).toMatchObject({ status: 70, meaning: 'x is undefined' });
  });

  it('is 70 also where java could not be executed', () => {
    const failed = { type: 'spawn-failed', path: 'java', code: 'EACCES' } as const;
    expect(deeds(live([prepared, bug, failed])).at(-1)).toBe('finish 70');
  });
});

it('QUIT reaches a JVM that does not answer yet', () => {
  expect(deeds(live([...starting, { type: 'signal', signal: 'SIGQUIT' }], atOnce)).at(-1)).toBe(
    'send SIGQUIT',
  );
});
