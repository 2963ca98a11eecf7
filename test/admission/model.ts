import fc from 'fast-check';
import { type Decision, decide, type Look, type PeerVolume } from '../../src/admission/decision.ts';
import { judgeChange } from '../../src/admission/quorums.ts';
import type { MemberRecord } from '../../src/admission/record.ts';
import { knownBy, type Traces } from '../../src/admission/voters-with-data.ts';

/** A member's volume, and whether its member runs. */
interface Volume {
  /** The newest acknowledged write it holds; -1 without data (a vote that does not count). */
  last: number;
  /** The voters it last served with, as its record says: nobody, where it was made and has never served. */
  known: readonly number[];
  /** What the record said of them when it was last started, and the list of then. */
  begun: { readonly known: readonly number[]; readonly voters: readonly number[]; readonly epoch: number };
  /** That of the last quorum it was in. */
  epoch: number;
  runs: boolean;
}

const UNUSED = { last: -1, known: [], begun: { known: [], voters: [], epoch: 0 }, epoch: 0 };

/** How members and the one who runs them decide; the defaults are ours, and what decision 21 asks of people. */
export interface Rules {
  readonly decide: (look: Look) => Decision;
  /** Whether a member that began with nothing and has never served is held back like one without data. */
  readonly holdsBack: boolean;
  /** Whether the epoch of a quorum tells that a member has served which was gone before it wrote that down. */
  readonly readsEpoch: boolean;
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
  readsEpoch: true,
  refusesUnsafe: true,
  servesBefore: true,
  removesVolumes: true,
};

const WHAT = 'start start start crash crash-early lose write power-cut resize'.split(' ');

/** What happens, each with a member (by place) that it happens to; for `resize` the place tells the new size. */
export const steps = fc.array(
  fc.record({
    what: fc.constantFrom(...WHAT),
    who: fc.nat({ max: 4 }),
  }),
  { minLength: 10, maxLength: 80 },
);
export type Step = { readonly what: string; readonly who: number };

/** Five volumes, of which the first `size` make the ensemble; all that run have the same list. */
class Model {
  readonly #rules: Rules;
  readonly #volumes: Volume[] = Array.from({ length: 5 }, () => ({ ...UNUSED, runs: false }));
  #size: number;
  #acknowledged = 0;
  /** It grows with each election; one server alone has none. */
  #epoch = 0;
  #inOffice = false;
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
    if (what === 'crash-early') this.#crashEarly(me);
    if (what === 'power-cut') this.#stop(this.#volumes);
    if (what === 'lose') this.#lose(me);
    if (what === 'resize') this.#resize(who + 1);
    if (this.#misses()) return false;
    if (!this.#elects()) return true;
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

  /** True while somebody leads. */
  #elects(): boolean {
    const leads = this.#leader !== undefined;
    if (leads && !this.#inOffice) this.#epoch += 1;
    this.#inOffice = leads;
    return leads;
  }

  #misses(): boolean {
    const leader = this.#leader;
    return leader !== undefined && leader.last < this.#acknowledged;
  }

  /** All who run are brought up to date and remember with whom. */
  #serve(): void {
    const running = this.#members.filter(({ runs }) => runs);
    for (const volume of running) {
      Object.assign(volume, { last: this.#acknowledged, known: listOf(this.#size) });
      if (this.#size > 1) volume.epoch = this.#epoch;
    }
    if (running.length === this.#size) this.#lost = 0;
  }

  /** It served, but is gone before it wrote down with whom. */
  #crashEarly(volume: Volume): void {
    if (volume.runs) volume.known = volume.begun.known;
    volume.runs = false;
  }

  #stop(volumes: readonly Volume[]): void {
    for (const volume of volumes) volume.runs = false;
  }

  /** One volume at a time, and never the only one that has the newest write: no rule could bring that back. */
  #lose(volume: Volume): void {
    const copies = this.#members.filter(({ last }) => last === this.#acknowledged).length;
    if (volume.runs || this.#lost > 0 || copies < 2) return;
    this.#lost += 1;
    Object.assign(volume, UNUSED);
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
      for (const volume of this.#volumes.slice(size)) Object.assign(volume, UNUSED);
    this.#stop(this.#volumes);
    this.#size = size;
  }

  #verdict(volume: Volume, list: readonly number[]) {
    return judgeChange(list, new Set(this.#knownOf(volume, list)));
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
    me.begun = { known: this.#knownOf(me, list), voters: list, epoch: me.epoch };
    me.known = me.begun.known;
    me.runs = true;
  }

  #isEmpty(volume: Volume): boolean {
    return (
      volume.last < 0 ||
      (this.#rules.holdsBack && this.#traces(volume).data === 'created' && volume.known.length === 0)
    );
  }

  #traces({ last, epoch: written }: Volume): Traces {
    const epoch = this.#rules.readsEpoch ? written : 0;
    if (last < 0) return { data: 'empty', epoch };
    return { data: last > 0 || epoch > 0 ? 'served' : 'created', epoch };
  }

  #knownOf(volume: Volume, list: readonly number[]): readonly number[] {
    const record = { members: volume.known, begun: volume.begun };
    return knownBy(record as unknown as MemberRecord, this.#traces(volume), list);
  }

  #look(place: number): Look {
    const list = listOf(this.#size);
    const heard = (id: number): PeerVolume => {
      const volume = this.#volumes[id - 1] as Volume;
      return {
        kind: 'heard',
        known: this.#knownOf(volume, list),
        hasData: !this.#isEmpty(volume),
        voters: list,
      };
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

/** A server alone asks nobody: it begins unless its record says that it has served (ZK-VOLUME-027). */
function alone({ known }: Volume): Pick<Decision, 'kind'> {
  return { kind: known.length > 0 ? 'wait' : 'create' };
}
