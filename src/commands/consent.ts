import { consentFor } from '../admission/consent.ts';
import { ownStatus, Refusal } from '../exit-status.ts';
import { loopbackOf } from '../health/address.ts';
import { WriteFailure } from '../host/files/carry-out.ts';
import { askStatus } from '../host/network/ask-status.ts';
import { randomDigits } from '../host/random-digits.ts';
import { leaveConsent } from '../host/volume/consent-file.ts';
import type { Ready } from '../preparation/prepare.ts';
import type { Settings } from '../settings/table.ts';
import { leaveRoot } from '../start/inspect.ts';
import { startMember } from '../start/member.ts';
import { readVolumeOf } from '../start/read-volume-of.ts';
import { consentDirectory, consentStateOf } from '../start/services.ts';
import { print } from './io.ts';
import { judge } from './judged.ts';

const TIMEOUT_MS = 3_000;
/** The consents that a waiting start can use. A refused start asks for all others. */
const WAITED_FOR = ['empty-volume', 'other-list'] as const;

/** Leaves the token for the start of this member that waits; a token that does not fit its state ends with 64. */
export async function consent(token: string): Promise<number> {
  const { ready } = (await judge()).prepared;
  if (ready === undefined)
    throw new Refusal(ownStatus.refused, 'the settings are refused; see zk-entrypoint check');
  const member = startMember(ready, randomDigits(16));
  const state = consentStateOf(member, readVolumeOf(member));
  const kind = WAITED_FOR.find((each) => consentFor(each, state).token === token.toLowerCase());
  if (kind === undefined) {
    throw wrong(
      `the token "${token}" does not match the state of this member; copy the token from the last lines of its log`,
    );
  }
  if (!(await waits(ready.settings)))
    throw wrong('no start of this member waits here, so there is nothing to consent to');
  leave(ready, consentDirectory(member), token.toLowerCase());
  print(
    kind === 'empty-volume'
      ? 'consented: the waiting start continues without data within seconds'
      : 'consented: the waiting start continues within seconds',
  );
  return 0;
}

/** Written as the user of the waiting start, which must read and remove it. */
function leave({ plan, settings: { user } }: Ready, directory: string, token: string): void {
  const [refused] = leaveRoot({ plan, user, handsOver: false });
  if (refused !== undefined)
    throw new Refusal(ownStatus.notPermitted, `${refused.problem}; ${refused.remedy}`);
  try {
    leaveConsent(directory, token);
  } catch (error) {
    if (!(error instanceof WriteFailure)) throw error;
    throw new Refusal(ownStatus.cannotWrite, `cannot write: ${error.message}; ${error.remedy}`);
  }
}

/** With the health endpoint off this is not known. The next start then discards the token. */
async function waits({ healthPort, healthAddress }: Settings): Promise<boolean> {
  if (healthPort === 0) return true;
  const told = await askStatus({ host: loopbackOf(healthAddress), port: healthPort, timeoutMs: TIMEOUT_MS });
  return told?.waiting !== undefined;
}

function wrong(message: string): Refusal {
  return new Refusal(ownStatus.wrongFlags, message);
}
