import { describe, expect, it } from 'vitest';
import type { PeerAnswer } from '../../src/admission/peer-replies.ts';
import type { CommittedFact } from '../../src/health/facts.ts';
import { type CommittedConfiguration, configurationLines } from '../../src/membership/configuration.ts';
import { prepare, type Ready } from '../../src/preparation/prepare.ts';
import { type StartLook, type StartMember, startLook, startMember } from '../../src/start/member.ts';
import { besideDynamic, isPast, placeFindings, placeOnVolume, takesPartAsOf } from '../../src/start/place.ts';
import { dataFolder } from '../../src/volume/volume-facts.ts';
import { configuration } from '../membership/model.ts';
import { fakeMachine } from '../preparation/fake-machine.ts';

async function member(membership: 'static' | 'dynamic', replicas = '3'): Promise<StartMember> {
  const { ready } = await prepare(
    fakeMachine({ release: '3.9.6', variables: { ZK_REPLICAS: replicas, ZK_MEMBERSHIP: membership } }),
    { assume: { kind: 'nothing' } },
  );
  return startMember(ready as Ready, 'ours');
}

function look(of: StartMember, committed?: CommittedConfiguration): StartLook {
  const folder = dataFolder('/data/version-2', ['snapshot.100000001', 'log.100000002']);
  const epochs = { acceptedEpoch: undefined, currentEpoch: undefined, unfinished: undefined };
  const contents = { facts: { data: folder, log: folder }, epochs, heads: [] };
  const membership =
    committed === undefined
      ? ({ kind: 'none' } as const)
      : ({ kind: 'committed', configuration: committed } as const);
  return startLook(of, contents, { disk: { kind: 'absent' }, text: '', membership });
}

const fact = (of: CommittedConfiguration): CommittedFact => ({
  version: of.version.toString(16),
  servers: configurationLines(of),
});

/** What the others of three say; undefined for one that is silent. */
function answers(
  of: StartMember,
  committed: readonly (CommittedConfiguration | null | undefined)[],
): PeerAnswer[] {
  return committed.map((each, place): PeerAnswer => {
    const peer = of.peers[place] as StartMember['self'];
    if (each === undefined) return { member: peer, told: undefined, silence: 'does not resolve' };
    const told = {
      id: peer.id,
      instance: `of ${peer.id}`,
      ensemble: of.name.name,
      domain: of.name.domain,
      servers: [],
      voters: of.voters,
      volume: 'data' as const,
      known: [1, 2, 3],
      waiting: false,
      committed: each === null ? null : fact(each),
    };
    return {
      member: peer,
      silence: '',
      told: { mode: 'follower', waiting: undefined, server: undefined, member: told },
    };
  });
}

const three = configuration([1, 2, 3], 16n);
const four = configuration([1, 2, 3, 4], 17n);
const zooCfgOf = ({ ready }: StartMember) =>
  ready.plan.files.find(({ path }) => path.endsWith('/zoo.cfg'))?.content ?? '';

describe('a member that goes back to a static list', () => {
  it('has the client ports in it while anybody goes by what was committed', async () => {
    const own = await member('static');
    const beside = besideDynamic({ member: own, look: look(own) }, answers(own, [three, null]));
    expect(zooCfgOf(beside)).toMatch(/^server\.1=.*:2888:3888:participant;2181$/m);
    expect(beside.committed).toBeUndefined();
  });

  it('has them too while somebody is silent who may, where its own volume was part of it', async () => {
    const own = await member('static');
    const beside = besideDynamic({ member: own, look: look(own, three) }, answers(own, [undefined, null]));
    expect(zooCfgOf(beside)).toMatch(/^server\.1=.*;2181$/m);
  });

  it('has the list as ever once all have gone back, or never went', async () => {
    const own = await member('static');
    for (const [seen, said] of [
      [look(own, three), [null, null]],
      [look(own), [undefined, undefined]],
    ] as const) {
      const alone = besideDynamic({ member: own, look: seen }, answers(own, said));
      expect(zooCfgOf(alone)).toMatch(/^server\.1=[^;]*:2888:3888$/m);
    }
    expect(isPast(answers(own, [null, null]))).toBe(true);
    expect(isPast(answers(own, [null, undefined]))).toBe(false);
  });

  it('is refused beside other members, whoever tells of them', async () => {
    const own = await member('static');
    const codes = (seen: StartLook, said: Parameters<typeof answers>[1]) =>
      placeFindings({ member: own, look: seen }, answers(own, said), own.ready.ensemble).map(
        ({ code }) => code,
      );
    expect(codes(look(own, four), [undefined, undefined])).toEqual(['ZK-MEMBERSHIP-004']);
    expect(codes(look(own, three), [undefined, undefined])).toEqual([]);
    // What is past on all others binds nobody.
    expect(codes(look(own, four), [null, null])).toEqual([]);
  });
});

describe('whether a member takes part by what is committed when it starts', () => {
  const takePart = { kind: 'take-part', configuration: three } as const;
  it.each<[string, Parameters<typeof answers>[1], boolean]>([
    ['another has the same, and the rest is silent', [three, undefined], true],
    ['all others have the same', [three, three], true],
    // It was removed, or others came, while it was down.
    ['one has a later one', [three, four], false],
    ['one has an older one, and nobody the same', [configuration([1, 2], 15n), undefined], false],
    ['nobody answers', [undefined, undefined], false],
  ])('where %s', async (_, said, expected) => {
    expect(takesPartAsOf(takePart, answers(await member('dynamic'), said))).toBe(expected);
  });

  it('does not where it joins or begins', async () => {
    const said = answers(await member('dynamic'), [three, three]);
    expect(takesPartAsOf({ kind: 'join', configuration: three }, said)).toBe(false);
    expect(takesPartAsOf({ kind: 'begin' }, said)).toBe(false);
  });
});

describe('a member of a dynamic membership', () => {
  it('stands where its volume says, before anybody is asked', async () => {
    const own = await member('dynamic');
    expect(placeOnVolume(look(own), 1)).toEqual({ kind: 'begin' });
    expect(placeOnVolume(look(own, three), 1)).toMatchObject({ kind: 'take-part' });
    expect(placeOnVolume(look(own, three), 9)).toMatchObject({ kind: 'join' });
  });

  it('says whom it waits for, and that its address is another one than was committed', async () => {
    const own = await member('dynamic');
    const wished = own.ready.ensemble;
    const without = configuration([2, 3], 18n);
    const [waits] = placeFindings(
      { member: own, look: look(own, without) },
      answers(own, [undefined, undefined]),
      wished,
    );
    expect(waits).toMatchObject({
      code: 'ZK-MEMBERSHIP-007',
      problem: expect.stringContaining('does not resolve'),
    });
    const [other] = placeFindings(
      { member: own, look: look(own, three) },
      answers(own, [undefined, undefined]),
      wished,
    );
    expect(other).toMatchObject({
      code: 'ZK-MEMBERSHIP-005',
      problem: expect.stringContaining('zk-1:2888:3888'),
    });
  });

  it('goes by no configuration that cannot be followed', async () => {
    const own = await member('dynamic');
    const strange = {
      ...look(own),
      membership: { kind: 'strange', path: '/data/conf/x', problem: 'is odd' } as const,
    };
    expect(placeFindings({ member: own, look: strange }, [], own.ready.ensemble)).toMatchObject([
      { code: 'ZK-MEMBERSHIP-006', severity: 'error', subject: '/data/conf/x' },
    ]);
  });
});
