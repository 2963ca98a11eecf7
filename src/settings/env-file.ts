import { parse } from 'dotenv';
import { type Finding, finding } from '../findings/finding.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import type { Variables } from './read-row.ts';

/** The variables of a file of `NAME=value` lines, and its invalid lines. */
export interface EnvFile {
  readonly path: string;
  readonly variables: Variables;
  readonly findings: readonly Finding[];
}

/**
 * Reads the file of --env-file by dotenv's rules, which pass over every line that they do not understand: each of those
 * is an error here, by its number alone, since it may be the rest of a secret.
 */
export function readEnvFile(path: string, bytes: Uint8Array): EnvFile {
  const subject = `--env-file ${path}`;
  const decoded = decodeUtf8(bytes);
  if (!decoded.ok) {
    const found = finding('ZK-SETTING-016', {
      subject,
      problem: decoded.problem,
      remedy: 'save it as UTF-8',
    });
    return { path, variables: {}, findings: [found] };
  }
  const findings = problemsIn(decoded.text).map(({ line, problem, remedy }) =>
    finding('ZK-SETTING-016', { subject, problem: `line ${line} ${problem}`, remedy }),
  );
  return { path, variables: parse(decoded.text), findings };
}

interface LineProblem {
  /** From 1. */
  readonly line: number;
  readonly problem: string;
  readonly remedy: string;
}

const ENTRY = /^\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*|:\s+)(.*)$/;
const LINE_BREAK = /\r\n|\r|\n/;

/** Every line that dotenv passes over, or reads as something else than it looks like. */
export function problemsIn(text: string): LineProblem[] {
  const lines = text.split(LINE_BREAK);
  const problems: LineProblem[] = [];
  const seen = new Map<string, number>();
  for (let index = 0; index < lines.length; index += 1) {
    const line = index + 1;
    const written = lines[index] ?? '';
    if (/^\s*(#.*)?$/.test(written)) continue;
    const [, name, value = ''] = ENTRY.exec(written) ?? [];
    if (name === undefined) {
      problems.push({
        line,
        problem: 'is not NAME=value',
        remedy: 'write NAME=value, or # before a comment',
      });
      continue;
    }
    const first = seen.get(name);
    if (first !== undefined) {
      problems.push({
        line,
        problem: `gives ${name} again, after line ${first}`,
        remedy: 'keep one of the two',
      });
    }
    seen.set(name, line);
    const { end, problem } = valueFrom(lines, { index, value });
    if (problem !== undefined) problems.push({ line, ...problem });
    index = end;
  }
  return problems;
}

type Problem = Pick<LineProblem, 'problem' | 'remedy'>;

/** Where the value ends, which may be lines further on when it is quoted, and what is wrong with it. */
function valueFrom(
  lines: readonly string[],
  { index, value }: { index: number; value: string },
): { end: number; problem?: Problem } {
  const quote = /^["'`]/.exec(value)?.[0];
  if (quote === undefined) return { end: index, ...(/\S#/.test(value) ? { problem: HASH } : {}) };
  let rest = value.slice(1);
  for (let end = index; end < lines.length; end += 1) {
    if (end > index) rest = lines[end] ?? '';
    const closed = closing(rest, quote);
    if (closed === undefined) continue;
    return { end, ...(/^\s*(#.*)?$/.test(rest.slice(closed + 1)) ? {} : { problem: AFTER_QUOTE }) };
  }
  return { end: index, problem: OPEN_QUOTE };
}

const HASH: Problem = {
  problem: 'has a # in its value, and the value ends there',
  remedy: 'put the value in quotes, or a blank before a comment',
};
const AFTER_QUOTE: Problem = {
  problem: 'has text after its closing quote',
  remedy: 'put the whole value in quotes',
};
const OPEN_QUOTE: Problem = {
  problem: 'opens a quote and does not close it',
  remedy: 'add the closing quote, or put the value in quotes of the other kind',
};

/** The place of the quote that ends the value; one after a backslash does not. */
function closing(text: string, quote: string): number | undefined {
  for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, at + 1)) {
    if (text[at - 1] !== '\\') return at;
  }
  return undefined;
}
