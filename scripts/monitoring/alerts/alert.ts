/** Where an expression names the members it is about; each file that is generated puts its own matchers there. */
export const MEMBERS = 'MEMBERS';

/** Series of a test, a value a minute, in promtool's notation: `name{label="value"}` to `0x10 90x20`. */
export type Series = Readonly<Record<string, string>>;

/** An alert: what it watches, what it says, and a case in which it fires beside one in which it must not. */
export interface Alert {
  readonly name: string;
  /** critical: somebody is woken. warning: somebody looks today. info: it is shown. */
  readonly severity: 'critical' | 'warning' | 'info';
  /** PromQL; every selector has braces, and MEMBERS in them. */
  readonly expr: string;
  readonly for?: string;
  readonly summary: string;
  /** The first thing to do; docs/runbook.md has the rest. */
  readonly action: string;
  readonly fires: Case & {
    /** The labels that tell which member, volume or certificate it is. */
    readonly labels: Readonly<Record<string, string>>;
    /** The summary as it is then read. */
    readonly said: string;
  };
  readonly quiet: Case;
}

interface Case {
  readonly series: Series;
  /** When it is looked at. */
  readonly at: string;
}

/** The labels in the tests of the alerts. */
export const ENSEMBLE = { namespace: 'shop', job: 'zookeeper' } as const;
export const ZK_0 = { ...ENSEMBLE, pod: 'zk-0', instance: 'zk-0:8090' } as const;

/** A series of one member, with its labels. */
export function series(name: string, labels: Readonly<Record<string, string>> = {}, pod = 'zk-0'): string {
  const all = { ...ENSEMBLE, pod, instance: `${pod}:8090`, ...labels };
  const pairs = Object.entries(all).map(([label, value]) => `${label}="${value}"`);
  return `${name}{${pairs.join(',')}}`;
}

/** The series of a mode of ZooKeeper. */
export const mode = (pod: string, of: string) => series('zookeeper_mode', { mode: of }, pod);
export const VOTERS = series('zk_entrypoint_members', { role: 'voter' });
/** How a summary names the ensemble, and the member. */
export const SUMMARY_OF = '{{ $labels.namespace }}/{{ $labels.job }}';
export const MEMBER = '{{ or $labels.pod $labels.instance }}';

/** A ratio of two series of one member. */
export function ratio(above: string, below: string, values: readonly [string, string]): Series {
  return { [series(above)]: values[0], [series(below)]: values[1] };
}
