import { type LifecycleAction, log } from './action.ts';
import { bugReason } from './bug-reason.ts';
import { finished } from './ending.ts';
import type { EventOf, LifecycleEvent } from './event.ts';
import type { Reason } from './reason.ts';
import { answerRequest, isStopSignal } from './requests.ts';
import type { Preparing } from './state.ts';
import { ownStatus } from './statuses.ts';
import { type Step, stay } from './step.ts';

/** Before there is a JVM: whatever ends the start now ends it at once, and nothing is spawned after it. */
export function whilePreparing(state: Preparing, event: LifecycleEvent): Step {
  switch (event.type) {
    case 'prepared':
      return stay({ phase: 'starting', sinceMs: event.atMs, pid: undefined }, [{ type: 'spawn' }]);
    case 'refused':
      return finished({ reason: refusal(event), atMs: event.atMs });
    case 'bug':
      return abandoned(bugReason(event.message), event.atMs);
    case 'signal':
      return onSignal(state, event);
    default:
      return stay(state);
  }
}

function refusal({ status, reason, remedy }: EventOf<'refused'>): Reason {
  return { what: 'refused to start', status, meaning: reason, ...(remedy === undefined ? {} : { remedy }) };
}

/** A container that ends since it was asked to has not failed, so its status is 0. */
function onSignal(state: Preparing, { signal, atMs }: EventOf<'signal'>): Step {
  if (!isStopSignal(signal)) return stay(state, answerRequest(signal, undefined));
  const reason = { what: `stopped by ${signal} before a JVM was started`, status: ownStatus.stopped };
  return abandoned(reason, atMs, [log('info', `${signal}: the start is given up`, { signal })]);
}

function abandoned(reason: Reason, atMs: number, first: readonly LifecycleAction[] = []): Step {
  return finished({ reason, atMs, first: [{ type: 'abort-preparing' }, ...first] });
}
