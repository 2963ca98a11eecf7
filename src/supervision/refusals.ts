import type { Finding } from '../findings/finding.ts';
import type { FindingCode } from '../findings/severities.ts';
import { WriteFailure } from '../host/carry-out.ts';
import type { LifecycleEventBody } from '../lifecycle/event.ts';
import { Refusal } from '../lifecycle/refusal.ts';
import { ownStatus } from '../lifecycle/statuses.ts';

/** Has a status of its own: no setting is wrong, but what the container may do. */
const NOT_PERMITTED: FindingCode = 'ZK-VOLUME-042';

/** The event of a start that findings refuse: the first error in full, the others by number. */
export function refusedBy(findings: readonly Finding[]): LifecycleEventBody {
  const [first, ...others] = findings.filter(({ severity }) => severity === 'error');
  const more = others.length === 0 ? '' : ` (and ${others.length} more, see the log)`;
  const reason =
    first === undefined ? 'no plan could be made' : `${first.code} ${first.subject}: ${first.problem}`;
  const status = first?.code === NOT_PERMITTED ? ownStatus.notPermitted : ownStatus.refused;
  return { ...refused(status, `${reason}${more}`), ...(first && { remedy: first.remedy }) };
}

/** The event of an error that ended the preparation: one we know how to say, or a bug of ours. */
export function refusedOrBug(error: unknown): LifecycleEventBody {
  if (error instanceof WriteFailure) {
    return { ...refused(ownStatus.cannotWrite, `cannot write: ${error.message}`), remedy: error.remedy };
  }
  if (error instanceof Refusal) return refused(error.status, error.message);
  return { type: 'bug', message: error instanceof Error ? error.message : String(error) };
}

function refused(status: number, reason: string) {
  return { type: 'refused', status, reason } as const;
}
