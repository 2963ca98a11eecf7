/** A stretch of the play, from what is done to when the next is done. */
export interface Phase {
  readonly name: string;
  /** The alerts that must fire before it ends. */
  readonly expected: readonly string[];
  /** Those that may fire beside them, each for a reason that the play names. */
  readonly allowed?: readonly string[];
}

/** What fired at one look, so many seconds after the play began. */
export interface Look {
  readonly atSeconds: number;
  readonly phase: string;
  readonly firing: readonly string[];
}

/**
 * What is wrong with a play: an alert that must fire and did not, and one that fired and must not. What fired in the phase
 * before may still fire until every alert of this one does.
 */
export function faultsOf(phases: readonly Phase[], looks: readonly Look[]): string[] {
  return phases.flatMap(({ name, expected, allowed = [] }, index) => {
    const own = looks.filter(({ phase }) => phase === name);
    const settledAt = own.findIndex(({ firing }) => isSettled(firing, { name, expected, allowed }));
    if (settledAt === -1) {
      const last = own.at(-1)?.firing ?? [];
      return [`${name}: ${said(expected)} should fire, and in the end ${said(last)} did`];
    }
    const before = phases[index - 1];
    const may = [...expected, ...allowed, ...(before?.expected ?? []), ...(before?.allowed ?? [])];
    const early = own.slice(0, settledAt).flatMap((look) => wrongOf(look, may));
    const late = own.slice(settledAt).flatMap((look) => wrongOf(look, [...expected, ...allowed]));
    return [...new Set([...early, ...late].map((alert) => `${name}: ${alert} fired`))];
  });
}

/** Whether exactly what must fire does, besides what may. */
export function isSettled(firing: readonly string[], { expected, allowed = [] }: Phase): boolean {
  return (
    expected.every((alert) => firing.includes(alert)) &&
    firing.every((alert) => expected.includes(alert) || allowed.includes(alert))
  );
}

function wrongOf({ firing }: Look, may: readonly string[]): string[] {
  return firing.filter((alert) => !may.includes(alert));
}

function said(alerts: readonly string[]): string {
  return alerts.length === 0 ? 'nothing' : alerts.join(', ');
}
