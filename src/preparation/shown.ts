import { shownValue } from '../render/harmless.ts';
import { makePlan, type Plan, type PlanInput } from '../render/plan.ts';
import { maskedFlags } from '../render/shown-flags.ts';
import type { ExtraConfig } from '../settings/extra-config.ts';
import type { Settings } from '../settings/table.ts';

/** The plan as a person may see it: made by the same function from the same input, with secrets masked. */
export function shownPlan(input: PlanInput): Plan {
  return makePlan({ ...input, settings: shownSettings(input.settings) });
}

/** The settings as a person may see them: whatever is not known to be harmless is masked. */
export function shownSettings(settings: Settings): Settings {
  return {
    ...settings,
    extraConfig: shownConfig(settings.extraConfig),
    jvmFlags: maskedFlags(settings.jvmFlags),
    serverJvmFlags: maskedFlags(settings.serverJvmFlags),
  };
}

function shownConfig(pairs: ExtraConfig): ExtraConfig {
  return pairs.map(([key, value]) => [key, shownValue(key, value)] as const);
}
