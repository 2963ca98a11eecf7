import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayStop, type PeerAtStop } from '../../src/membership/farewell.ts';

const serves: PeerAtStop = { serves: true, leads: false, stops: false };
const stopsToo: PeerAtStop = { ...serves, stops: true };
const leads: PeerAtStop = { ...serves, leads: true };

function look(myid: number, peers: Readonly<Record<number, PeerAtStop | undefined>>, voters = [1, 2, 3]) {
  const map = new Map(Object.entries(peers).map(([id, peer]) => [Number(id), peer]));
  return mayStop({ myid, leads: false, voters, peers: map });
}

describe('a member that is asked to stop', () => {
  it('goes while the others are a quorum', () => {
    expect(look(1, { 2: serves, 3: leads })).toBe(true);
  });

  it('waits while one of three is away already', () => {
    expect(look(1, { 2: serves, 3: undefined })).toBe(false);
    expect(look(1, { 2: serves, 3: { ...serves, serves: false } })).toBe(false);
  });

  it('of two at once, the lower id goes and the leader is last', () => {
    expect(look(1, { 2: stopsToo, 3: serves })).toBe(true);
    expect(look(2, { 1: stopsToo, 3: serves })).toBe(false);
    const asLeader = {
      myid: 1,
      leads: true,
      voters: [1, 2, 3],
      peers: new Map([
        [2, stopsToo],
        [3, serves],
      ]),
    };
    expect(mayStop(asLeader)).toBe(false);
  });

  it('waits for nothing that cannot be', () => {
    expect(look(1, { 2: serves }, [1, 2])).toBe(true);
    expect(look(1, { 2: stopsToo, 3: stopsToo })).toBe(true);
    expect(look(1, { 2: undefined, 3: undefined })).toBe(true);
    expect(look(9, { 1: serves })).toBe(true);
  });

  it('of any that are asked at once, one may always go', () => {
    fc.assert(
      fc.property(
        fc.subarray([1, 2, 3, 4, 5], { minLength: 1 }),
        fc.constantFrom(1, 2, 3, 4, 5),
        (stopping, leader) => {
          const voters = [1, 2, 3, 4, 5];
          const peer = (id: number): PeerAtStop => ({
            serves: true,
            leads: id === leader,
            stops: stopping.includes(id),
          });
          const may = stopping.filter((id) =>
            mayStop({
              myid: id,
              leads: id === leader,
              voters,
              peers: new Map(voters.filter((other) => other !== id).map((other) => [other, peer(other)])),
            }),
          );
          expect(may.length).toBeGreaterThan(0);
          // While somebody stays, those that go leave a quorum behind.
          if (stopping.length < voters.length) expect(voters.length - may.length).toBeGreaterThanOrEqual(3);
        },
      ),
    );
  });
});
