import { makePlan, type Plan, type PlanInput } from '../render/plan.ts';
import { maskedConfig, maskFlags } from '../settings/display.ts';

/** The plan as a person may see it: made by the same function from the same input, with secrets masked. */
export function shownPlan(input: PlanInput): Plan {
  const { settings } = input;
  const plan = makePlan({
    ...input,
    settings: {
      ...settings,
      extraConfig: maskedConfig(settings.extraConfig),
      jvmFlags: settings.jvmFlags.map(maskFlags),
      serverJvmFlags: settings.serverJvmFlags.map(maskFlags),
    },
  });
  return plan;
}
