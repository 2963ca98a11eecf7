import type { Finding } from '../findings/finding.ts';
import { WriteFailure } from '../host/carry-out.ts';
import { NotPermitted } from '../host/privileges.ts';
import type { LifecycleEventBody } from '../lifecycle/event.ts';
import { Refusal } from '../lifecycle/refusal.ts';
import { ownStatus } from '../lifecycle/statuses.ts';

/** The event of a start that findings refuse: the first error in full, the others by number. */
export function refusedBy(findings: readonly Finding[]): LifecycleEventBody {
  const [first, ...others] = findings.filter(({ severity }) => severity === 'error');
  const more = others.length === 0 ? '' : ` (and ${others.length} more, see the log)`;
  const reason =
    first === undefined ? 'no plan could be made' : `${first.code} ${first.subject}: ${first.problem}`;
  return { ...refused(ownStatus.refused, `${reason}${more}`), ...(first && { remedy: first.remedy }) };
}

/** The event of an error that ended the preparation: one we know how to say, or a bug of ours. */
export function refusedOrBug(error: unknown): LifecycleEventBody {
  if (error instanceof WriteFailure) {
    return { ...refused(ownStatus.cannotWrite, `cannot write: ${error.message}`), remedy: error.remedy };
  }
  if (error instanceof NotPermitted) return refused(ownStatus.notPermitted, error.message);
  if (error instanceof Refusal) return refused(error.status, error.message);
  return { type: 'bug', message: error instanceof Error ? error.message : String(error) };
}

function refused(status: number, reason: string) {
  return { type: 'refused', status, reason } as const;
}
