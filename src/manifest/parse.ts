import { parseAllDocuments } from 'yaml';
import type { Tree } from './tree.ts';

/** The documents of one file, or what keeps it from being read, with line and column. */
export type ParsedFile =
  | { readonly ok: true; readonly documents: readonly Tree[] }
  | { readonly ok: false; readonly problem: string };

/** YAML 1.2 as Kubernetes' tools write it, several documents to a file; never throws. */
export function parseManifest(text: string): ParsedFile {
  try {
    const documents = parseAllDocuments(text, { prettyErrors: true, logLevel: 'error', stringKeys: true });
    if (!Array.isArray(documents)) return { ok: true, documents: [] };
    const [error] = documents.flatMap(({ errors }) => errors);
    if (error !== undefined) return { ok: false, problem: placed(error) };
    return { ok: true, documents: documents.map((document) => document.toJS({ maxAliasCount: 100 })) };
  } catch (error) {
    // Too many aliases (ten lines can stand for gigabytes), or more levels than there is stack.
    return { ok: false, problem: error instanceof RangeError ? 'is nested too deeply' : oneLine(error) };
  }
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
