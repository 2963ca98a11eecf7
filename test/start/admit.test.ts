import { describe, expect, it } from 'vitest';
import { type ConsentState, consentFor } from '../../src/admission/consent.ts';
import type { PeerAnswer } from '../../src/admission/peer-replies.ts';
import type { MemberRecord } from '../../src/admission/record.ts';
import { Ledger } from '../../src/findings/ledger.ts';
import type { WaitingFact } from '../../src/health/facts.ts';
import type { OwnAddress } from '../../src/host/machine/own-name.ts';
import { prepare, type Ready } from '../../src/preparation/prepare.ts';
import { admit, type StartServices } from '../../src/start/admit.ts';
import { type StartLook, type StartMember, startLook, startMember } from '../../src/start/member.ts';
import { dataFolder } from '../../src/volume/volume-facts.ts';
import { fakeMachine } from '../preparation/fake-machine.ts';

/** A volume by the names in its `version-2`, both directories taken together. */
function volume(member: StartMember, names: readonly string[], record?: Partial<MemberRecord>): StartLook {
  const folder = dataFolder('/data/version-2', names);
  const disk =
    record === undefined
      ? ({ kind: 'absent' } as const)
      : ({ kind: 'record', record: { consents: [], members: [], ...record } as MemberRecord } as const);
  const epochs = { acceptedEpoch: undefined, currentEpoch: undefined, unfinished: undefined };
  const contents = { facts: { data: folder, log: folder }, epochs, heads: [] };
  return startLook(member, contents, {
    disk,
    text: JSON.stringify(record) ?? '',
    membership: { kind: 'none' },
  });
}

const SERVED = ['snapshot.100000001', 'log.100000002'];

async function threeMembers(variables: Readonly<Record<string, string>> = {}): Promise<StartMember> {
  const { ready } = await prepare(
    fakeMachine({ release: '3.9.6', variables: { ZK_REPLICAS: '3', ...variables } }),
    { assume: { kind: 'nothing' } },
  );
  return startMember(ready as Ready, 'ours');
}

type Reply = 'silent' | 'empty' | 'data' | 'serving';

/** What the peer with that id replies. */
function reply(member: StartMember, id: number, what: Reply): PeerAnswer {
  const peer = member.peers.find((each) => each.id === id) as PeerAnswer['member'];
  if (what === 'silent') return { member: peer, told: undefined, silence: 'does not resolve' };
  const holds = what === 'data' || what === 'serving';
  return {
    member: peer,
    silence: '',
    told: {
      mode: what === 'serving' ? 'leader' : undefined,
      waiting: undefined,
      server: undefined,
      member: {
        id,
        instance: `of ${id}`,
        ensemble: member.name.name,
        domain: member.name.domain,
        servers: [],
        voters: member.voters,
        volume: holds ? 'data' : 'empty',
        known: holds ? [1, 2, 3] : [],
        waiting: false,
      },
    },
  };
}

interface World {
  /** What each look at the volume shows; the last one stays. */
  readonly looks: readonly StartLook[];
  /** What the peers 2 and 3 reply at each asking; the last one stays. */
  readonly replies: readonly (readonly [Reply, Reply])[];
  readonly names?: readonly OwnAddress[];
  /** Tokens that are left, one for each look. */
  readonly left?: (state: ConsentState) => string | undefined;
  /** Given up after so many pauses. */
  readonly patience?: number;
}

/** Runs `admit` in a world of the test's own, without a clock. */
async function admitted(member: StartMember, world: World) {
  const [counts, said, waited] = [
    { looks: 0, asked: 0, names: 0, pauses: 0 },
    [] as string[],
    [] as (WaitingFact | undefined)[],
  ];
  let nowMs = 0;
  const at = <T>(list: readonly T[], place: number) => list[Math.min(place, list.length - 1)] as T;
  const answers = (place: number) => {
    const [two, three] = at(world.replies, place);
    return [reply(member, 2, two), reply(member, 3, three)];
  };
  const stateOf = (look: StartLook): ConsentState => ({
    pod: 'zk-0',
    id: 1,
    ensemble: 'zk',
    record: look.recordText,
    volume: 'v',
    digest: (text) => text.length.toString(16).padStart(8, '0'),
  });
  let latest = at(world.looks, 0);
  const services: StartServices = {
    look: () => {
      counts.looks += 1;
      latest = at(world.looks, counts.looks);
      return latest;
    },
    consentState: stateOf,
    takeConsent: () => (counts.pauses === 0 ? undefined : world.left?.(stateOf(latest))),
    ask: async () => {
      counts.asked += 1;
      return answers(counts.asked);
    },
    lookUpOwnName: async () => at(world.names ?? [{ kind: 'ours' }], counts.names++),
    pause: async (ms) => {
      counts.pauses += 1;
      nowMs += ms;
    },
    nowMs: () => nowMs,
    isGivenUp: () => counts.pauses > (world.patience ?? 5),
    sayProgress: (sentence) => said.push(sentence),
    say: (sentence) => said.push(sentence),
    setWaiting: (waiting) => waited.push(waiting),
  };
  const ledger = new Ledger({ ignoredFindings: [], strict: false });
  const first = { look: latest, answers: answers(0), used: [] };
  const outcome = await admit(member, first, { services, ledger });
  return { outcome, counts, said, waited, codes: ledger.findings.map(({ code }) => code) };
}

describe('a start', () => {
  it('with data goes on at once, and neither looks nor asks again', async () => {
    const member = await threeMembers();
    const served = volume(member, SERVED, { members: [1, 2, 3] });
    const { outcome, counts, codes } = await admitted(member, {
      looks: [served],
      replies: [['silent', 'silent']],
    });
    expect(outcome).toMatchObject({ creates: false, used: [] });
    expect(counts).toEqual({ looks: 0, asked: 0, names: 1, pauses: 0 });
    expect(codes).toEqual([]);
  });

  it('of a new ensemble begins with nothing after a second look, which agrees', async () => {
    const member = await threeMembers();
    const { outcome, counts } = await admitted(member, {
      looks: [volume(member, [])],
      replies: [['empty', 'empty']],
    });
    expect(outcome).toMatchObject({ creates: true });
    expect(counts).toMatchObject({ looks: 1, asked: 1, pauses: 0 });
  });

  it('waits where the second look shows data at a peer', async () => {
    const member = await threeMembers();
    const { outcome, waited } = await admitted(member, {
      looks: [volume(member, [])],
      replies: [
        ['empty', 'empty'],
        ['empty', 'data'],
      ],
    });
    expect(outcome).toBeUndefined();
    expect(waited.at(-1)).toMatchObject({ isReady: true });
  });

  it('without data joins a quorum that serves', async () => {
    const member = await threeMembers();
    const { outcome, said } = await admitted(member, {
      looks: [volume(member, [])],
      replies: [['serving', 'serving']],
    });
    expect(outcome).toMatchObject({ creates: false });
    expect(said.join()).toContain('joins it without a vote');
  });

  it('finds the data that was brought back while it waited', async () => {
    const member = await threeMembers();
    const [empty, served] = [volume(member, []), volume(member, SERVED)];
    const { outcome, counts } = await admitted(member, {
      looks: [empty, empty, served],
      replies: [['silent', 'empty']],
    });
    expect(outcome).toMatchObject({ creates: false });
    expect(counts).toMatchObject({ looks: 2, pauses: 2 });
  });

  it('goes on by a consent that is left for it, once', async () => {
    const member = await threeMembers();
    const { outcome, codes } = await admitted(member, {
      looks: [volume(member, [])],
      replies: [['silent', 'silent']],
      left: (state) => consentFor('empty-volume', state).token,
    });
    expect(outcome).toMatchObject({ creates: true, used: [{ kind: 'empty-volume' }] });
    expect(codes).toContain('ZK-VOLUME-029');
  });

  it('takes no consent to nothing for a volume that holds data by now', async () => {
    const member = await threeMembers();
    const [empty, served] = [volume(member, []), volume(member, SERVED)];
    const { outcome } = await admitted(member, {
      looks: [empty, empty, served],
      replies: [['silent', 'silent']],
      left: (state) => consentFor('empty-volume', state).token,
    });
    expect(outcome).toMatchObject({ creates: false });
  });

  it('reports a consent in ZK_CONSENT that nothing asks for', async () => {
    const member = await threeMembers({ ZK_CONSENT: 'shrink:zk-0:00000001' });
    const { codes } = await admitted(member, {
      looks: [volume(member, SERVED, { members: [1, 2, 3] })],
      replies: [['silent', 'silent']],
    });
    expect(codes).toEqual(['ZK-VOLUME-030']);
  });

  it('waits and is not ready where its list could make a second quorum', async () => {
    const member = await threeMembers();
    const served = volume(member, SERVED, {
      members: [1, 4, 5, 6, 7],
      begun: { voters: [1, 4, 5, 6, 7], epoch: 0 },
    });
    const { outcome, waited } = await admitted(member, {
      looks: [served],
      replies: [['silent', 'silent']],
      patience: 1,
    });
    expect(outcome).toBeUndefined();
    expect(waited[0]).toMatchObject({ isReady: false });
  });
});

describe('its own name', () => {
  const unresolved: OwnAddress = { kind: 'unresolved', problem: 'ENOTFOUND' };

  it('is waited for until it resolves', async () => {
    const member = await threeMembers();
    const { outcome, counts, codes } = await admitted(member, {
      looks: [volume(member, SERVED, { members: [1, 2, 3] })],
      replies: [['silent', 'silent']],
      names: [unresolved, unresolved, { kind: 'ours' }],
    });
    expect(outcome).toMatchObject({ creates: false });
    expect(counts).toMatchObject({ names: 3, pauses: 2 });
    expect(codes).toEqual([]);
  });

  it('is waited for with open eyes: data that was brought back meanwhile counts, whatever was consented to', async () => {
    const member = await threeMembers();
    const [empty, served] = [volume(member, []), volume(member, SERVED)];
    const { outcome, counts } = await admitted(member, {
      looks: [empty, served],
      replies: [['silent', 'silent']],
      names: [unresolved, { kind: 'ours' }],
      left: (state) => consentFor('empty-volume', state).token,
    });
    expect(outcome).toMatchObject({ creates: false });
    expect(counts).toMatchObject({ looks: 1, asked: 1 });
  });

  it('is waited for no longer than ZK_DNS_TIMEOUT, and then reported', async () => {
    const member = await threeMembers({ ZK_DNS_TIMEOUT: '1s' });
    const { outcome, codes } = await admitted(member, {
      looks: [volume(member, SERVED, { members: [1, 2, 3] })],
      replies: [['silent', 'silent']],
      names: [unresolved],
    });
    expect(outcome).toMatchObject({ creates: false });
    expect(codes).toEqual(['ZK-PEER-005']);
  });
});
