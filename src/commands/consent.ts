import { consentFor } from '../admission/consent.ts';
import { leaveConsent } from '../host/consent-file.ts';
import { thisMachine } from '../host/machine.ts';
import { Refusal } from '../lifecycle/refusal.ts';
import { ownStatus } from '../lifecycle/statuses.ts';
import { prepare } from '../preparation/prepare.ts';
import { Standing } from '../supervision/standing.ts';
import { print } from './io.ts';

/** Leaves the token for the start of this member that waits; a token that does not fit its state ends with 64. */
export async function consent(token: string): Promise<number> {
  const { ready } = await prepare(thisMachine(), { assume: { kind: 'newest' } });
  if (ready === undefined)
    throw new Refusal(ownStatus.refused, 'the settings are refused; see zk-entrypoint check');
  const { state, consentDirectory } = new Standing(ready);
  if (token.toLowerCase() !== consentFor('empty-volume', state).token) {
    throw new Refusal(
      ownStatus.wrongFlags,
      `the token "${token}" does not fit this member as it is now; copy it from the last lines of its log`,
    );
  }
  leaveConsent(consentDirectory, token.toLowerCase());
  print('consented: the waiting start begins with nothing within seconds');
  return 0;
}
