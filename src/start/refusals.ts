import { ownStatus, Refusal } from '../exit-status.ts';
import type { Finding } from '../findings/finding.ts';
import type { FindingCode } from '../findings/known-codes.ts';
import { WriteFailure } from '../host/files/carry-out.ts';
import type { LifecycleEventBody } from '../lifecycle/state.ts';

/** Refusals by the machine, not by a setting, have their own statuses: not permitted, or cannot write. */
const STATUSES: Partial<Readonly<Record<FindingCode, number>>> = {
  'ZK-VOLUME-042': ownStatus.notPermitted,
  'ZK-FILE-002': ownStatus.cannotWrite,
  'ZK-FILE-004': ownStatus.cannotWrite,
  'ZK-SPACE-004': ownStatus.cannotWrite,
};

/** The status that the first error ends the start with. */
export function statusOfRefusal(findings: readonly Finding[]): number {
  const first = findings.find(({ severity }) => severity === 'error');
  return (first && STATUSES[first.code]) ?? ownStatus.refused;
}

/** The event of a start that findings refuse: the first error in full, the others by number. */
export function refusedBy(findings: readonly Finding[]): LifecycleEventBody {
  const [first, ...others] = findings.filter(({ severity }) => severity === 'error');
  const more = others.length === 0 ? '' : ` (and ${others.length} more, see the log)`;
  const status = statusOfRefusal(findings);
  const said = first === undefined ? 'no plan could be made' : sentence(first, status);
  return { ...refused(status, `${said}${more}`), ...(first && { remedy: first.remedy }) };
}

function sentence({ code, subject, problem }: Finding, status: number): string {
  return status === ownStatus.cannotWrite
    ? `${code} cannot write: ${subject} ${problem}`
    : `${code} ${subject}: ${problem}`;
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
