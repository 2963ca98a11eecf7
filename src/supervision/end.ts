import type { Log } from '../host/log.ts';
import { writeTerminationLog } from '../host/termination-log.ts';
import { explainExit } from '../lifecycle/exit-codes.ts';
import { type Reason, reasonLine, terminationMessage } from '../lifecycle/reason.ts';
import type { JvmExit } from '../lifecycle/state.ts';
import type { Ready } from '../preparation/prepare.ts';
import { table } from '../settings/table.ts';
import { exitFacts } from './exit-facts.ts';

interface End {
  readonly reason: Reason;
  readonly unexplained: JvmExit | undefined;
  readonly ready: Ready | undefined;
  /** The cgroup's count of kills for memory before the JVM was started. */
  readonly oomKillsBefore: number | undefined;
  readonly log: Log;
}

/** Says why it is over, in the log and where the kubelet reads it; returns the container's exit status. */
export function endOfContainer(end: End): number {
  const { ready, log } = end;
  const whole = explained(end);
  const path = terminationPath(ready);
  const problem = writeTerminationLog(path, terminationMessage(whole));
  if (problem !== undefined) log.write('warn', `${path} ${problem}; the reason is not written there`);
  log.write(whole.status === 0 ? 'info' : 'error', reasonLine(whole));
  return whole.status;
}

function explained({ reason, unexplained, ready, oomKillsBefore }: End): Reason {
  if (unexplained === undefined || ready === undefined) return reason;
  const facts = { ...exitFacts(ready, oomKillsBefore), served: reason.servingMs !== undefined };
  const { name, meaning, remedy } = explainExit({
    exit: unexplained,
    version: ready.distribution.release,
    facts,
  });
  return { ...reason, meaning: name === undefined ? meaning : `${name}: ${meaning}`, remedy };
}

/** Refusals come before there are settings to trust; the default path is the kubelet's own. */
function terminationPath(ready: Ready | undefined): string {
  const given = ready?.settings.terminationLog ?? process.env[table.terminationLog.variable]?.trim();
  return given || '/dev/termination-log';
}
