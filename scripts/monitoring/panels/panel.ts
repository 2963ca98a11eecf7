/** How the values of a panel are written: Grafana's names for them. */
export type Unit = 'none' | 'short' | 'bytes' | 's' | 'ms' | 'percentunit' | 'ops' | 'Bps' | 'dtdurations';

/** One curve, or one for each member. */
export interface Query {
  /** PromQL with MEMBERS in the braces of every selector, as in the alerts. */
  readonly expr: string;
  /** Labels in double braces are filled in, as Grafana does. */
  readonly legend: string;
}

/** One field of the dashboard. */
export interface Panel {
  readonly title: string;
  /** What a person learns from it. */
  readonly about: string;
  readonly kind: 'timeseries' | 'stat' | 'table';
  readonly unit: Unit;
  readonly queries: readonly Query[];
  /** From here on a value is shown in red; below it where the limit is a lower one. */
  readonly limit?: { readonly at: number; readonly is: 'upper' | 'lower' };
}

/** A row of panels under one heading. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

export const POD = '{{instance}}';

/** A single query, by default with a curve for each member. */
export function one(expr: string, legend = POD): readonly Query[] {
  return [{ expr, legend }];
}

/** The average of a summary over five minutes, by what is asked of it. */
export const average = (name: string) => `rate(${name}_sum{MEMBERS}[5m]) / rate(${name}_count{MEMBERS}[5m])`;
