import { setTimeout as sleep } from 'node:timers/promises';
import { lookUpOwnName } from '../host/machine/own-name.ts';
import { monotonicMs } from '../host/monotonic.ts';
import { askNeighbours, askPeers } from '../host/network/ask-peers.ts';
import type { Log } from '../host/output/log.ts';
import { takeConsent } from '../host/volume/consent-file.ts';
import { nearestExisting } from '../host/volume/read-places.ts';
import { shortDigest, volumeMark } from '../host/volume/record-file.ts';
import type { StartServices } from './admit.ts';
import { consentState, type StartLook, type StartMember } from './member.ts';
import type { PlaceServices } from './place.ts';
import { Progress } from './progress.ts';
import { readVolumeOf } from './read-volume-of.ts';

/** The directory that a consent is left in; root may have made the data directory since the first look. */
export function consentDirectory({ ready }: StartMember): string {
  return nearestExisting(ready.settings.dataDir);
}

/** What a consent of this member is for, as the volume is now. */
export function consentStateOf(member: StartMember, look: StartLook) {
  const volume = volumeMark(consentDirectory(member));
  return consentState(member, look, { volume, digest: shortDigest });
}

/** The real ones, of this machine; an aborted signal gives the start up. */
export function startServices(
  member: StartMember,
  {
    log,
    signal,
    setWaiting,
  }: { readonly log: Log; readonly signal: AbortSignal } & Pick<StartServices, 'setWaiting'>,
): PlaceServices {
  const { settings } = member.ready;
  const progress = new Progress((sentence) => log.write('info', sentence));
  return {
    look: () => readVolumeOf(member),
    consentState: (look) => consentStateOf(member, look),
    takeConsent: () => takeConsent(consentDirectory(member)),
    ask: (members, timeoutMs) => askPeers(members, settings, timeoutMs),
    askNeighbours: (timeoutMs) => askNeighbours(member.self, settings, timeoutMs),
    lookUpOwnName,
    pause: (ms) => sleep(ms, undefined, { signal }).catch(() => undefined),
    nowMs: monotonicMs,
    isGivenUp: () => signal.aborted,
    sayProgress: (sentence) => progress.say(sentence),
    say: (sentence) => log.write('info', sentence),
    setWaiting,
  };
}
