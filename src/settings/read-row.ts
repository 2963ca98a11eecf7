import { type Finding, finding } from '../findings/finding.ts';
import { shortened } from '../text/some-of.ts';
import type { Parsed } from './kinds/kind.ts';
import { withoutCredentials, withoutQuotes } from './mask.ts';
import type { Basis, Row } from './row.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** The text of a file that a NAME_FILE variable names, or why it could not be read. */
export type FileText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: string };

/** Where settings come from: plain objects, so that reading them needs no machine. */
export interface SettingSources {
  readonly variables: Variables;
  /** Variables of `--env-file`; the real environment wins over them. */
  readonly envFile?: {
    readonly path: string;
    readonly variables: Variables;
    readonly findings?: readonly Finding[];
  };
  /** The files that NAME_FILE variables name, by path; see filesToRead. */
  readonly files: ReadonlyMap<string, FileText>;
  readonly memory: Pick<Basis, 'memoryBytes' | 'memoryIs'>;
}

/** Where a value came from, for `render --explain` and error messages. */
export interface Origin {
  readonly kind: 'variable' | 'env-file' | 'file' | 'foreign' | 'default' | 'derived' | 'unset';
  readonly words: string;
}

// What a decoder makes of bytes that are no UTF-8, such as a file of UTF-16, and what no setting can hold.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const NOT_TEXT = /[\ufffd\u0000]/;

const SERVICE_LINK = /^(tcp|udp|sctp):\/\//;

/** What one row came to: a value with its origin, a finding, or neither when nothing was given. */
export interface RowOutcome {
  readonly given?: { readonly value: unknown; readonly origin: Origin };
  readonly finding?: Finding;
}

/** Reads one setting from its variable, from --env-file, or from the file that NAME_FILE names. */
export function readRow(row: Row<unknown>, given: SettingSources): RowOutcome {
  const sources = withoutImages(row, given);
  const direct = lookUp(sources, row.variable);
  const named = lookUp(sources, `${row.variable}_FILE`);
  if (direct && SERVICE_LINK.test(direct.text)) return { finding: serviceLink(row, direct.text) };
  if (direct && named) return { finding: givenTwice(row) };
  if (named) return readNamedFile(row, named.text, sources);
  return direct === undefined ? {} : interpret(row, direct.text, direct.origin);
}

/** A value that the image itself has set counts as not set, so that an --env-file or a NAME_FILE overrides it. */
function withoutImages(row: Row<unknown>, sources: SettingSources): SettingSources {
  if (!row.setByImage || row.fallback.kind !== 'value') return sources;
  const { [row.variable]: own, ...variables } = sources.variables;
  return own?.trim() === row.fallback.value ? { ...sources, variables } : sources;
}

function readNamedFile(row: Row<unknown>, path: string, { files }: SettingSources): RowOutcome {
  const file = files.get(path) ?? { ok: false, problem: 'was not read' };
  if (!file.ok) return { finding: unreadable(row, path, file.problem) };
  if (NOT_TEXT.test(file.text)) return { finding: unreadable(row, path, 'is not text in UTF-8') };
  const text = file.text.trim();
  if (text === '' && row.mustHold) return { finding: unreadable(row, path, 'is empty') };
  return text === '' ? {} : interpret(row, text, { kind: 'file', words: `${row.variable}_FILE ${path}` });
}

/** The value of a text, or why it is invalid. If the text is not from a variable, the message names its origin. */
export function interpret(row: Row<unknown>, text: string, origin: Origin): RowOutcome {
  const outcome: Parsed<unknown> = row.kind.parse(text);
  if (outcome.ok) return { given: { value: outcome.value, origin } };
  const from = origin.kind === 'variable' ? '' : ` (from ${origin.words})`;
  const { problem, remedy } = quoted(row, { text, origin, outcome });
  return {
    finding: finding('ZK-SETTING-001', { subject: row.variable, problem: `${problem}${from}`, remedy }),
  };
}

interface Rejection {
  readonly text: string;
  readonly origin: Origin;
  readonly outcome: Extract<Parsed<unknown>, { ok: false }>;
}

/**
 * What is wrong, with the value that it is about. A file is where secrets are kept, so what stands in one is not
 * quoted, not even in part: it may be the wrong file.
 */
function quoted(row: Row<unknown>, { text, origin, outcome: { problem, remedy } }: Rejection) {
  if (row.secret) return { problem, remedy };
  if (origin.kind === 'file')
    return { problem: withoutQuotes(problem, text), remedy: withoutQuotes(remedy, text) };
  const shown = `"${shortened(text)}" ${problem}`;
  return { problem: withoutCredentials(shown), remedy: withoutCredentials(remedy) };
}

/** A trimmed, non-empty value and its origin. An empty variable counts as not set. */
export function lookUp({ variables, envFile }: Pick<SettingSources, 'variables' | 'envFile'>, name: string) {
  const own = variables[name]?.trim();
  if (own) return { text: own, origin: { kind: 'variable', words: name } as Origin };
  const filed = envFile?.variables[name]?.trim();
  if (!filed) return undefined;
  return { text: filed, origin: { kind: 'env-file', words: `${name} in ${envFile?.path}` } as Origin };
}

function serviceLink(row: Row<unknown>, text: string): Finding {
  return finding('ZK-SETTING-005', {
    subject: row.variable,
    problem: `"${withoutCredentials(shortened(text))}" is a Kubernetes service link, not a setting; the default is used`,
    remedy: 'set enableServiceLinks: false in the pod spec, or rename the Service',
  });
}

function givenTwice({ variable }: Row<unknown>): Finding {
  return finding('ZK-SETTING-002', {
    subject: variable,
    problem: `both ${variable} and ${variable}_FILE are set`,
    remedy: 'keep one of the two',
  });
}

function unreadable({ variable }: Row<unknown>, path: string, problem: string): Finding {
  return finding('ZK-SETTING-003', {
    subject: `${variable}_FILE`,
    problem: `${path} ${problem}`,
    remedy: 'mount the file there or correct the path',
  });
}
