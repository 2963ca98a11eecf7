import type { Finding } from '../../findings/finding.ts';
import type { SettingFacts } from '../setting-facts.ts';
import { flagFileFindings } from './flag-files.ts';
import { flagKeyFindings } from './flag-keys.ts';
import { agentFindings } from './jvm-agents.ts';
import { launchFindings } from './jvm-launch.ts';
import { optionFindings } from './jvm-options.ts';
import { propertyFindings, unknownFlagFindings } from './jvm-properties.ts';

/** Every check of the flags that somebody gives, JMX included. A start without such flags does not load them. */
export function givenFlagFindings(facts: SettingFacts): Finding[] {
  return [
    ...launchFindings(facts),
    ...unknownFlagFindings(facts),
    ...optionFindings(facts),
    ...flagFileFindings(facts),
    ...propertyFindings(facts),
    ...flagKeyFindings(facts),
    ...agentFindings(facts),
  ];
}
