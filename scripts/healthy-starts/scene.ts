import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalEnsemble } from '../local-ensemble/ensemble.ts';
import { throughEntrypoint } from '../local-ensemble/launch.ts';
import type { LocalMember } from '../local-ensemble/member.ts';
import {
  cutPower,
  emptyVolume,
  health,
  read,
  snapshotsOf,
  stop,
  swapVolumes,
  write,
} from '../local-ensemble/volumes.ts';
import { Started } from './started.ts';

/** A ZooKeeper on the disk. */
export interface Home {
  readonly release: string;
  readonly zkHome: string;
}

/** With what a member is started: the distribution, how many members its list has, and more variables. */
export interface Setting {
  readonly home: Home;
  readonly size: number;
  readonly variables?: Readonly<Record<string, string>>;
}

interface SceneOptions {
  readonly ensemble: LocalEnsemble;
  readonly javaHome: string;
  readonly program: string;
}

const SERVING_MS = 60_000;
const PAUSE_MS = 50;
const KEPT = '/kept';

/** One ensemble through a scenario; every start is noted, whatever becomes of it. */
export class Scene {
  readonly starts: Started[] = [];
  readonly #options: SceneOptions;
  #kept: string | undefined;

  constructor(options: SceneOptions) {
    this.#options = options;
  }

  /** The members of these ordinals. */
  members(...ordinals: readonly number[]): LocalMember[] {
    const { members } = this.#options.ensemble;
    return members.filter((_, ordinal) => ordinals.includes(ordinal));
  }

  member(ordinal: number): LocalMember {
    const [member] = this.members(ordinal);
    if (member === undefined) throw new RangeError(`this scene has no member zk-${ordinal}`);
    return member;
  }

  hasStarted(member: LocalMember): boolean {
    return this.#last(member) !== undefined;
  }

  /** Starts members, all at once, and waits for nothing. */
  start(members: readonly LocalMember[], { home, size, variables = {} }: Setting): void {
    const { ensemble, javaHome, program } = this.#options;
    const launch = throughEntrypoint({ zkHome: home.zkHome, javaHome, program }, variables);
    const all = ensemble.all.slice(0, size);
    for (const member of members) {
      const begin = () => member.start({ all, launch });
      this.starts.push(new Started({ member, begin }));
    }
  }

  /** Waits until all of them serve; throws with a refusal's words, or with who does not serve in a minute. */
  async serving(members: readonly LocalMember[]): Promise<void> {
    const deadline = performance.now() + SERVING_MS;
    for (;;) {
      const silent = [];
      for (const member of members) if (!(await this.#serves(member))) silent.push(member);
      if (silent.length === 0) return;
      for (const member of silent) this.#expectHope(member, performance.now() > deadline);
      await sleep(PAUSE_MS);
    }
  }

  async #serves(member: LocalMember): Promise<boolean> {
    const { serving } = await member.srvr();
    if (serving) this.#last(member)?.noteServing();
    return serving;
  }

  #expectHope(member: LocalMember, tooLate: boolean): void {
    const last = this.#last(member);
    if (last?.refused !== true && !tooLate) return;
    const what = last?.refused === true ? 'was refused' : `does not serve after ${SERVING_MS / 1_000} s`;
    throw new Error(`${member.name} ${what}:\n${last?.log().trimEnd().split('\n').slice(-8).join('\n')}`);
  }

  #last(member: LocalMember): Started | undefined {
    return this.starts.findLast((start) => start.member === member);
  }

  /** Waits until the kubelet would call it ready: it serves, or is held back and says so. */
  async ready(member: LocalMember): Promise<void> {
    const deadline = performance.now() + SERVING_MS;
    while (!(await health(member, '/readyz')).startsWith('200')) {
      this.#expectHope(member, performance.now() > deadline);
      await sleep(PAUSE_MS);
    }
  }

  /** A rollout, as a StatefulSet makes it: from the highest ordinal down, each ready before the next. */
  async roll(members: readonly LocalMember[], setting: Setting): Promise<void> {
    for (const member of members.toReversed()) {
      await stop(member);
      this.start([member], setting);
      await this.ready(member);
    }
  }

  /** Starts a member that must be refused, and once more with the consent that the refusal asks for. */
  async consent(member: LocalMember, setting: Setting): Promise<void> {
    this.start([member], setting);
    await member.exited;
    const [, token] = /ZK_CONSENT=(\S+:[0-9a-f]{8})/.exec(this.#last(member)?.log() ?? '') ?? [];
    if (token === undefined) throw new Error(`${member.name} was not asked for a consent`);
    this.start([member], { ...setting, variables: { ...setting.variables, ZK_CONSENT: token } });
  }

  stop(...members: readonly LocalMember[]): Promise<void> {
    return stop(...members);
  }

  cutPower(...members: readonly LocalMember[]): Promise<void> {
    return cutPower(...members);
  }

  empty(member: LocalMember): void {
    emptyVolume(member);
  }

  /** How many snapshots a member has. */
  snapshots(member: LocalMember): number {
    return snapshotsOf(member).length;
  }

  removeSnapshots(member: LocalMember): void {
    for (const path of snapshotsOf(member)) rmSync(path);
  }

  swap(one: LocalMember, other: LocalMember): void {
    swapVolumes(one, other);
  }

  /** Writes the value that must be there at the end, and more before it for what is done after so many writes. */
  async write(member: LocalMember, { more = 0 } = {}): Promise<void> {
    for (let node = 0; node < more; node += 1) await write(member, `/more-${node}`, '');
    this.#kept = 'kept';
    await write(member, KEPT, this.#kept);
  }

  /** Throws when a member does not have what was written. */
  async expectKept(members: readonly LocalMember[]): Promise<void> {
    for (const member of members) {
      const found = await read(member, KEPT);
      if (found !== this.#kept) throw new Error(`${member.name} has ${found} in ${KEPT}, not ${this.#kept}`);
    }
  }
}
