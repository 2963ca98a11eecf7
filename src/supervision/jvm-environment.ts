import { secretVariables } from '../settings/display.ts';
import type { Variables } from '../settings/read-row.ts';

/** Our environment without what may hold secrets of ours: /proc/<jvm>/environ outlives every care taken elsewhere. */
export function jvmEnvironment(variables: Variables): Record<string, string | undefined> {
  const secret = new Set(secretVariables());
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !secret.has(name)));
}
