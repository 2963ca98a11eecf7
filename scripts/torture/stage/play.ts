import { ownedProcesses } from '../../local-ensemble/owned.ts';
import type { Site } from '../machine/dismantle.ts';
import type { Round } from '../plan/plan.ts';
import { judgeEnds, type Struck } from '../proof/judge-ends.ts';
import type { Violation } from '../proof/violation.ts';
import type { Outcome } from '../report/outcome.ts';
import { roundLine } from '../report/progress.ts';
import { COUNTER } from '../workload/client.ts';
import type { History } from '../workload/history.ts';
import { ROOT, type Workload } from '../workload/workload.ts';
import { checkpoint } from './checkpoint.ts';
import { leftOnVolumes } from './left-on-volumes.ts';
import { playRound } from './round.ts';
import { type Stage, until } from './stage.ts';

interface PlayOptions {
  readonly stage: Stage;
  readonly history: History;
  readonly workload: Workload;
  readonly plan: readonly Round[];
  readonly faults: number;
  readonly site: Site;
  readonly impossible: ReadonlyMap<string, string>;
  say(line: string): void;
}

const FAULTS_PER_CHAPTER = 25;
const PROGRESS_MS = 20_000;
/** The first fault finds something to destroy. */
const FIRST_WRITES = 50;
/** Above the six seconds that a fault takes on the average, with two minutes for the first start and the proof. */
const LIMIT_MS = { base: 180_000, perFault: 12_000 };

/** One run: rounds of faults in chapters with a proof after each, and the whole proof at the end. */
export class Play {
  readonly #options: PlayOptions;
  readonly #struck: Struck[] = [];
  readonly #skipped = new Map<string, { why: string; count: number }>();
  readonly #violations: Violation[];
  readonly #fromMs = Date.now();
  #sinceChapter = 0;

  constructor(options: PlayOptions) {
    this.#options = options;
    this.#violations = options.stage.violations;
    for (const [kind, why] of options.impossible) this.#skipped.set(kind, { why, count: 0 });
  }

  /** Ends early at the first broken promise: what follows it would hide it. */
  async perform(): Promise<Outcome> {
    const { stage, workload, plan, say } = this.#options;
    if ((await stage.untilAllReady(Date.now())) !== undefined) {
      say(`${stage.members.length} members serve: ${plan.length} rounds of faults`);
      await workload.openChapter();
      await this.#expectProgress(FIRST_WRITES);
      for (const round of plan) {
        await this.#play(round);
        if (this.#violations.length > 0) break;
      }
      await this.#closeChapter([ROOT]);
    }
    await this.#tidyUp();
    return this.#outcome();
  }

  async #play(round: Round): Promise<void> {
    const { stage, history, faults, say } = this.#options;
    for (const kind of round.skipped) this.#skip(kind);
    if (round.strikes.length === 0) return;
    const before = history.acknowledged;
    const struck = await playRound(stage, round);
    this.#struck.push(...struck);
    this.#sinceChapter += struck.length;
    await this.#expectProgress();
    this.#violations.push(...judgeEnds(stage.ends, this.#struck).slice(0, 10));
    this.#expectTime();
    say(
      roundLine({ struck, done: this.#struck.length, faults, acknowledged: history.acknowledged - before }),
    );
    if (this.#sinceChapter >= FAULTS_PER_CHAPTER && this.#violations.length === 0) await this.#nextChapter();
  }

  #skip(kind: string): void {
    const skipped = this.#skipped.get(kind);
    if (skipped !== undefined) skipped.count += 1;
    this.#options.say(`         ${kind} SKIPPED: ${skipped?.why}`);
  }

  async #expectProgress(writes = 1): Promise<void> {
    const { history } = this.#options;
    const before = history.acknowledged;
    if (await until(() => history.acknowledged >= before + writes, PROGRESS_MS)) return;
    this.#violations.push({
      promise: 'no progress',
      text: `all members are ready, and fewer than ${writes} writes were acknowledged in ${PROGRESS_MS / 1_000} s`,
    });
  }

  #expectTime(): void {
    const limitMs = LIMIT_MS.base + LIMIT_MS.perFault * this.#options.faults;
    if (Date.now() - this.#fromMs < limitMs) return;
    const text = `${this.#struck.length} of ${this.#options.faults} faults in ${limitMs / 60_000} min`;
    this.#violations.push({ promise: 'out of time', text });
  }

  async #nextChapter(): Promise<void> {
    const { workload } = this.#options;
    await this.#closeChapter([workload.folder, COUNTER]);
    this.#sinceChapter = 0;
    if (this.#violations.length === 0) await workload.openChapter();
  }

  /** At the end everything is judged again, whatever earlier chapters said. */
  async #closeChapter(roots: readonly string[]): Promise<void> {
    const { stage, history, workload, say } = this.#options;
    const ofChapter = await workload.closeChapter();
    const writes = roots.includes(ROOT) ? history.writes : ofChapter;
    try {
      const found = await checkpoint(stage, { roots, writes });
      this.#violations.push(...found);
      const verdict = found.length === 0 ? 'all there on every member, equal digests' : 'PROMISES BROKEN';
      say(`         proof of ${writes.length.toLocaleString('en')} writes: ${verdict}`);
    } catch (error) {
      this.#violations.push({ promise: 'not ready again', text: (error as Error).message });
    }
  }

  async #tidyUp(): Promise<void> {
    const { stage, site } = this.#options;
    await stage.retire();
    const known = new Set(this.#violations.map(({ text }) => text));
    const ends = judgeEnds(stage.ends, this.#struck).filter(({ text }) => !known.has(text));
    this.#violations.push(...ends);
    const left = ownedProcesses(site.folder).map(({ pid, name }) => `process ${name} (${pid})`);
    for (const what of [...left, ...stage.openPorts(), ...leftOnVolumes(stage.members)]) {
      this.#violations.push({ promise: 'left behind', text: what });
    }
  }

  #outcome(): Outcome {
    const { stage, history } = this.#options;
    const count = (outcome: string) => history.writes.filter((write) => write.outcome === outcome).length;
    const acknowledged = history.writes.filter(({ outcome }) => outcome === 'acknowledged');
    return {
      violations: this.#violations,
      struck: this.#struck,
      skipped: this.#skipped,
      ends: stage.ends,
      givenUp: stage.givenUp,
      fromMs: this.#fromMs,
      toMs: Date.now(),
      writes: {
        acknowledged: acknowledged.length,
        refused: count('refused'),
        unknown: count('unknown') + count('pending'),
      },
      acknowledgedAtMs: acknowledged.map(({ atMs = 0 }) => atMs),
      folder: undefined,
    };
  }
}
