import { describe, expect, it } from 'vitest';
import { withoutQuorumSince } from '../../src/supervision/health-endpoint.ts';
import type { Srvr } from '../../src/zookeeper/four-letter/srvr.ts';

const leader: Srvr = { serving: true, mode: 'leader' };
const readOnly: Srvr = { serving: true, mode: 'read-only' };
const alone: Srvr = { serving: false, cause: 'no-quorum', sentence: '' };
const silent: Srvr = { serving: false, cause: 'no-answer', sentence: '' };

describe('without a quorum', () => {
  it.each([
    ['begins when it is first seen', undefined, alone, 70],
    ['began when it was first seen', 50, alone, 50],
    ['ends when ZooKeeper serves again', 50, leader, undefined],
    ['goes on in read-only mode', 50, readOnly, 50],
    ['goes on while nothing is known', 50, silent, 50],
    ['does not begin because of silence', undefined, silent, undefined],
  ])('%s', (_what, since, srvr, expected) => {
    expect(withoutQuorumSince(since, srvr, 70)).toBe(expected);
  });
});
