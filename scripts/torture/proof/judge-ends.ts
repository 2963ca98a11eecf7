import type { End } from '../kubelet/records.ts';
import type { Violation } from './violation.ts';

/** One fault as it happened; times are those of the clock, in milliseconds. */
export interface Struck {
  readonly kind: string;
  readonly members: readonly string[];
  /** Whether a member it strikes may end because of it. */
  readonly ends: boolean;
  /** Whether it sends KILL to a supervisor itself, which then cannot say why. */
  readonly kills: boolean;
  readonly fromMs: number;
  healedMs: number;
  /** From healing (of both, in a pair) until every member was ready, in milliseconds; undefined when they were not in time. */
  readyMs: number | undefined;
  /** When its round was over. */
  toMs: number;
}

/** Every promise about how containers end; nothing when all are kept. */
export function judgeEnds(ends: readonly End[], faults: readonly Struck[]): Violation[] {
  return ends.flatMap((end) => {
    const causes = faults.filter(
      ({ members, fromMs, toMs }) =>
        members.includes(end.member) && fromMs <= end.atMs && end.atMs <= toMs + SLACK_MS,
    );
    return [...needless(end, causes), ...silent(end, causes), ...left(end)];
  });
}

/** An end is noted when the last process of the container has gone. */
const SLACK_MS = 1_500;

function nameOf({ member, start }: End): string {
  return `${member}, start ${start}`;
}

function needless(end: End, causes: readonly Struck[]): Violation[] {
  if (end.asked === 'deleted' || causes.some(({ ends }) => ends)) return [];
  const how = end.asked ?? (end.reason || `status ${end.status ?? end.signal}`);
  const during = causes.map(({ kind }) => kind).join(', ') || 'no fault of its own';
  return [{ promise: 'needless restart', text: `${nameOf(end)} ended during ${during}: ${how}` }];
}

function silent(end: End, causes: readonly Struck[]): Violation[] {
  const killed = end.signal === 'SIGKILL' && (end.killedByKubelet || causes.some(({ kills }) => kills));
  // Deleted before the program's first line: it has no handler yet, and nothing has been started that could end badly.
  const unborn = end.signal === 'SIGTERM' && end.asked === 'deleted';
  if (killed || unborn || end.reason.trim() !== '') return [];
  return [
    {
      promise: 'end without a reason',
      text: `${nameOf(end)} ended with ${end.status ?? end.signal} and said nothing`,
    },
  ];
}

function left(end: End): Violation[] {
  const found: Violation[] = [];
  if (end.leftovers.length > 0) {
    found.push({ promise: 'left behind', text: `${nameOf(end)} left ${end.leftovers.join(', ')}` });
  }
  if (end.jvms > 1) {
    found.push({ promise: 'restart in place', text: `${nameOf(end)} has had ${end.jvms} JVMs` });
  }
  return found;
}
