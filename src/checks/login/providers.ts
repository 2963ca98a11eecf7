import type { SettingFacts } from '../facts.ts';
import { jvmWords } from '../jvm/jvm-words.ts';

/** Every authProvider.<name> that is given, in zoo.cfg or as a flag (ProviderRegistry). */
export function providers(facts: Pick<SettingFacts, 'settings' | 'jvm' | 'podFiles'>) {
  const flags = jvmWords(facts).map(({ word }) => word.replace(/^-Dzookeeper\./, ''));
  const pairs = [
    ...facts.settings.extraConfig,
    ...flags.map((flag) => flag.split('=', 2) as [string, string]),
  ];
  return pairs
    .filter(([key]) => key.startsWith('authProvider.'))
    .map(([key, className = '']) => ({ name: key.slice('authProvider.'.length), className }));
}
