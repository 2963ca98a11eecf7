import type { Alert } from './alerts/alert.ts';
import { urgentAlerts } from './alerts/critical.ts';
import { memberAlerts } from './alerts/members.ts';
import { resourceAlerts } from './alerts/resources.ts';

/**
 * Every alert, the most urgent first. Thresholds are those at which a person can still do something: a member that is
 * restarted or rolled for two minutes is no alert.
 */
export const alerts: readonly Alert[] = [...urgentAlerts, ...memberAlerts, ...resourceAlerts];

/** The metrics that an expression of this table reads: each has braces, which functions have not. */
export function metricsIn(expr: string): string[] {
  return [...expr.matchAll(/([a-zA-Z_]\w*)\{/g)].map(([, name]) => name as string);
}

/** The page that says what to do, below this heading. */
export function runbookOf({ name }: Pick<Alert, 'name'>): string {
  return `docs/runbook.md#${name.toLowerCase()}`;
}
