import { hasErrors } from '../findings/finding.ts';
import { loopbackOf } from '../health/address.ts';
import { thisMachine } from '../host/machine.ts';
import { Refusal } from '../lifecycle/refusal.ts';
import { ownStatus } from '../lifecycle/statuses.ts';
import { prepare, type Ready } from '../preparation/prepare.ts';
import type { SanityMember } from '../sanity/sanity-check.ts';
import { duration } from '../settings/numbers.ts';
import { print, tell, tellFindings } from './io.ts';
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

async function membersOfSettings(): Promise<SanityMember[]> {
  const { ready, findings } = await prepare(thisMachine(), { assume: { kind: 'newest' } });
  if (ready === undefined || hasErrors(findings)) {
    tellFindings(findings);
    throw new Refusal(
      ownStatus.refused,
      'the members are not known; correct the settings, or give --connect host:port,host:port',
    );
  }
  return addresses(ready);
}

/** A standalone server is asked where it listens; members of an ensemble by the names their peers use. */
function addresses({ ensemble, settings: { clientPort, clientAddress } }: Ready): SanityMember[] {
  if (ensemble.members.length === 1)
    return [{ name: ensemble.name, host: loopbackOf(clientAddress), port: clientPort }];
  return ensemble.members.map(({ host }) => ({ name: host, host, port: clientPort }));
}
