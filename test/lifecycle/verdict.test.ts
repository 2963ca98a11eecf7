import { describe, expect, it } from 'vitest';
import { reasonLine } from '../../src/lifecycle/reason.ts';
import { signalNames } from '../../src/lifecycle/signals.ts';
import { bug, exited, finishOf, live, serving, starting, term, timeoutOver } from './run.ts';

const statuses = Array.from({ length: 256 }, (_, status) => status);
const asAsked = [0, 130, 143];

describe('an end that nobody asked for', () => {
  it.each(statuses)('status %i is ours, but 0 is 70', (status) => {
    for (const before of [starting, serving]) {
      const { reason, unexplained, ...finish } = finishOf(live([...before, exited(status)]));
      expect(finish.status).toBe(status === 0 ? 70 : status);
      expect(reason.status).toBe(finish.status);
      expect(unexplained).toEqual({ status });
    }
  });

  it.each(signalNames.map((name, index) => [name, 128 + index + 1] as const))(
    '%s is %i',
    (signal, status) => {
      const finish = finishOf(live([...serving, exited(signal)]));
      expect(finish.status).toBe(status);
      expect(finish.unexplained).toEqual({ signal });
      expect(finish.reason.what).toBe(`ZooKeeper was killed by ${signal}`);
    },
  );
});

describe('an end that was asked for', () => {
  it.each(statuses)('status %i: the answers to a stop are 0, every other is ours', (status) => {
    const finish = finishOf(live([...serving, term, exited(status)]));
    expect(finish.status).toBe(asAsked.includes(status) ? 0 : status);
    expect(finish.unexplained).toEqual(asAsked.includes(status) ? undefined : { status });
  });

  it.each(signalNames.map((name, index) => [name, 128 + index + 1] as const))('%s', (signal, status) => {
    const finish = finishOf(live([...serving, term, exited(signal)]));
    expect(finish.status).toBe(asAsked.includes(status) ? 0 : status);
  });
});

describe('an end after our own KILL', () => {
  it.each<[string, number | string, number]>([
    ['by that KILL', 'SIGKILL', 137],
    ['by that KILL, seen through a wrapper', 137, 137],
    ['by TERM at the last moment', 143, 0],
    ['with a status of its own at the last moment', 3, 3],
  ])('%s', (_, end, status) => {
    expect(finishOf(live([...serving, term, timeoutOver, exited(end)])).status).toBe(status);
  });

  it('says that it did not stop in time, and leaves nothing to explain', () => {
    const { reason, unexplained } = finishOf(live([...serving, term, timeoutOver, exited('SIGKILL')]));
    expect(reasonLine(reason)).toMatch(
      /^ZooKeeper had not stopped 20 s after SIGTERM and was killed after serving 3 s, status 137: .*ZK_STOP_TIMEOUT/,
    );
    expect(unexplained).toBeUndefined();
  });
});

it('a KILL during a stop that is not ours is left to be explained', () => {
  const { reason, unexplained } = finishOf(live([...serving, term, exited('SIGKILL')]));
  expect(reason).toMatchObject({
    what: 'ZooKeeper, asked to stop by SIGTERM, was killed by SIGKILL',
    status: 137,
  });
  expect(unexplained).toEqual({ signal: 'SIGKILL' });
});

it.each([...statuses, 'SIGKILL', 'SIGTERM', 'SIGSEGV'])('after a bug, %s is 70 and still told', (end) => {
  const { status, reason } = finishOf(live([...serving, bug, exited(end)]));
  expect(status).toBe(70);
  expect(reason.what).toContain(String(end));
});

describe('how long it had served', () => {
  it.each([
    ['after serving', serving, 'ZooKeeper ended after serving 1 s, status 3'],
    ['never answered', starting, 'ZooKeeper ended before it had answered, status 3'],
  ])('%s', (_, before, line) => {
    expect(reasonLine(finishOf(live([...before, exited(3)])).reason)).toBe(line);
  });

  it('counts the stop in', () => {
    expect(finishOf(live([...serving, term, exited(143)])).reason.servingMs).toBe(2_000);
  });
});

it('keeps the JVM’s own end in the final state', () => {
  expect(live([...serving, exited(0)]).state).toMatchObject({ phase: 'stopped', exit: { status: 0 } });
});
