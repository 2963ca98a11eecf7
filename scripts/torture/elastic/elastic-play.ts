import { setTimeout as sleep } from 'node:timers/promises';
import { askStatus } from '../../../src/host/network/ask-status.ts';
import { allFaults } from '../faults/all.ts';
import { HEALTH_PORT } from '../kubelet/pod.ts';
import { pick, type Random } from '../plan/random.ts';
import type { Violation } from '../proof/violation.ts';
import { checkpoint } from '../stage/checkpoint.ts';
import { type Stage, until } from '../stage/stage.ts';
import type { StagedMember } from '../stage/staged-member.ts';
import type { History } from '../workload/history.ts';
import { ROOT, type Workload } from '../workload/workload.ts';

/** The sizes that follow each other, over and over. */
const SIZES = [3, 5, 3, 1, 3];
const FAULTS_PER_CHANGE = 3;
/** What may happen to any member while others come or go. */
const KINDS = [
  'jvm KILL',
  'jvm TERM',
  'supervisor KILL',
  'supervisor TERM',
  'member KILL',
  'all members KILL',
  'network cut',
  'network cut inwards',
  'network cut outwards',
  'volume full',
];
const CONVERGE_MS = 150_000;
const PROGRESS_MS = 30_000;
const CHANGES_PER_CHAPTER = 3;
/** Longer than a joiner needs to elect itself, if it could. */
const STORY_MS = 12_000;

interface ElasticOptions {
  readonly stage: Stage;
  readonly workload: Workload;
  readonly history: History;
  readonly faults: number;
  readonly random: Random;
  readonly impossible: ReadonlySet<string>;
  say(line: string): void;
}

/** What a run has shown. */
export interface ElasticOutcome {
  readonly faults: number;
  readonly changes: number;
  readonly violations: readonly Violation[];
}

/** An ensemble that grows and shrinks under writers, with faults in the middle of every change. */
export class ElasticPlay {
  readonly #options: ElasticOptions;
  readonly #violations: Violation[];
  #faults = 0;
  #changes = 0;

  constructor(options: ElasticOptions) {
    this.#options = options;
    this.#violations = options.stage.violations;
  }

  async perform(): Promise<ElasticOutcome> {
    const { stage, workload, faults } = this.#options;
    await this.#becomes(1);
    // From now on it has the list of the others: one that has lost its volume asks them before it begins with nothing.
    const [first] = stage.members;
    if (first !== undefined)
      first.extra = { ...first.extra, ZK_ENSEMBLE: first.listOf(stage.members.length) };
    if (this.#violations.length === 0) {
      await workload.openChapter();
      await this.#expectProgress();
      await this.#story();
    }
    for (let size = 0; this.#faults < faults && this.#violations.length === 0; size += 1) {
      await this.#change(SIZES[size % SIZES.length] as number);
      if (this.#changes % CHANGES_PER_CHAPTER === 0 && this.#violations.length === 0)
        await this.#nextChapter();
    }
    await this.#judge([ROOT]);
    await stage.retire();
    return { faults: this.#faults, changes: this.#changes, violations: this.#violations };
  }

  /**
   * The only old member is cut off while two join, and they are asked to be three: nobody may lead among the new. Then the
   * same with two that were members, were removed, and come back with what they held: an empty server has no vote anyway.
   */
  async #story(): Promise<void> {
    const { stage, impossible, say } = this.#options;
    if (impossible.has('network cut'))
      return say('SKIPPED here: the story of one and three: no network to cut');
    await this.#joinInACut();
    await this.#becomes(3);
    if (this.#violations.length > 0) return;
    const [, ...others] = stage.present;
    await this.#shrink(1, new AbortController().signal);
    for (const member of others) await member.depart();
    await this.#joinInACut();
    if (this.#violations.length === 0) say('the story of one and three: nobody led among the new');
    await this.#becomes(3);
  }

  async #joinInACut(): Promise<void> {
    const { stage } = this.#options;
    const [old, ...new_] = stage.members.slice(0, 3) as [StagedMember, StagedMember, StagedMember];
    for (const member of new_) member.arrive();
    await until(() => new_.every(({ pod }) => pod.jvmPid() !== undefined), CONVERGE_MS);
    stage.network.hurt(old.id, 'both');
    const deadline = Date.now() + STORY_MS;
    while (Date.now() < deadline && this.#violations.length === 0) {
      for (const member of new_) {
        const srvr = await member.srvr();
        if (srvr.serving && srvr.mode === 'leader')
          this.#violations.push({
            promise: 'two leaders',
            text: `${member.name} leads while zk-0 is cut off`,
          });
      }
      await sleep(200);
    }
    stage.network.heal(old.id);
  }

  async #change(size: number): Promise<void> {
    const { stage, random, say, history } = this.#options;
    const from = stage.present.length;
    const acknowledged = history.acknowledged;
    const startedMs = Date.now();
    const isOver = new AbortController();
    const changing = size > from ? this.#grow(size) : this.#shrink(size, isOver.signal);
    const struck: string[] = [];
    for (let count = 0; count < FAULTS_PER_CHANGE; count += 1) {
      await sleep(random() * 1_500);
      struck.push(await this.#strike());
    }
    await Promise.race([changing, sleep(CONVERGE_MS)]);
    isOver.abort();
    await this.#becomes(size);
    await this.#expectProgress();
    this.#changes += 1;
    const seconds = ((Date.now() - startedMs) / 1_000).toFixed(1);
    say(
      `${String(this.#faults).padStart(4)} ${from} to ${size} in ${seconds} s, ${history.acknowledged - acknowledged} writes: ${struck.join(', ')}`,
    );
  }

  async #grow(size: number): Promise<void> {
    for (const member of this.#options.stage.members.slice(0, size)) member.arrive();
  }

  /** As an operator does it: asked again until it is done, in any member; then the pods go. */
  async #shrink(size: number, signal: AbortSignal): Promise<void> {
    const { stage, random } = this.#options;
    const going = stage.present.filter(({ id }) => id > size);
    // Now and then a pod goes without leaving.
    const last = going.at(-1);
    if (last !== undefined && random() < 0.3) await last.depart();
    while (!signal.aborted) {
      const { status } = await pick(random, stage.present).command([
        'scale',
        String(size),
        '--timeout',
        '20s',
      ]);
      if (status === 0) break;
      await sleep(500);
    }
    await Promise.all(going.map((member) => member.depart()));
  }

  async #strike(): Promise<string> {
    const { stage, random, impossible } = this.#options;
    const kind = pick(
      random,
      KINDS.filter((name) => !impossible.has(name)),
    );
    const fault = allFaults.find(({ name }) => name === kind);
    if (fault === undefined) throw new RangeError(`there is no fault ${kind}`);
    const isOnLeader = random() < 0.5;
    const one = isOnLeader ? await stage.leader() : pick(random, stage.present);
    const members = fault.reach === 'all' ? stage.present : [one];
    const heal = await fault.inject(stage, members);
    await sleep(Math.min(3_500, pick(random, fault.lastsMs)));
    await heal();
    this.#faults += 1;
    return `${kind} ${members.map(({ name }) => name).join(' ')}`;
  }

  /** Every member that is there has committed exactly these voters, and is ready. */
  async #becomes(size: number): Promise<void> {
    const { stage } = this.#options;
    const wanted = Array.from({ length: size }, (_, index) => index + 1).join();
    const deadline = Date.now() + CONVERGE_MS;
    let seen: string[] = [];
    while (Date.now() < deadline) {
      seen = await Promise.all(stage.present.map(votersAt));
      const versions = new Set(seen.map((each) => each.split(' ')[0]));
      if (versions.size === 1 && seen.every((each) => each.endsWith(` ${wanted}`))) {
        await stage.untilAllReady(Date.now());
        return;
      }
      await sleep(200);
    }
    const text = stage.present.map(({ name }, place) => `${name}: ${seen[place]}`).join('; ');
    this.#violations.push({ promise: 'not converged', text: `wanted the voters ${wanted}, and ${text}` });
  }

  async #expectProgress(): Promise<void> {
    const { history } = this.#options;
    const before = history.acknowledged;
    if (await until(() => history.acknowledged > before + 5, PROGRESS_MS)) return;
    this.#violations.push({ promise: 'no progress', text: `no writes in ${PROGRESS_MS / 1_000} s` });
  }

  async #nextChapter(): Promise<void> {
    const { workload } = this.#options;
    await this.#judge([workload.folder]);
    if (this.#violations.length === 0) await workload.openChapter();
  }

  async #judge(roots: readonly string[]): Promise<void> {
    const { stage, workload, history } = this.#options;
    const chapter = await workload.closeChapter();
    const writes = roots[0] === ROOT ? history.writes : chapter.filter(({ kind }) => kind !== 'increment');
    if (this.#violations.length > 0) return;
    this.#violations.push(...(await checkpoint(stage, { roots, writes })));
  }
}

/** `version voters` as the member has committed them. */
async function votersAt({ address }: StagedMember): Promise<string> {
  const told = await askStatus({ host: address, port: HEALTH_PORT, timeoutMs: 2_000 });
  const committed = told?.member?.committed;
  if (!committed) return 'nothing';
  const ids = committed.servers
    .filter((line) => line.includes(':participant'))
    .map((line) => /^server\.(\d+)/.exec(line)?.[1]);
  return `${committed.version} ${ids.join()}`;
}
