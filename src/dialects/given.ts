import type { FileText, Origin } from '../settings/read-row.ts';
import type { Dialect } from './row.ts';
import { type Said, said } from './said.ts';
import { type Read, readBy } from './tell-dialect.ts';

/** A name that is set, with its value and its origin. */
export interface Given extends Read {
  readonly written: string;
  readonly value: string;
  readonly origin: Origin;
}

/** The names that one image reads and does not read, and findings about files that cannot be read and names given twice. */
interface Collected {
  readonly given: Given[];
  readonly unread: string[];
  readonly findings: Said[];
}

/** The values of the names, also from files. It is one pass, because there may be hundreds of names. */
export function collect(
  names: readonly (readonly [name: string, value: string])[],
  from: { readonly dialect: Dialect; readonly owner: string; readText(path: string): FileText },
): Collected {
  const collected: Collected = { given: [], unread: [], findings: [] };
  const inFiles: (Read & { written: string; value: string })[] = [];
  for (const [written, value] of names) {
    const read = readBy(from.dialect, written);
    if (read === undefined) collected.unread.push(written);
    else if (read.isFile) inFiles.push({ ...read, written, value });
    else {
      const origin = { kind: 'foreign', words: `${written} (${from.owner} name)` } as const;
      collected.given.push({ row: read.row, name: read.name, isFile: false, written, value, origin });
    }
  }
  for (const each of inFiles) fromFile(each, { collected, readText: from.readText });
  return collected;
}

function fromFile(
  each: Read & { written: string; value: string },
  to: { readonly collected: Collected; readText(path: string): FileText },
): void {
  const { given, findings } = to.collected;
  const { name, written, value: path } = each;
  if (given.some((other) => other.name === name && !other.isFile)) {
    const problem = `both ${name} and ${written} are set`;
    findings.push(said('ZK-SETTING-002', { subject: name, problem, remedy: 'keep one of the two' }));
    return;
  }
  const file = to.readText(path);
  if (!file.ok) {
    const remedy = 'mount the file there or correct the path';
    findings.push(said('ZK-SETTING-003', { subject: written, problem: `${path} ${file.problem}`, remedy }));
    return;
  }
  const value = file.text.trim();
  if (value !== '') given.push({ ...each, value, origin: { kind: 'file', words: `${written} ${path}` } });
}
