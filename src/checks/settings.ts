import type { Finding } from '../findings/finding.ts';
import { authenticationFindings } from './authentication.ts';
import { connectionFindings } from './connections.ts';
import { ensembleFindings } from './ensemble.ts';
import { exposureFindings } from './exposure.ts';
import { extraConfigFindings } from './extra-config.ts';
import { extraValueFindings } from './extra-values.ts';
import type { SettingFacts } from './facts.ts';
import { flagFindings } from './flags.ts';
import { jarFindings } from './jars.ts';
import { javaEnvFindings } from './java-env.ts';
import { jvmFindings } from './jvm.ts';
import { agentFindings } from './jvm-agents.ts';
import { heapFindings } from './jvm-heap.ts';
import { launchFindings } from './jvm-launch.ts';
import { optionFindings } from './jvm-options.ts';
import { propertyFindings } from './jvm-properties.ts';
import { unknownFlagFindings } from './jvm-unknown.ts';
import { knownDefects } from './known-defects.ts';
import { memoryFindings } from './memory.ts';
import { portFindings } from './ports.ts';
import { purgeFindings } from './purge.ts';
import { storageFindings } from './storage.ts';
import { timeFindings } from './time.ts';
import { tlsFindings } from './tls.ts';
import { unsafeFindings } from './unsafe.ts';
import { versionFindings } from './version.ts';

/** Every check that judges settings as such, all findings at once. */
export function settingFindings(facts: SettingFacts): Finding[] {
  return [
    ...portFindings(facts),
    ...timeFindings(facts),
    ...ensembleFindings(facts),
    ...purgeFindings(facts),
    ...storageFindings(facts),
    ...connectionFindings(facts),
    ...exposureFindings(facts),
    ...memoryFindings(facts),
    ...jvmFindings(facts),
    ...launchFindings(facts),
    ...unknownFlagFindings(facts),
    ...optionFindings(facts),
    ...heapFindings(facts),
    ...javaEnvFindings(facts),
    ...propertyFindings(facts),
    ...agentFindings(facts),
    ...flagFindings(facts),
    ...extraConfigFindings(facts),
    ...extraValueFindings(facts),
    ...unsafeFindings(facts),
    ...authenticationFindings(facts),
    ...tlsFindings(facts),
    ...versionFindings(facts),
    ...knownDefects(facts),
    ...jarFindings(facts),
  ];
}
