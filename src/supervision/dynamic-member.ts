import type { Log } from '../host/output/log.ts';
import type { MemberNow } from '../start/member.ts';
import type { SuperUser } from '../start/super-user.ts';
import { keepRecord } from '../start/write-record.ts';
import { keepCommittedOnVolume } from './committed-on-volume.ts';
import { serveControl } from './control.ts';
import { becomeMember } from './membership.ts';

/** What a member of a dynamic membership needs, once its server serves. */
export interface DynamicMember {
  readonly now: MemberNow;
  readonly superUser: SuperUser;
  /** Whether the server was started by what was committed then, as one of its members. */
  readonly wasCurrent: boolean;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * What a dynamic membership adds to the life of a member: it serves the commands of its container, keeps on the volume what is
 * committed, and is let in where it came to an ensemble. A separate bundle (tsup.config.ts), read once the server serves.
 */
export async function liveAsMember({
  now,
  superUser,
  wasCurrent,
  log,
  signal,
}: DynamicMember): Promise<void> {
  serveControl({ now, superUser, log, signal });
  const { ready } = now.member;
  const { ensemble } = ready;
  const role = ensemble.becomes ?? ensemble.self.role;
  void keepCommittedOnVolume({ settings: ready.settings, log, signal, written: () => now.refresh?.() });
  const joined = await becomeMember({ ready, role, superUser, wasCurrent, log, signal });
  if (joined === undefined) return;
  now.refresh?.();
  keepRecord(now, { members: now.member.voters }, log);
}
