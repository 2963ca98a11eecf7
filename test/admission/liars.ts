import fc from 'fast-check';
import { type Decision, decide } from '../../src/admission/decision.ts';
import {
  type Ourselves,
  type PeerAnswer,
  peerFindings,
  peerVolume,
  quorumAt,
} from '../../src/admission/peer-replies.ts';
import { type Member, quorumSize } from '../../src/ensemble/member.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { underPolicy } from '../../src/findings/policy.ts';
import type { MemberFact } from '../../src/health/facts.ts';
import { nasty } from '../text/nasty.ts';

const HOSTS = (id: number) => `zk-${id}`;
const listOf = (size: number) => Array.from({ length: size }, (_, place) => place + 1);
const linesOf = (size: number) => listOf(size).map((id) => `${id}=${HOSTS(id)}:2888:3888`);

/** Everything that one answer can say. */
export interface Said extends MemberFact {
  readonly mode: string | undefined;
}

/** What a member of so many says truly: that it holds nothing, unless `more` says otherwise. */
export function honest(id: number, size: number, more: Partial<Said> = {}): Said {
  return {
    id,
    instance: `instance of ${id}`,
    ensemble: 'orders',
    domain: null,
    servers: linesOf(size),
    voters: listOf(size),
    volume: 'empty',
    known: [],
    waiting: true,
    mode: undefined,
    ...more,
  };
}

/** What is said at each address but our own; nothing where an id is left out. */
export type World = ReadonlyMap<number, Said>;

export interface Outcome {
  readonly decision: Decision;
  /** As ZK_STRICT has them. */
  readonly findings: readonly Finding[];
}

/** What the first of so many, or another, makes of what it hears. */
export function outcome(
  said: World,
  size: number,
  us: Partial<Ourselves> & { known?: number[] } = {},
): Outcome {
  const { known = [], ...more } = us;
  const { mode: _mode, waiting: _waiting, known: _known, ...bare } = honest(more.id ?? 1, size);
  const ourselves: Ourselves = { ...bare, ...more };
  const answers = listOf(size)
    .filter((id) => id !== ourselves.id)
    .map((id) => answerAt(id, said.get(id)));
  const decision = decide({
    myid: ourselves.id,
    voters: ourselves.voters,
    known,
    peers: new Map(answers.map((answer) => [answer.member.id, peerVolume(answer, ourselves)])),
    quorumAt: quorumAt(answers, ourselves),
  });
  const policy = { strict: true, ignoredFindings: [] };
  return { decision, findings: underPolicy(peerFindings(answers, ourselves), policy).findings };
}

function answerAt(id: number, said: Said | undefined): PeerAnswer {
  const member = { id, host: HOSTS(id), role: 'participant' } as Member;
  if (said === undefined) return { member, told: undefined, silence: 'does not resolve' };
  const { mode, ...fact } = said;
  return { member, told: { member: fact, mode, waiting: undefined } as PeerAnswer['told'], silence: '' };
}

const ids = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 9 });
const texts = fc.constantFrom('orders', 'payments', ...nasty.map(([, text]) => text));

/** Whatever a liar says. */
export const lies: fc.Arbitrary<Said> = fc.record({
  id: fc.integer({ min: 0, max: 9 }),
  instance: fc.constantFrom('instance of 1', 'another'),
  ensemble: fc.option(texts),
  domain: fc.option(texts),
  servers: fc.oneof(fc.constant(linesOf(3)), fc.array(texts, { maxLength: 3 })),
  voters: fc.oneof(fc.integer({ min: 1, max: 7 }).map(listOf), ids),
  volume: fc.constantFrom('empty', 'data'),
  known: fc.oneof(fc.constant([]), ids),
  waiting: fc.boolean(),
  mode: fc.constantFrom(undefined, 'leader', 'follower', 'observer', 'standalone', 'read-only'),
});

export interface Scene {
  readonly size: number;
  readonly said: World;
  /** True when something was ever acknowledged. */
  readonly served: boolean;
  /** True when a quorum serves now, whoever says so. */
  readonly serves: boolean;
  readonly liars: number;
  readonly lost: number;
}

/**
 * What the first member, which holds nothing, can meet: an ensemble that never was, or one whose quorum has served with
 * everybody, some volumes lost since, some silent, some replaced by liars; `may` limits how many of both.
 */
export function scenes(may: (scene: Pick<Scene, 'size' | 'liars' | 'lost'>) => boolean): fc.Arbitrary<Scene> {
  const roles = fc.constantFrom('true', 'true', 'silent', 'lost', 'liar');
  return fc
    .record({
      size: fc.integer({ min: 2, max: 7 }),
      parts: fc.array(fc.tuple(roles, fc.boolean(), lies), { minLength: 6, maxLength: 6 }),
      served: fc.boolean(),
      ownLost: fc.boolean(),
    })
    .map(sceneOf)
    .filter(may);
}

function sceneOf({
  size,
  parts,
  served,
  ownLost,
}: {
  size: number;
  parts: (readonly [role: string, first: boolean, lie: Said])[];
  served: boolean;
  ownLost: boolean;
}): Scene {
  const all = listOf(size);
  const roles = new Map(all.slice(1).map((id) => [id, parts[id - 2] as (typeof parts)[number]]));
  // Our own volume was in the quorum and is lost, or never was; the quorum's others are the first that are meant to be.
  const ours = ownLost || quorumSize(size) > size - 1;
  const others = quorumSize(size) - (ours ? 1 : 0);
  const holders = all
    .slice(1)
    .toSorted((a, b) => Number(roles.get(b)?.[1]) - Number(roles.get(a)?.[1]))
    .slice(0, others);
  const truly = (id: number) => served && holders.includes(id);
  const alive = holders.filter((id) => roles.get(id)?.[0] === 'true');
  const serves = served && alive.length >= quorumSize(size);
  const said = new Map<number, Said>();
  for (const [id, [role, , lie]] of roles) {
    if (role === 'silent') continue;
    const holds = truly(id) && role !== 'lost';
    const truth = holds ? { volume: 'data' as const, known: all, mode: serves ? 'follower' : undefined } : {};
    said.set(id, role === 'liar' ? lie : honest(id, size, truth));
  }
  const count = (what: string, who: number[]) => who.filter((id) => roles.get(id)?.[0] === what).length;
  const lost = count('lost', holders) + (ours ? 1 : 0);
  return { size, said, served, serves, liars: count('liar', all.slice(1)), lost };
}
