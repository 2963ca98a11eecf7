import { pick, type Random, randomFrom, shuffled } from './random.ts';

/** Whom a kind of fault strikes. */
export type Reach = 'one' | 'two' | 'all';

/** What the plan must know of a kind of fault. */
export interface Kind {
  readonly name: string;
  readonly reach: Reach;
  /** May happen while another fault lasts, on another member. */
  readonly pairs: boolean;
  /** How long it lasts before it is healed, in milliseconds; one is drawn. */
  readonly lastsMs: readonly number[];
}

/** One fault of the plan. */
export interface Strike {
  readonly kind: string;
  /** Places of the members in the list, from 0. */
  readonly members: readonly number[];
  readonly lastsMs: number;
}

/** What happens at once: one fault or a pair; and the drawn kinds that this machine cannot make. */
export interface Round {
  readonly strikes: readonly Strike[];
  readonly skipped: readonly string[];
}

interface PlanOptions {
  readonly seed: number;
  /** How many faults there are to be, the skipped ones not counted. */
  readonly faults: number;
  readonly members: number;
  readonly kinds: readonly Kind[];
  /** Names of the kinds that this machine cannot make: drawn like all others, so that a seed means the same everywhere. */
  readonly impossible: ReadonlySet<string>;
}

const PAIR_CHANCE = 0.4;

/** The whole run, as the seed has it: every kind comes equally often, since each is drawn once before any comes again. */
export function makePlan(options: PlanOptions): Round[] {
  const { seed, faults, kinds, impossible } = options;
  if (kinds.every(({ name }) => impossible.has(name))) throw new RangeError('no kind of fault is possible');
  const random = randomFrom(seed);
  const draw = drawerOf(random, kinds);
  const rounds: Round[] = [];
  let planned = 0;
  while (planned < faults) {
    const drawn = draw(random() < PAIR_CHANCE && faults - planned > 1);
    const strikes = strikesOf(random, drawn, options.members);
    const possible = strikes.filter(({ kind }) => !impossible.has(kind));
    rounds.push({
      strikes: possible,
      skipped: strikes.map(({ kind }) => kind).filter((kind) => impossible.has(kind)),
    });
    planned += possible.length;
  }
  return rounds;
}

/** Takes kinds from a bag that is filled again when it is empty. */
function drawerOf(random: Random, kinds: readonly Kind[]): (pair: boolean) => Kind[] {
  let bag: Kind[] = [];
  const next = (fits: (kind: Kind) => boolean): Kind | undefined => {
    if (bag.length === 0) bag = shuffled(random, kinds);
    const at = bag.findIndex(fits);
    return at < 0 ? undefined : bag.splice(at, 1)[0];
  };
  return (pair) => {
    const first = next(() => true);
    const second = pair && first?.pairs ? next(({ pairs }) => pairs) : undefined;
    return [first, second].filter((kind) => kind !== undefined);
  };
}

function strikesOf(random: Random, kinds: readonly Kind[], members: number): Strike[] {
  const order = shuffled(
    random,
    Array.from({ length: members }, (_, place) => place),
  );
  return kinds.map(({ name, reach, lastsMs }) => {
    const count = { one: 1, two: 2, all: members }[reach];
    return { kind: name, members: order.splice(0, count).sort(), lastsMs: pick(random, lastsMs) };
  });
}
