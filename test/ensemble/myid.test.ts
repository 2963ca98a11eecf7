import { describe, expect, it } from 'vitest';
import { type MyidOnDisk, myidFindings } from '../../src/ensemble/myid.ts';

const judge = (found: MyidOnDisk) => myidFindings(found, { myid: 2, path: '/data/myid' });
const text = (content: string): MyidOnDisk => ({ kind: 'text', text: content });

describe('myid', () => {
  it.each(['2', '2\n', '2\r\n', '02\n'])('accepts %j', (content) => {
    expect(judge(text(content))).toEqual([]);
  });

  it('accepts an absent file', () => {
    expect(judge({ kind: 'absent' })).toEqual([]);
  });

  it.each(['', '\n', ' 2', '2 ', '\n2\n', '2\n3\n', 'abc', '-2', '2.0', '٢', '\u0000'])(
    'cannot understand %j',
    (content) => {
      expect(judge(text(content)).map(({ code }) => code)).toEqual(['ZK-VOLUME-002']);
    },
  );

  it('cannot understand a directory', () => {
    expect(judge({ kind: 'unreadable', problem: 'is a directory' })[0]?.problem).toBe('is a directory');
  });

  it('says how to count from 0 where the volume holds the ordinal of its pod', () => {
    const remedyFor = (name: string) =>
      myidFindings(text('1\n'), { myid: 2, path: '/data/myid', name })[0]?.remedy;
    expect(remedyFor('zk-1')).toContain('ZK_MYID_OFFSET=0');
    expect(remedyFor('zk-2')).not.toContain('ZK_MYID_OFFSET');
  });

  it('names both ids and the likely cause of another one', () => {
    const [found] = judge(text('3\n'));
    expect(found?.code).toBe('ZK-VOLUME-001');
    expect(found?.problem).toBe(
      'holds the id 3, but this server is 2: most likely the volume of another pod',
    );
    expect(found?.subject).toBe('/data/myid');
  });
});
