import { next } from '../lifecycle/next.ts';
import { stateLine } from '../lifecycle/reason.ts';
import {
  type Budgets,
  initialState,
  type JvmExit,
  type LifecycleAction,
  type LifecycleEvent,
  type LifecycleEventBody,
  type LifecycleState,
  type LogFields,
  type Reason,
  type StopTimer,
} from '../lifecycle/state.ts';

/** What the supervisor can do to the world; start.ts gives the real ones. */
export interface Capabilities {
  nowMs(): number;
  spawn(): void;
  abortPreparing(): void;
  /** Waits until the others can serve without this member. Then `leave-taken` follows. */
  takeLeave(): void;
  arm(afterMs: number, then: () => void): void;
  send(pid: number, signal: 'SIGTERM' | 'SIGQUIT'): void;
  killGroup(pid: number): void;
  log(level: 'info' | 'warn' | 'error', message: string, fields?: LogFields): void;
  /** The end. An exit of the JVM that is still unexplained is passed on, to be explained from the facts of the machine. */
  finish(reason: Reason, unexplained: JvmExit | undefined): void;
}

/** Carries out what the lifecycle decides: the one loop through which every event passes, one after the other. */
export class Supervisor {
  #state: LifecycleState;
  #pid: number | undefined;
  readonly #can: Capabilities;
  /** Known once the settings are read; until then nothing runs that would need a budget. */
  budgets: Budgets = { stopWaitMs: 0, stopDelayMs: 0, stopTimeoutMs: 20_000 };

  constructor(capabilities: Capabilities) {
    this.#can = capabilities;
    this.#state = initialState(capabilities.nowMs());
  }

  get state(): LifecycleState {
    return this.#state;
  }

  /** Takes an event as it happens. */
  dispatch(body: LifecycleEventBody): void {
    const event: LifecycleEvent = { ...body, atMs: this.#can.nowMs() };
    if (event.type === 'spawned') this.#pid = event.pid;
    const step = next(this.#state, event, this.budgets);
    this.#state = step.state;
    for (const action of step.actions) this.#carryOut(action);
  }

  #carryOut(action: LifecycleAction): void {
    switch (action.type) {
      case 'spawn':
        return this.#can.spawn();
      case 'abort-preparing':
        return this.#can.abortPreparing();
      case 'fail-readiness':
        // Readiness follows from the phase, which is `stopping` from here on.
        return;
      case 'take-leave':
        return this.#can.takeLeave();
      case 'arm':
        return this.#arm(action.timer, action.afterMs);
      case 'send':
        return this.#toJvm((pid) => this.#can.send(pid, action.signal));
      case 'kill-group':
        return this.#toJvm((pid) => this.#can.killGroup(pid));
      case 'log':
        return this.#can.log(action.level, action.message, action.fields);
      case 'report-state':
        return this.#can.log('info', stateLine(this.#state, this.#can.nowMs()));
      case 'finish':
        return this.#can.finish(action.reason, action.unexplained);
    }
  }

  #arm(timer: StopTimer, afterMs: number): void {
    this.#can.arm(afterMs, () => this.dispatch({ type: `${timer}-over` }));
  }

  #toJvm(act: (pid: number) => void): void {
    if (this.#pid !== undefined) act(this.#pid);
  }
}
