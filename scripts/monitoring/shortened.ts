import type { Alert } from './alerts/alert.ts';

const SECONDS = { s: 1, m: 60, h: 3_600 } as const;

/** How a time of the rules is shortened for a run of minutes; what is compared with a threshold stays as it is. */
interface Shortening {
  /** What `for` is divided by. */
  readonly waits: number;
  /** What the ranges in brackets are divided by; they must still span several scrapes. */
  readonly ranges: number;
}

/** The alerts with shorter waits and ranges, for a Prometheus that scrapes every second. */
export function shortened(of: readonly Alert[], { waits, ranges }: Shortening): Alert[] {
  return of.map((alert) => ({
    ...alert,
    expr: alert.expr.replace(
      /\[(\d+)([smh])\]/g,
      (_range, number: string, unit: keyof typeof SECONDS) =>
        `[${Math.ceil((Number(number) * SECONDS[unit]) / ranges)}s]`,
    ),
    ...(alert.for === undefined ? {} : { for: `${Math.ceil(secondsOf(alert.for) / waits)}s` }),
  }));
}

function secondsOf(span: string): number {
  const [, number, unit] = /^(\d+)([smh])$/.exec(span) ?? [];
  return Number(number) * SECONDS[unit as keyof typeof SECONDS];
}
