import { Refusal } from '../lifecycle/refusal.ts';
import { ownStatus } from '../lifecycle/statuses.ts';
import { duration } from '../settings/numbers.ts';
import { print, tell } from './io.ts';
import { membersOfSettings } from './members.ts';
import { sanity } from './sanity.ts';

export interface SanityFlags {
  readonly path: string;
  readonly connect?: string;
  readonly timeout: string;
  readonly output: 'text' | 'json';
}

/** `sanity` with the members of the settings, unless --connect names them. */
export async function sanityCommand({ timeout, ...flags }: SanityFlags): Promise<number> {
  const span = duration().parse(timeout);
  if (!span.ok)
    throw new Refusal(ownStatus.wrongFlags, `--timeout "${timeout}" ${span.problem}; ${span.remedy}`);
  const members = flags.connect === undefined ? await membersOfSettings() : [];
  return sanity({ ...flags, timeoutMs: span.value }, { out: print, err: tell }, members);
}
