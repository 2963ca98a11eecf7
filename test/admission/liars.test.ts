import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quorumSize } from '../../src/ensemble/member.ts';
import { hasErrors } from '../../src/findings/finding.ts';
import { honest, outcome, type Said, type Scene, scenes, type World } from './liars.ts';

const THREE = [1, 2, 3];
const world = (...said: readonly (readonly [id: number, said: Said])[]): World => new Map(said);
const serving = { volume: 'data', known: THREE, mode: 'follower' } as const;
const holding = { volume: 'data', known: THREE } as const;

/** What member 3 is said to be by one who answers in its place; member 2 tells the truth. */
type Lie = readonly [what: string, lie: Partial<Said>];
const LIES: readonly Lie[] = [
  ['it has our id', { id: 1 }],
  ['it has the id of member 2', { id: 2 }],
  ['it is of another ensemble', { ensemble: 'payments' }],
  ['it is we ourselves', { instance: 'instance of 1' }],
  ['it serves in a quorum', serving],
  ['it serves alone', { ...holding, mode: 'standalone' }],
  ['it holds nothing', {}],
  ['it holds nothing, with another list', { voters: [1, 2, 3, 4] }],
  ['it knows that we have held the data', holding],
  ['it has served without us', { volume: 'data', known: [2, 3] }],
  ['it was started with another list', { servers: ['1=a:2888:3888'], voters: [1] }],
];

describe('what one lying peer can say', () => {
  const decisionsOf = (second: Partial<Said>) =>
    LIES.map(([what, lie]) => {
      const said = world([2, honest(2, 3, second)], [3, honest(3, 3, lie)]);
      return [what, outcome(said, 3).decision.kind];
    });

  it('makes a member without data wait at most, where nobody holds any', () => {
    const created = decisionsOf({}).filter(([, kind]) => kind !== 'wait');
    expect(created).toEqual([['it holds nothing', 'create']]);
  });

  it('never makes it begin where another knows of data, nor join where none serves', () => {
    expect(decisionsOf(holding).filter(([, kind]) => kind !== 'wait')).toEqual([]);
  });

  it('does not keep it from a quorum whose majority it hears', () => {
    const five = (lie: Partial<Said>) =>
      world(...[2, 3, 4].map((id) => [id, honest(id, 5, { ...serving, known: [1, 2, 3, 4, 5] })] as const), [
        5,
        honest(5, 5, lie),
      ]);
    for (const [, lie] of LIES) expect(outcome(five(lie), 5).decision.kind).toBe('join');
  });

  it.each(LIES)('refuses nothing, though ZK_STRICT is set and data is here: that %s', (_what, lie) => {
    const said = world([2, honest(2, 3, holding)], [3, honest(3, 3, lie)]);
    expect(hasErrors(outcome(said, 3, { volume: 'data', known: THREE }).findings)).toBe(false);
  });

  it('is refused only where most say it', () => {
    const strangers = world([2, honest(2, 3, { ensemble: 'x' })], [3, honest(3, 3, { ensemble: 'x' })]);
    const codes = outcome(strangers, 3).findings.map(({ severity, code }) => `${severity} ${code}`);
    expect(codes).toEqual(['warning ZK-PEER-002', 'warning ZK-PEER-002', 'error ZK-PEER-010']);
  });
});

const minority = ({ size, liars }: Pick<Scene, 'size' | 'liars'>) => liars <= Math.floor((size - 1) / 2);
const intact = (scene: Pick<Scene, 'size' | 'liars' | 'lost'>) =>
  minority(scene) && scene.liars + scene.lost < quorumSize(scene.size);

const beginsOnlyWhereNothingWas = ({ said, size, served }: Scene) =>
  !(served && outcome(said, size).decision.kind === 'create');
const joinsOnlyWhereOneServes = ({ said, size, serves }: Scene) =>
  serves || outcome(said, size).decision.kind !== 'join';
const refusesNothing = ({ said, size }: Scene) => !hasErrors(outcome(said, size).findings);

const RUNS = { numRuns: 20_000 };
type Promised = readonly [what: string, holds: (scene: Scene) => boolean, when: typeof intact];
const PROMISES: readonly Promised[] = [
  ['a member begins with nothing only where nothing was acknowledged', beginsOnlyWhereNothingWas, intact],
  ['a member joins only where a quorum serves', joinsOnlyWhereOneServes, minority],
  ['no start is refused', refusesNothing, minority],
];

describe('whatever a minority of liars says', () => {
  it.each(PROMISES)('%s', (_what, holds, when) => {
    fc.assert(fc.property(scenes(when), holds), RUNS);
  });

  it.each(PROMISES)('negative control: a majority of liars breaks it, that %s', (_what, holds) => {
    expect(
      fc.check(
        fc.property(
          scenes(() => true),
          holds,
        ),
        RUNS,
      ).failed,
    ).toBe(true);
  });

  it('the scenes hold beginnings, joins and waits of many sizes', () => {
    const kinds = fc.sample(scenes(intact), 5_000).map(({ said, size }) => outcome(said, size).decision.kind);
    for (const kind of ['create', 'join', 'wait'] as const) {
      expect(kinds.filter((each) => each === kind).length, kind).toBeGreaterThan(10);
    }
  });
});
