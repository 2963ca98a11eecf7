import { parseAllDocuments, type ScalarTag, type Tags } from 'yaml';
import type { Tree } from './tree.ts';

/** The documents of one file, or what keeps it from being read, with line and column. */
export type ParsedFile =
  | { readonly ok: true; readonly documents: readonly Tree[] }
  | { readonly ok: false; readonly problem: string };

/**
 * YAML as kubectl reads it (sigs.k8s.io/yaml), several documents to a file: that of 1.1, where yes, no, on and off are
 * booleans and 0755 is a number, without its times and its numbers of base 60; never throws.
 */
export function parseManifest(text: string): ParsedFile {
  try {
    const documents = parseAllDocuments(text, {
      version: '1.1',
      customTags: asKubectl,
      prettyErrors: true,
      logLevel: 'error',
      stringKeys: true,
    });
    if (!Array.isArray(documents)) return { ok: true, documents: [] };
    const [error] = documents.flatMap(({ errors }) => errors);
    if (error !== undefined) return { ok: false, problem: placed(error) };
    return { ok: true, documents: documents.map((document) => document.toJS({ maxAliasCount: 100 })) };
  } catch (error) {
    // Too many aliases (ten lines can stand for gigabytes), or more levels than there is stack.
    return { ok: false, problem: error instanceof RangeError ? 'is nested too deeply' : oneLine(error) };
  }
}

/** Go's parser takes these for numbers too. */
const goNumber: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?(0o[0-7_]+|0[0-9]+)$/,
  resolve: (text) => Number(text.replaceAll('_', '').replace(/^([-+]?)0(?=[0-7]+$)/, '$10o')),
};

function asKubectl(tags: Tags): Tags {
  const kept = tags.filter(
    (tag) =>
      typeof tag === 'string' ||
      (!('format' in tag && tag.format === 'TIME') && !tag.tag.endsWith(':timestamp')),
  );
  return [goNumber, ...kept];
}
function placed({
  message,
  linePos,
}: {
  message: string;
  linePos?: readonly { line: number; col: number }[] | undefined;
}): string {
  const [start] = linePos ?? [];
  const [words = ''] = message.split(/ at line \d|:?\n/);
  return start === undefined ? words : `line ${start.line}, column ${start.col}: ${words}`;
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1).join('');
}
