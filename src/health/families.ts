import type { Family } from './exposition.ts';

/** A gauge with one value, or without a sample if the value is not known. */
export function gauge(name: string, help: string, value: number | undefined): Family {
  return { name, type: 'gauge', help, samples: value === undefined ? [] : [{ value }] };
}

/** One series a possible value, exactly one of them 1, so that a query can sum over members. */
export function oneOf(
  name: string,
  help: string,
  label: { readonly name: string; readonly now: string; readonly all: readonly string[] },
): Family {
  const all = label.all.includes(label.now) || label.now === '' ? label.all : [...label.all, label.now];
  const samples = all.map((value) => ({
    labels: { [label.name]: value },
    value: value === label.now ? 1 : 0,
  }));
  return { name, type: 'gauge', help, samples };
}

/** A series with the value 1 that shows labels; without a sample if they are not known. */
export function labelled(
  name: string,
  help: string,
  labels: Readonly<Record<string, string>> | undefined,
): Family {
  return { name, type: 'gauge', help, samples: labels === undefined ? [] : [{ labels, value: 1 }] };
}

/** Milliseconds as seconds, as Prometheus wants them. */
export function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1_000;
}
