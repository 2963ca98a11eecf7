import { expect, it } from 'vitest';
import { reasonLine } from '../../src/lifecycle/reason.ts';
import { spawnFailure } from '../../src/lifecycle/spawn-failure.ts';
import { deeds, finishOf, live, prepared } from './run.ts';

it.each([
  ['ENOENT', 127],
  ['ENOTDIR', 127],
  ['EACCES', 126],
  ['EPERM', 126],
  ['ENOEXEC', 126],
  ['EISDIR', 126],
  ['ELOOP', 126],
  ['ENAMETOOLONG', 126],
  ['ETXTBSY', 126],
  ['E2BIG', 126],
  ['EAGAIN', 70],
  ['ENOMEM', 70],
  ['UNKNOWN', 70],
])('%s is %i, with the path that was tried', (code, status) => {
  const life = live([prepared, { type: 'spawn-failed', path: '/opt/java/bin/java', code }]);
  expect(deeds(life)).toEqual(['spawn', `finish ${status}`]);
  expect(finishOf(life).reason).toMatchObject({
    what: `cannot execute /opt/java/bin/java (${code})`,
    meaning: expect.stringMatching(/./),
    remedy: expect.stringMatching(/./),
  });
});

it('with what the file shows it is there, and 126', () => {
  const reason = spawnFailure({ path: 'java', code: 'ENOENT', detail: 'it is built for another loader' });
  expect(reason).toMatchObject({ status: 126, meaning: 'it is built for another loader' });
});

it('makes one line', () => {
  expect(reasonLine(spawnFailure({ path: 'java', code: 'ENOENT' }))).toMatch(
    /^cannot execute java \(ENOENT\), status 127: there is no such program.*JAVA_HOME/,
  );
});
