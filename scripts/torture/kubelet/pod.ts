import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from '../../local-ensemble/launch.ts';
import { Container } from './container.ts';
import { type ProbeAnswer, probe } from './probe.ts';
import type { End } from './records.ts';

/** What a pod is made of; the command is asked for at every start. */
export interface PodOptions {
  readonly folder: string;
  readonly name: string;
  readonly address: string;
  readonly node: string | undefined;
  /** True for one that is made later, by `comeBack`. */
  readonly isAway?: boolean;
  command(): Command;
  ended(end: End): void;
}

/** ZK_HEALTH_PORT of every member. */
export const HEALTH_PORT = 8090;
const PERIOD_MS = 500;
/** Above the two seconds that the supervisor waits for ZooKeeper. */
const TIMEOUT_MS = 3_000;
const FAILURES = { startup: 120, live: 3 };
const BACK_OFF_MS = { least: 250, most: 2_000, forgottenAfter: 5_000 };
const DELETED = 'deleted';

/**
 * A kubelet's work for one pod: starts its container, again whenever it ends, with a back-off; asks the three probes;
 * ends the container whose liveness or startup probe has failed too often, and for no other reason.
 * https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/
 */
export class Pod {
  readonly #options: PodOptions;
  #container: Container | undefined;
  #ready = false;
  #askedAtMs = 0;
  #readySinceMs = 0;
  #wanted = true;
  #retired = false;
  #starts = 0;
  #wake = () => {};
  #idle: Promise<void> = Promise.resolve();
  readonly #over: Promise<void>;

  constructor(options: PodOptions) {
    this.#options = options;
    this.#wanted = options.isAway !== true;
    this.#over = this.#live();
  }

  get name(): string {
    return this.#options.name;
  }

  /** As of the last readiness probe. */
  get ready(): boolean {
    return this.#ready;
  }

  /** When the last readiness probe was sent that has been answered. */
  get askedAtMs(): number {
    return this.#askedAtMs;
  }

  /** When the readiness probe passed first after it had failed. */
  get readySinceMs(): number {
    return this.#readySinceMs;
  }

  get supervisorPid(): number | undefined {
    return this.#container?.pid;
  }

  jvmPid(): number | undefined {
    return this.#container?.jvmPid();
  }

  /** The runtime no longer reads what the container writes; returns how it goes on. */
  stopReading(): () => void {
    const output = this.#container?.output;
    output?.stop();
    return () => output?.goOn();
  }

  killAll(): void {
    this.#container?.killAll();
  }

  /** Ends the container; it is started again at once, as after a rollout. */
  async restart(): Promise<void> {
    const container = this.#container;
    await container?.end(DELETED);
    while (container !== undefined && this.#container === container) await sleep(20);
  }

  /** Deletes the pod: settles when nothing of it runs; `comeBack` makes it anew. */
  async goAway(): Promise<void> {
    this.#wanted = false;
    this.#wake();
    await this.#container?.end(DELETED);
    await this.#idle;
  }

  comeBack(): void {
    this.#wanted = true;
    this.#wake();
  }

  async retire(): Promise<void> {
    this.#retired = true;
    await this.goAway();
    await this.#over;
  }

  async #live(): Promise<void> {
    let backOffMs = BACK_OFF_MS.least;
    while (!this.#retired) {
      if (!this.#wanted) {
        await this.#pause(60_000);
        continue;
      }
      const run = this.#runOnce();
      this.#idle = run.then(() => {});
      const end = await run;
      if (end.ranMs > BACK_OFF_MS.forgottenAfter) backOffMs = BACK_OFF_MS.least;
      if (end.asked !== DELETED) await this.#pause(backOffMs);
      backOffMs = Math.min(2 * backOffMs, BACK_OFF_MS.most);
    }
  }

  async #runOnce(): Promise<End> {
    const { folder, name, command } = this.#options;
    this.#starts += 1;
    const container = new Container({ folder, name, start: this.#starts, command: command() });
    this.#container = container;
    const [end] = await Promise.all([container.ended(), this.#watch(container)]);
    this.#container = undefined;
    this.#options.ended(end);
    return end;
  }

  /** First the startup probe until it passes once, then the other two side by side. */
  async #watch(container: Container): Promise<void> {
    await this.#ask(container, { path: '/startupz', failures: FAILURES.startup, untilWell: true });
    const liveness = this.#ask(container, { path: '/livez', failures: FAILURES.live, untilWell: false });
    await Promise.all([liveness, this.#watchReadiness(container)]);
  }

  async #ask(
    container: Container,
    { path, failures, untilWell }: { path: string; failures: number; untilWell: boolean },
  ): Promise<void> {
    for (let failed = 0; container.pid !== undefined; ) {
      const answer = await this.#probe(path);
      container.jvmPid();
      if (answer.ok && untilWell) return;
      failed = answer.ok ? 0 : failed + 1;
      if (failed >= failures) return container.end(`${path} failed ${failed} times: ${answer.words}`);
      await this.#pauseWhile(container);
    }
  }

  async #watchReadiness(container: Container): Promise<void> {
    while (container.pid !== undefined) {
      const askedAtMs = Date.now();
      const { ok } = await this.#probe('/readyz');
      this.#setReady(ok && container.pid !== undefined);
      this.#askedAtMs = askedAtMs;
      await this.#pauseWhile(container);
    }
    this.#setReady(false);
  }

  #setReady(ready: boolean): void {
    if (ready && !this.#ready) this.#readySinceMs = Date.now();
    this.#ready = ready;
  }

  #probe(path: string): Promise<ProbeAnswer> {
    const { address, node } = this.#options;
    return probe({ host: address, port: HEALTH_PORT, path, from: node, timeoutMs: TIMEOUT_MS });
  }

  async #pauseWhile(container: Container): Promise<void> {
    for (let waited = 0; waited < PERIOD_MS && container.pid !== undefined; waited += 50) await sleep(50);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((awake) => {
      const timer = setTimeout(awake, ms);
      this.#wake = () => {
        clearTimeout(timer);
        awake();
      };
    });
  }
}
