import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientAddress } from '../../../src/sanity/session.ts';
import type { End } from '../kubelet/records.ts';
import type { Network } from '../machine/network.ts';
import { type Random, randomFrom } from '../plan/random.ts';
import type { Violation } from '../proof/violation.ts';
import { type Defect, endedByDamagedLog, endedByGap, type GivenUp, hasGap, OutputWatch } from './defects.ts';
import { CLIENT_PORT, StagedMember, type StagedOptions } from './staged-member.ts';

/** The exit status of a start that settings or safety refused (docs/errors.md). */
export const REFUSED = 78;
const REFUSAL_MS = 15_000;
const READY_MS = 60_000;
/** A fault may be noticed a moment after it is over: the probes of that moment do not count. */
const SETTLED_MS = 600;
const PAUSE_MS = 50;

/** What faults act on: the members, their network, and where broken promises are told. */
export class Stage {
  readonly members: readonly StagedMember[];
  readonly network: Network;
  readonly ends: End[] = [];
  readonly violations: Violation[] = [];
  readonly givenUp: GivenUp[] = [];
  /** What faults draw while they act; the plan has drawn already. */
  readonly chance: Random;
  readonly #outputs = new OutputWatch();
  #endsJudged = 0;

  /** `present` is how many have a pod at first, `extra` the further variables of all of them. */
  constructor(
    around: Omit<StagedOptions, 'ended'>,
    {
      present = around.members,
      extra = {},
      seed = 0,
    }: { present?: number; extra?: StagedMember['extra']; seed?: number } = {},
  ) {
    this.chance = randomFrom(seed);
    this.network = around.network;
    const ended = (end: End) => void this.ends.push(end);
    this.members = Array.from(
      { length: around.members },
      (_, index) => new StagedMember(index + 1, { ...around, ended }, { isAway: index >= present, extra }),
    );
  }

  /** Those that have a pod. */
  get present(): readonly StagedMember[] {
    return this.members.filter(({ isAway }) => !isAway);
  }

  get addresses(): ClientAddress[] {
    return this.members.map(({ address }) => ({ host: address, port: CLIENT_PORT }));
  }

  /** Who leads now; the first member when nobody does. */
  async leader(): Promise<StagedMember> {
    const answers = await Promise.all(this.present.map((member) => member.srvr()));
    const at = answers.findIndex((answer) => answer.serving && answer.mode === 'leader');
    const leader = this.present[Math.max(0, at)];
    if (leader === undefined) throw new Error('an ensemble without members');
    return leader;
  }

  /**
   * Waits until the readiness probes of every member have passed a while after `sinceMs`; returns when the last member
   * became ready. Undefined, and told, when that takes more than a minute.
   */
  async untilAllReady(sinceMs: number): Promise<number | undefined> {
    const settled = sinceMs + SETTLED_MS;
    const ready = () => this.present.every(({ pod }) => pod.ready && pod.askedAtMs > settled);
    let found: { member: StagedMember; defect: Defect } | undefined;
    const settledOrFound = () => {
      found = this.#endedByDefect();
      return found !== undefined || ready();
    };
    if (await until(settledOrFound, READY_MS)) {
      if (found !== undefined) return this.#replaced(found.member, found.defect);
      // One at a time: what the others have written is looked at once this one is ready again.
      const dirty = this.present.find((member) => this.#outputs.tellsOfDirtySnapshot(member));
      if (dirty !== undefined) return this.#replaced(dirty, 'dirty snapshot');
      return Math.max(sinceMs, ...this.present.map(({ pod }) => pod.readySinceMs));
    }
    const names = this.present.filter(({ pod }) => !pod.ready).map(({ name }) => name);
    this.violations.push({
      promise: 'not ready again',
      text: `${names.join(', ')} after ${READY_MS / 1_000} s`,
    });
    return undefined;
  }

  /** Looks at each end once. */
  #endedByDefect(): { member: StagedMember; defect: Defect } | undefined {
    while (this.#endsJudged < this.ends.length) {
      const end = this.ends[this.#endsJudged++];
      const member = this.members.find(({ name }) => name === end?.member);
      if (end === undefined || member === undefined) continue;
      if (endedByGap(member, end)) return { member, defect: 'gap' };
      if (endedByDamagedLog(member, end)) return { member, defect: 'damaged log' };
    }
    return undefined;
  }

  /** A rollout of the other release, or back from it: one member after the other, each ready before the next. */
  async changeRelease(members: readonly StagedMember[]): Promise<void> {
    for (const member of members) {
      await member.pod.goAway();
      member.changeRelease();
      if (hasGap(member)) this.#giveUp(member, 'gap');
      member.pod.comeBack();
      await this.untilAllReady(Date.now());
    }
  }

  /** What docs/operations.md says to do: the quorum holds the data, so the member takes it from there. */
  #giveUp(member: StagedMember, defect: Defect): void {
    member.volume.lose();
    this.givenUp.push({ member: member.name, atMs: Date.now(), defect });
  }

  async #replaced(member: StagedMember, defect: Defect): Promise<number | undefined> {
    await member.pod.goAway();
    this.#giveUp(member, defect);
    member.pod.comeBack();
    return this.untilAllReady(Date.now());
  }

  /** The member must end with 78 from now on; told when it does not. */
  async expectRefusal(member: StagedMember, what: string): Promise<void> {
    const since = Date.now();
    const refused = () =>
      this.ends.some((end) => end.member === member.name && end.status === REFUSED && end.atMs >= since);
    if (await until(refused, REFUSAL_MS)) return;
    this.violations.push({ promise: 'not refused', text: `${member.name} did not refuse ${what}` });
  }

  /** A second server on the member's volume must end with 78 and say why; told when it does not. */
  async expectOneServer(member: StagedMember): Promise<void> {
    const { status, reason } = await member.startSecond();
    if (status === REFUSED && reason.includes('ZK-VOLUME-031')) return;
    const text = `a second server on the volume of ${member.name} ended with ${status}: ${reason.trim()}`;
    this.violations.push({ promise: 'not refused', text });
  }

  /** What still listens in the members' networks. */
  openPorts(): string[] {
    return this.members.flatMap(({ id, name }) => {
      const ports = this.network.listeningPorts(id);
      return ports.length === 0 ? [] : [`${name} still listens on ${ports.join(', ')}`];
    });
  }

  async retire(): Promise<void> {
    await Promise.all(this.members.map(({ pod }) => pod.retire()));
  }
}

/** Looks again and again until the condition holds; false when it does not in time. */
export async function until(condition: () => boolean, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) return false;
    await sleep(PAUSE_MS);
  }
  return true;
}
