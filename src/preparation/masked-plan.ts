import { shownValue } from '../render/harmless.ts';
import { shellWord } from '../render/java-files.ts';
import { maskedFlags } from '../render/masked-flags.ts';
import { makePlan, type Plan } from '../render/plan.ts';
import type { PlanInput } from '../render/plan-input.ts';
import type { ExtraConfig } from '../settings/kinds/extra-config.ts';
import type { User } from '../settings/kinds/users.ts';
import { MASK } from '../settings/mask.ts';
import { rows, type Settings } from '../settings/table.ts';
import { formatMode } from '../text/numbers.ts';
import { visible } from '../text/visible.ts';

/** The plan as a person may see it: made by the same function from the same input, with secrets masked. */
export function shownPlan(input: PlanInput): Plan {
  return makePlan({ ...input, settings: shownSettings(input.settings) });
}

/** The settings for people: every value that is not known to be harmless is masked. */
export function shownSettings(settings: Settings): Settings {
  return {
    ...settings,
    ...maskedSecrets(settings),
    extraConfig: shownConfig(settings.extraConfig),
    jvmFlags: maskedFlags(settings.jvmFlags),
    serverJvmFlags: maskedFlags(settings.serverJvmFlags),
  };
}

/** What is secret as a whole: passwords, lists of users with theirs, digests and keys. */
function maskedSecrets(settings: Settings): Partial<Settings> {
  const masked = rows
    .filter(([, { secret }]) => secret)
    .flatMap(([key]): [string, unknown][] => {
      const value: unknown = settings[key];
      if (typeof value === 'string') return [[key, MASK]];
      if (isUsers(value)) return [[key, value.map((user) => ({ ...user, password: MASK }))]];
      return Array.isArray(value) ? [[key, value.map(() => MASK)]] : [];
    });
  return Object.fromEntries(masked);
}

function isUsers(value: unknown): value is readonly User[] {
  return Array.isArray(value) && value.some((each) => typeof each === 'object' && 'password' in each);
}

function shownConfig(pairs: ExtraConfig): ExtraConfig {
  return pairs.map(([key, value]) => [key, shownValue(key, value)] as const);
}

/** Every file under a line with its path and mode, then the java command as a shell would take it. */
export function planAsText({ files, java }: Plan): string {
  const sections = files.map(
    ({ path, mode, content }) => `=== ${visible(path)} (mode ${formatMode(mode)})\n${content}`,
  );
  const words = [java.file, ...java.args].map(shellWord);
  return [
    ...sections,
    `=== java command\n${words.map((word) => visible(word, Number.POSITIVE_INFINITY)).join(' \\\n  ')}`,
  ].join('\n');
}
