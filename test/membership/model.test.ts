import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds, votersOf } from '../../src/membership/configuration.ts';
import { decideStart, type MembershipLook, type StartDecision } from '../../src/membership/start-decision.ts';
import {
  change,
  configuration,
  type Decide,
  LostWrite,
  lose,
  makeWorld,
  quorumOn,
  quorums,
  start,
  stop,
  type World,
  write,
} from './model.ts';

const RUNS = Number(process.env['ZK_ENTRYPOINT_MODEL_RUNS'] ?? 20_000);
const IDS = [1, 2, 3, 4, 5];

type Step =
  | { readonly do: 'start' | 'stop' | 'cut' | 'lose'; readonly id: number }
  | { readonly do: 'heal' | 'write' }
  | {
      readonly do: 'add' | 'remove';
      readonly id: number;
      readonly side: number;
      readonly reached: readonly number[];
    };

const anyId = fc.constantFrom(...IDS);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('start' as const), id: anyId }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('stop' as const, 'cut' as const), id: anyId }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose' as const), id: anyId }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('heal' as const, 'write' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('add' as const, 'remove' as const),
      id: anyId,
      side: fc.constantFrom(0, 1),
      reached: fc.oneof(fc.constant(IDS), fc.subarray(IDS)),
    }),
  },
);

/** Who votes after that change of one: an administrator's own reconfig is no other. */
function after(world: World, step: Extract<Step, { reached: readonly number[] }>): number[] | undefined {
  const of = quorumOn(world, step.side)?.of;
  if (of === undefined) return undefined;
  const ids = votersOf(of);
  const next = step.do === 'add' ? [...new Set([...ids, step.id])] : ids.filter((id) => id !== step.id);
  return next.length === 0 ? undefined : next;
}

function play(
  steps: readonly Step[],
  decide: Decide,
): { readonly world: World; readonly problem: string | undefined } {
  const world = makeWorld(IDS, [1, 2, 3], decide);
  for (const step of steps) {
    try {
      take(world, step);
    } catch (error) {
      if (!(error instanceof LostWrite)) throw error;
      return { world, problem: error.message };
    }
    const leaders = quorums(world);
    if (leaders.length > 1) return { world, problem: 'two sides can commit' };
  }
  return { world, problem: undefined };
}

function take(world: World, step: Step): void {
  switch (step.do) {
    case 'start':
      if (world.pods.get(step.id)?.runs === undefined) start(world, step.id);
      break;
    case 'stop':
      stop(world, step.id);
      break;
    case 'lose':
      lose(world, step.id);
      break;
    case 'cut':
      world.side.set(step.id, 1);
      break;
    case 'heal':
      for (const id of IDS) world.side.set(id, 0);
      break;
    case 'write':
      for (const side of [0, 1]) write(world, side);
      break;
    default: {
      const next = after(world, step);
      if (next !== undefined) change(world, step.side, next, step.reached);
    }
  }
}

/** The first that begin, so that most histories have an ensemble. */
const BEGIN: readonly Step[] = [
  { do: 'start', id: 1 },
  { do: 'start', id: 2 },
  { do: 'start', id: 3 },
  { do: 'start', id: 1 },
  { do: 'start', id: 2 },
  { do: 'write' },
];

const GROWN: readonly Step[] = [
  ...BEGIN,
  ...[4, 5].flatMap((id): Step[] => [
    { do: 'start', id },
    { do: 'add', id, side: 0, reached: IDS },
  ]),
  { do: 'write' },
];

const anyHistory = fc
  .tuple(fc.constantFrom([], BEGIN, GROWN), fc.array(anyStep, { maxLength: 40 }))
  .map(([begun, steps]) => [...begun, ...steps]);

describe('whatever joins, leaves, is cut off, killed or comes back', () => {
  it('no two sides commit, and no acknowledged write is lost', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(anyHistory, (steps) => {
        expect(play(steps, decideStart).problem).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  });

  it('and the histories reach ensembles of one to five, joins, takes part and every wait', () => {
    const seen = new Set<string>();
    const watched: Decide = (look) => {
      const decision = decideStart(look);
      seen.add(decision.kind === 'wait' ? `wait ${decision.why}` : decision.kind);
      return decision;
    };
    for (const steps of fc.sample(anyHistory, { numRuns: 3_000, seed: 7 })) {
      const { world } = play(steps, watched);
      for (const { of } of quorums(world)) seen.add(`${votersOf(of).length} vote`);
    }
    const kinds = [
      'begin',
      'join',
      'take-part',
      'wait nobody-serves',
      'wait not-begun',
      'wait somebody-is-silent',
    ];
    expect([...seen].sort()).toEqual([...IDS.map((count) => `${count} vote`), ...kinds].sort());
  });
});

/** Each rule has the story that breaks without it. */
describe('without a rule', () => {
  const starts = (...ids: readonly number[]): Step[] => ids.map((id) => ({ do: 'start', id }));
  const stops = (...ids: readonly number[]): Step[] => ids.map((id) => ({ do: 'stop', id }));
  const cuts = (...ids: readonly number[]): Step[] => ids.map((id) => ({ do: 'cut', id }));
  const removed = (...ids: readonly number[]): Step[] =>
    ids.map((id) => ({ do: 'remove', id, side: 0, reached: IDS }));
  const stories: readonly (readonly [string, Decide, readonly Step[]])[] = [
    [
      'a list of the settings stands over what was committed',
      asVoter,
      [...GROWN, ...stops(1, 2), ...starts(1, 2), ...cuts(3, 4, 5), { do: 'write' }],
    ],
    [
      'who was removed votes by its own file, with all that its list wishes for',
      votingJoiner,
      [...GROWN, ...removed(5, 4), ...stops(4, 5), ...cuts(3, 4, 5), ...starts(4, 5), { do: 'write' }],
    ],
    [
      'a joiner forgets of which version it has heard',
      forgetful,
      [
        ...BEGIN,
        ...stops(3),
        ...removed(3, 2),
        ...stops(2),
        ...starts(2),
        ...cuts(2),
        { do: 'write' },
        ...cuts(3),
        ...starts(3),
        { do: 'write' },
      ],
    ],
    [
      'a fresh member begins whoever is silent',
      beginning,
      [...BEGIN, ...stops(3), { do: 'lose', id: 1 }, { do: 'lose', id: 2 }, ...starts(1, 2), { do: 'write' }],
    ],
  ];

  it.each(stories)('%s: a write is lost or two sides commit', (_, decide, steps) => {
    expect(play(steps, decide).problem).toBeDefined();
    expect(play(steps, decideStart).problem).toBeUndefined();
  });
});

function asVoter(look: MembershipLook): StartDecision {
  const decision = decideStart(look);
  if (decision.kind !== 'take-part') return decision;
  return { kind: 'take-part', configuration: configuration([1, 2, 3], decision.configuration.version) };
}

function votingJoiner(look: MembershipLook): StartDecision {
  const decision = decideStart(look);
  const known = look.volume.kind === 'committed' ? look.volume.configuration : undefined;
  if (decision.kind === 'join') return withAll(decision.configuration);
  return decision.kind === 'wait' && known !== undefined && !holds(known, look.myid)
    ? withAll(known)
    : decision;
}

function withAll({ version }: ReturnType<typeof configuration>): StartDecision {
  return { kind: 'take-part', configuration: configuration(IDS, version) };
}

function forgetful(look: MembershipLook): StartDecision {
  const decision = decideStart(look);
  return decision.kind === 'join'
    ? { kind: 'join', configuration: { ...decision.configuration, version: 0n } }
    : decision;
}

function beginning(look: MembershipLook): StartDecision {
  const decision = decideStart(look);
  return decision.kind === 'wait' && decision.why === 'somebody-is-silent' ? { kind: 'begin' } : decision;
}

describe('the story of one and three', () => {
  it('two that join while the only old member is cut off elect nobody', () => {
    const world = makeWorld(IDS, [1], decideStart);
    start(world, 1);
    write(world, 0);
    for (const id of [2, 3]) expect(start(world, id).kind).toBe('join');
    world.side.set(1, 1);
    expect(quorumOn(world, 0)).toBeUndefined();
    write(world, 0);
    // Killed and started again in the cut, they wait.
    for (const id of [2, 3]) {
      stop(world, id);
      expect(start(world, id)).toMatchObject({ kind: 'wait' });
    }
    expect(quorumOn(world, 0)).toBeUndefined();
    expect(quorumOn(world, 1)?.ids).toEqual(new Set([1]));
  });
});
