import type { Finding } from '../findings/finding.ts';
import { ensembleFindings } from './ensemble.ts';
import { extraConfigFindings, extraValueFindings } from './extra-config.ts';
import { groupFindings } from './groups.ts';
import { jarFindings } from './jars.ts';
import { flagFindings, javaEnvFindings, jvmFindings } from './jvm/flags.ts';
import { heapFindings } from './jvm/jvm-heap.ts';
import { memoryFindings } from './jvm/memory.ts';
import { authenticationFindings } from './login/authentication.ts';
import { membershipFindings } from './membership.ts';
import { connectionFindings, exposureFindings, listenFindings, portFindings } from './network.ts';
import { pathFindings } from './paths.ts';
import { peerKeyFindings } from './peer-key.ts';
import type { SettingFacts } from './setting-facts.ts';
import { purgeFindings, storageFindings } from './storage.ts';
import { timeFindings } from './time.ts';
import { tlsFindings } from './tls/tls.ts';
import { unsafeFindings } from './unsafe.ts';
import { knownDefects, versionFindings } from './version.ts';

/** Every check that judges settings as such, all findings at once. */
export function settingFindings(facts: SettingFacts): Finding[] {
  return [
    ...portFindings(facts),
    ...listenFindings(facts),
    ...timeFindings(facts),
    ...ensembleFindings(facts),
    ...membershipFindings(facts),
    ...purgeFindings(facts),
    ...storageFindings(facts),
    ...pathFindings(facts),
    ...connectionFindings(facts),
    ...exposureFindings(facts),
    ...peerKeyFindings(facts),
    ...memoryFindings(facts),
    ...jvmFindings(facts),
    ...heapFindings(facts),
    ...javaEnvFindings(facts),
    ...flagFindings(facts),
    ...extraConfigFindings(facts),
    ...extraValueFindings(facts),
    ...groupFindings(facts),
    ...unsafeFindings(facts),
    ...authenticationFindings(facts),
    ...tlsFindings(facts),
    ...versionFindings(facts),
    ...knownDefects(facts),
    ...jarFindings(facts),
  ];
}
