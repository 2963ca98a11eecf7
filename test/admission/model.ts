import fc from 'fast-check';
import { type Decision, decide, type Heard, type Look } from '../../src/admission/decision.ts';
import { knownBy } from '../../src/admission/known.ts';
import { judgeChange } from '../../src/admission/quorums.ts';
import type { MemberRecord } from '../../src/admission/record.ts';

/**
 * A member's volume; `last` is the newest acknowledged write it holds, -1 without data (a vote that does not count).
 * One that was made and has never served knows nobody.
 */
interface Volume {
  last: number;
  known: readonly number[];
  runs: boolean;
}

/** How members and the one who runs them decide; the defaults are ours, and what decision 21 asks of people. */
export interface Rules {
  readonly decide: (look: Look) => Decision;
  /** Whether a member that began with nothing and has never served is held back like one without data. */
  readonly holdsBack: boolean;
  /** Whether a list that keeps too few of those who know the data is refused (ZK-VOLUME-025). */
  readonly refusesUnsafe: boolean;
  /** Whether people heed ZK-VOLUME-026: those that stay serve with the old list first. */
  readonly servesBefore: boolean;
  /** Whether the volumes of those that go are removed before they can come back. */
  readonly removesVolumes: boolean;
}

const ours: Rules = {
  decide,
  holdsBack: true,
  refusesUnsafe: true,
  servesBefore: true,
  removesVolumes: true,
};

/** What happens, each with a member (by place) that it happens to; for `resize` the place tells the new size. */
export const steps = fc.array(
  fc.record({
    what: fc.constantFrom('start', 'start', 'start', 'crash', 'lose', 'write', 'power-cut', 'resize'),
    who: fc.nat({ max: 4 }),
  }),
  { minLength: 10, maxLength: 80 },
);
export type Step = { readonly what: string; readonly who: number };

/** Five volumes, of which the first `size` make the ensemble; all that run have the same list. */
class Model {
  readonly #rules: Rules;
  readonly #volumes: Volume[] = Array.from({ length: 5 }, () => ({ last: -1, known: [], runs: false }));
  #size: number;
  #acknowledged = 0;
  #lost = 0;

  constructor(rules: Rules, size: number) {
    this.#rules = rules;
    this.#size = size;
  }

  /** True as long as no quorum of counted servers misses an acknowledged write. */
  take({ what, who }: Step): boolean {
    if (this.#misses()) return false;
    const me = this.#members[who % this.#size] as Volume;
    if (what === 'start') this.#start(who % this.#size);
    if (what === 'crash') me.runs = false;
    if (what === 'power-cut') this.#stop(this.#volumes);
    if (what === 'lose') this.#lose(me);
    if (what === 'resize') this.#resize(who + 1);
    if (this.#misses()) return false;
    if (this.#leader === undefined) return true;
    if (what === 'write') this.#acknowledged += 1;
    this.#serve();
    return true;
  }

  get #members(): Volume[] {
    return this.#volumes.slice(0, this.#size);
  }

  /** The counted server with the newest data leads, once more than half of the list are running and counted. */
  get #leader(): Volume | undefined {
    const counted = this.#members.filter(({ runs, last }) => runs && last >= 0);
    return counted.length * 2 > this.#size ? counted.toSorted((a, b) => b.last - a.last)[0] : undefined;
  }

  #misses(): boolean {
    const leader = this.#leader;
    return leader !== undefined && leader.last < this.#acknowledged;
  }

  /** All who run are brought up to date and remember with whom. */
  #serve(): void {
    const running = this.#members.filter(({ runs }) => runs);
    for (const volume of running)
      Object.assign(volume, { last: this.#acknowledged, known: listOf(this.#size) });
    if (running.length === this.#size) this.#lost = 0;
  }

  #stop(volumes: readonly Volume[]): void {
    for (const volume of volumes) volume.runs = false;
  }

  /** One volume at a time, and never the only one that has the newest write: no rule could bring that back. */
  #lose(volume: Volume): void {
    const copies = this.#members.filter(({ last }) => last === this.#acknowledged).length;
    if (volume.runs || this.#lost > 0 || copies < 2) return;
    this.#lost += 1;
    Object.assign(volume, { last: -1, known: [] });
  }

  /** Those that go are stopped, and all others restarted with the new list. */
  #resize(size: number): void {
    const list = listOf(size);
    const staying = this.#volumes.slice(0, Math.min(size, this.#size));
    // One server alone whose volume is lost has nobody to ask, which decision 21 says of itself.
    if (size === 1 && staying[0]?.last === -1 && this.#acknowledged > 0) return;
    this.#stop(this.#volumes.slice(size));
    if (
      staying.some((volume) => this.#verdict(volume, list) === 'after-serving') &&
      this.#rules.servesBefore
    ) {
      if (this.#leader === undefined) return;
      this.#serve();
    }
    if (this.#rules.removesVolumes)
      for (const volume of this.#volumes.slice(size)) Object.assign(volume, { last: -1, known: [] });
    this.#stop(this.#volumes);
    this.#size = size;
  }

  #verdict({ last, known }: Volume, list: readonly number[]) {
    return judgeChange(list, new Set(knownOf({ last, known }, list)));
  }

  #start(place: number): void {
    const me = this.#volumes[place] as Volume;
    const list = listOf(this.#size);
    if (me.runs || (this.#rules.refusesUnsafe && this.#verdict(me, list) === 'unsafe')) return;
    if (this.#isEmpty(me)) {
      const decision = this.#size === 1 ? alone(me) : this.#rules.decide(this.#look(place));
      if (decision.kind === 'wait') return;
      if (decision.kind === 'create') me.last = Math.max(0, me.last);
    }
    me.runs = true;
  }

  #isEmpty({ last, known }: Volume): boolean {
    return last < 0 || (this.#rules.holdsBack && known.length === 0);
  }

  #look(place: number): Look {
    const list = listOf(this.#size);
    const heard = (id: number): Heard => {
      const volume = this.#volumes[id - 1] as Volume;
      return { kind: 'heard', known: knownOf(volume, list), hasData: !this.#isEmpty(volume), voters: list };
    };
    return {
      myid: place + 1,
      voters: list,
      known: (this.#volumes[place] as Volume).known,
      peers: new Map(list.filter((id) => id !== place + 1).map((id) => [id, heard(id)])),
      quorumAt: this.#leader === undefined ? undefined : 'a peer',
    };
  }
}

/** Where the events begin: with a list of so many, which have all served, or of which none was ever started. */
export const beginnings = fc.record({ size: fc.integer({ min: 1, max: 5 }), served: fc.boolean() });
type Beginning = { readonly size: number; readonly served: boolean };

/** Every member is started, and those that had to wait once more. */
const FIRST_START: readonly Step[] = [0, 1, 2, 3, 4, 0, 1, 2, 3, 4].map((who) => ({ what: 'start', who }));

/** Runs the events; false as soon as a quorum misses an acknowledged write. */
export function neverMisses(
  events: readonly Step[],
  { size, served }: Beginning,
  rules: Partial<Rules> = {},
): boolean {
  const model = new Model({ ...ours, ...rules }, size);
  return [...(served ? FIRST_START : []), ...events].every((event) => model.take(event));
}

function listOf(size: number): number[] {
  return Array.from({ length: size }, (_, place) => place + 1);
}

function knownOf(
  { last, known }: Pick<Volume, 'last' | 'known'>,
  list: readonly number[],
): readonly number[] {
  return knownBy({ members: known } as unknown as MemberRecord, last < 0 ? 'empty' : 'created', list);
}

/** A server alone asks nobody: it begins unless its record says that it has served (ZK-VOLUME-027). */
function alone({ known }: Volume): Pick<Decision, 'kind'> {
  return { kind: known.length > 0 ? 'wait' : 'create' };
}
