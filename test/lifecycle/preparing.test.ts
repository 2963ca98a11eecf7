import { describe, expect, it } from 'vitest';
import { type CaughtSignal, ignoredSignals } from '../../src/lifecycle/state.ts';
import { bug, deeds, finishOf, lines, live, prepared, spawned } from './run.ts';

describe('a stop while preparing', () => {
  it.each<CaughtSignal>(['SIGTERM', 'SIGINT', 'SIGHUP'])(
    '%s ends the start at once, with 0 and a reason',
    (signal) => {
      const life = live([{ type: 'signal', signal }]);
      expect(deeds(life)).toEqual(['abort-preparing', 'finish 0']);
      expect(finishOf(life).reason.what).toBe(`stopped by ${signal} before a JVM was started`);
    },
  );

  it('spawns nothing, though what was prepared arrives later', () => {
    expect(deeds(live([{ type: 'signal', signal: 'SIGTERM' }, prepared, spawned]))).not.toContain('spawn');
  });
});

describe('a request while preparing', () => {
  it('QUIT is ignored with a line', () => {
    const life = live([{ type: 'signal', signal: 'SIGQUIT' }]);
    expect(deeds(life)).toEqual([]);
    expect(lines(life)).toEqual(['warn SIGQUIT is ignored: there is no JVM that could print its threads']);
  });

  it('USR1 tells the state and goes on preparing', () => {
    const life = live([{ type: 'signal', signal: 'SIGUSR1' }]);
    expect(deeds(life)).toEqual(['report-state']);
    expect(life.state.phase).toBe('preparing');
  });

  it.each(ignoredSignals)('%s is ignored with a line', (signal) => {
    const life = live([{ type: 'signal', signal }]);
    expect(deeds(life)).toEqual([]);
    expect(lines(life)).toEqual([`warn ${signal} is ignored`]);
    expect(life.state.phase).toBe('preparing');
  });
});

describe('a refusal', () => {
  it('ends with its own status, what is wrong and what to do', () => {
    const refused = { type: 'refused', status: 78, reason: 'ZK_MYID is taken', remedy: 'free it' } as const;
    const { status, reason, unexplained } = finishOf(live([refused]));
    expect(status).toBe(78);
    expect(reason).toEqual({
      what: 'refused to start',
      status: 78,
      meaning: 'ZK_MYID is taken',
      remedy: 'free it',
    });
    expect(unexplained).toBeUndefined();
  });

  it('may come without a remedy', () => {
    expect(finishOf(live([{ type: 'refused', status: 73, reason: 'disk full' }])).reason).not.toHaveProperty(
      'remedy',
    );
  });
});

it('a bug while preparing ends with 70 and its message', () => {
  const life = live([bug]);
  expect(deeds(life)).toEqual(['abort-preparing', 'finish 70']);
  expect(finishOf(life).reason).toMatchObject({
    meaning: 'x is undefined',
    remedy: expect.stringContaining('report'),
  });
});
