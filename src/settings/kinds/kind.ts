/** The outcome of reading one value: the value, or what is wrong and what would be right. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string; readonly remedy: string };

/** A type of setting: how it is described, read from text, and shown again. */
export interface Kind<T> {
  /** For the reference: `port, 1 to 65535`. */
  readonly description: string;
  parse(text: string): Parsed<T>;
  format(value: T): string;
}

export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function rejected(problem: string, remedy: string): { ok: false; problem: string; remedy: string } {
  return { ok: false, problem, remedy };
}
