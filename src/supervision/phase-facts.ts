import type { SupervisorFacts } from '../health/facts.ts';
import type { LifecycleState } from '../lifecycle/state.ts';

/** When this life's steps happened, in epoch milliseconds. */
export interface Times {
  readonly startedAtMs: number;
  jvmStartedAtMs: number | undefined;
  jvmPid: number | undefined;
  answeredAtMs: number | undefined;
}

/** The part of the supervisor's facts that follows from its state and times. */
export function phaseFacts(
  state: LifecycleState,
  { startedAtMs, jvmStartedAtMs, jvmPid, answeredAtMs }: Times,
): Pick<
  SupervisorFacts,
  'phase' | 'jvmRunning' | 'everOk' | 'startedAtMs' | 'jvmStarts' | 'jvmStartedAtMs' | 'timeToImokMs'
> & { readonly jvmPid: number | undefined } {
  const started = jvmStartedAtMs !== undefined;
  return {
    phase: state.phase,
    jvmRunning: started && state.phase !== 'stopped',
    everOk: answeredAtMs !== undefined,
    startedAtMs,
    jvmStarts: started ? 1 : 0,
    jvmStartedAtMs,
    jvmPid,
    timeToImokMs: started && answeredAtMs !== undefined ? answeredAtMs - jvmStartedAtMs : undefined,
  };
}
