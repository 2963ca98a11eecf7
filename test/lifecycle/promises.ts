import { signalNumber } from '../../src/lifecycle/signals.ts';
import type { LifecycleAction, LifecycleEvent } from '../../src/lifecycle/state.ts';
import type { Seen } from './watch.ts';

/** The promises that the life breaks, each in words; empty for a life that keeps them all. */
export function brokenPromises(life: readonly Seen[]): string[] {
  return promises.filter(({ kept }) => !kept(life)).map(({ promise }) => promise);
}

interface Promised {
  readonly promise: string;
  kept(life: readonly Seen[]): boolean;
}

/** Each is judged by events and actions alone; what the states say is what is being tested. */
const promises: readonly Promised[] = [
  { promise: 'at most one spawn', kept: (life) => count(life, isSpawn) <= 1 },
  { promise: 'at most one TERM', kept: (life) => count(life, isTerm) <= 1 },
  { promise: 'at most one finish', kept: (life) => count(life, isFinish) <= 1 },
  {
    promise: 'readiness fails at most once',
    kept: (life) => count(life, ({ type }) => type === 'fail-readiness') <= 1,
  },
  { promise: 'no spawn once a stop was asked for', kept: noSpawnAfterStop },
  { promise: 'no TERM and no KILL before a pid', kept: nothingSentBeforePid },
  { promise: 'readiness fails before TERM', kept: readinessBeforeTerm },
  { promise: 'KILL before the JVM’s end only after TERM', kept: killOnlyAfterTerm },
  { promise: 'no finish while a JVM runs', kept: noFinishWhileRunning },
  { promise: 'the group is killed when the JVM has ended', kept: groupKilledAtEnd },
  { promise: 'nothing after the finish', kept: nothingAfterFinish },
  { promise: 'finish and the state stopped come together', kept: finishIsStopped },
  { promise: 'each finish has a reason with its status', kept: finishHasReason },
  { promise: 'the JVM’s exit is kept, and its status is ours as promised', kept: statusKept },
];

const isSpawn = ({ type }: LifecycleAction) => type === 'spawn';
const isFinish = ({ type }: LifecycleAction) => type === 'finish';
const isKill = ({ type }: LifecycleAction) => type === 'kill-group';
const isTerm = (action: LifecycleAction) => action.type === 'send' && action.signal === 'SIGTERM';
const isBug = ({ type }: LifecycleEvent) => type === 'bug';
const isStopRequest = (event: LifecycleEvent) =>
  event.type === 'held' ||
  (event.type === 'signal' && ['SIGTERM', 'SIGINT', 'SIGHUP'].includes(event.signal));

function count(life: readonly Seen[], which: (action: LifecycleAction) => boolean): number {
  return life.flatMap(({ actions }) => actions).filter(which).length;
}

/** The first step with such an action; -1 where there is none. */
function stepOf(life: readonly Seen[], which: (action: LifecycleAction) => boolean): number {
  return life.findIndex(({ actions }) => actions.some(which));
}

function noSpawnAfterStop(life: readonly Seen[]): boolean {
  const asked = life.findIndex(({ event }) => isStopRequest(event) || isBug(event));
  const spawn = stepOf(life, isSpawn);
  return asked === -1 || spawn < asked;
}

/** The step in which the JVM got its pid: the first `spawned` after the spawn; infinite where there is none. */
function pidStep(life: readonly Seen[]): number {
  const spawn = stepOf(life, isSpawn);
  const step = life.findIndex(
    ({ event }, index) => spawn !== -1 && index > spawn && event.type === 'spawned',
  );
  return step === -1 ? Number.POSITIVE_INFINITY : step;
}

/** The step in which the JVM's end was seen: the first `exited` after the spawn; infinite where there is none. */
function exitStep(life: readonly Seen[]): number {
  const spawn = stepOf(life, isSpawn);
  const step = life.findIndex(({ event }, index) => spawn !== -1 && index > spawn && event.type === 'exited');
  return step === -1 ? Number.POSITIVE_INFINITY : step;
}

function nothingSentBeforePid(life: readonly Seen[]): boolean {
  const pid = Math.min(pidStep(life), exitStep(life));
  return life.every(
    ({ actions }, index) =>
      index >= pid || !actions.some((action) => isKill(action) || action.type === 'send'),
  );
}

function readinessBeforeTerm(life: readonly Seen[]): boolean {
  const order = life
    .flatMap(({ actions }) => actions)
    .map((action) => (isTerm(action) ? 'TERM' : action.type));
  const term = order.indexOf('TERM');
  const readiness = order.indexOf('fail-readiness');
  return term === -1 || (readiness !== -1 && readiness < term);
}

function killOnlyAfterTerm(life: readonly Seen[]): boolean {
  const kill = stepOf(life.slice(0, exitStep(life)), isKill);
  const term = stepOf(life, isTerm);
  return kill === -1 || (term !== -1 && term < kill);
}

function noFinishWhileRunning(life: readonly Seen[]): boolean {
  const finish = stepOf(life, isFinish);
  return finish === -1 || finish < pidStep(life) || exitStep(life) <= finish;
}

function groupKilledAtEnd(life: readonly Seen[]): boolean {
  const finish = stepOf(life, isFinish);
  if (finish === -1 || life[finish]?.event.type !== 'exited') return true;
  const types = life[finish]?.actions.map(({ type }) => type) ?? [];
  return types.includes('kill-group') && types.indexOf('kill-group') < types.indexOf('finish');
}

function nothingAfterFinish(life: readonly Seen[]): boolean {
  const finish = stepOf(life, isFinish);
  if (finish === -1) return true;
  const { after } = life[finish] as Seen;
  return life.slice(finish + 1).every((seen) => seen.actions.length === 0 && seen.after === after);
}

function finishIsStopped(life: readonly Seen[]): boolean {
  return life.every(
    ({ before, after, actions }) =>
      actions.some(isFinish) === (after.phase === 'stopped' && before.phase !== 'stopped'),
  );
}

function finishHasReason(life: readonly Seen[]): boolean {
  const finish = life.flatMap(({ actions }) => actions).find((action) => action.type === 'finish');
  return finish === undefined || (finish.reason.what.length > 0 && finish.reason.status === finish.status);
}

/** The rules of a status once more, written from what was asked and sent rather than from the state. */
function statusKept(life: readonly Seen[]): boolean {
  const at = exitStep(life);
  const end = life[at];
  if (end === undefined || end.event.type !== 'exited' || end.before.phase === 'stopped') return true;
  const finish = end.actions.find((action) => action.type === 'finish');
  const raw = 'status' in end.event ? end.event.status : 128 + signalNumber(end.event.signal);
  const kept = end.after.phase === 'stopped' ? end.after.exit : undefined;
  return finish?.status === owedStatus(life.slice(0, at), raw) && keeps(kept, end.event);
}

function owedStatus(life: readonly Seen[], raw: number): number {
  const lived = life.slice(stepOf(life, isSpawn) + 1);
  if (lived.some(({ event }) => isBug(event))) return 70;
  if (!lived.some(({ event }) => isStopRequest(event))) return raw === 0 ? 70 : raw;
  return [0, 130, 143].includes(raw) ? 0 : raw;
}

function keeps(kept: object | undefined, event: LifecycleEvent): boolean {
  return (
    kept !== undefined && Object.entries(kept).every(([key, value]) => Reflect.get(event, key) === value)
  );
}
