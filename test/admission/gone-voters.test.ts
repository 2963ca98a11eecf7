import { describe, expect, it } from 'vitest';
import { goneVoters } from '../../src/admission/gone-voters.ts';
import type { MemberRecord } from '../../src/admission/record.ts';
import type { Member } from '../../src/ensemble/member.ts';

const PODS = ['zk-0.zk', 'zk-1.zk', 'zk-2.zk'];
const HOSTS = { 3: 'c', 4: 'd', 5: 'e' };
const FIVE = [1, 2, 3, 4, 5];

type Before = Partial<Pick<MemberRecord, 'begun' | 'members'>> | undefined;

describe('those who were voters and are in the list no more', () => {
  it.each<[string, readonly string[], Before, readonly string[]]>([
    ['are where the last start has left them', ['a', 'b', 'c'], begun(HOSTS), ['4=d', '5=e']],
    ['are counted on, in a record without addresses', PODS, begun(), ['4=zk-3.zk', '5=zk-4.zk']],
    ['are counted on, in a record without a list', PODS, { members: FIVE }, ['4=zk-3.zk', '5=zk-4.zk']],
    ['are counted on without a domain', ['zk-0', 'zk-1', 'zk-2'], begun(), ['4=zk-3', '5=zk-4']],
    ['are counted on from an offset', ['zk-7.x', 'zk-8.x', 'zk-9.x'], begun(), ['4=zk-10.x', '5=zk-11.x']],
    ['are not known where names are not counted', ['a', 'b', 'c'], begun(), []],
    ['are not known where one name is another', ['zk-0', 'zk-1', 'zq-2'], begun(), []],
    ['are not known by addresses', ['10.0.0.1', '10.0.0.2', '10.0.0.3'], begun(), []],
    ['are none without a record', PODS, undefined, []],
    ['are none where all are in the list', PODS, { members: [1, 2, 3] }, []],
  ])('%s', (_what, names, before, gone) => {
    const members = names.map((host, place) => ({ id: place + 1, host, role: 'participant' }) as Member);
    const record = before && ({ members: [], ...before } as unknown as MemberRecord);
    const found = goneVoters(record, { self: members[0] as Member, members });
    expect(found.map(({ id, host }) => `${id}=${host}`)).toEqual(gone);
  });
});

function begun(hosts?: Readonly<Record<string, string>>): Before {
  return { begun: { voters: FIVE, epoch: 1, ...(hosts && { hosts }) } };
}
