import type { Parts } from './parts.ts';

/** One row of the table. Sizes are in bytes but for those in MiB by name. */
export interface Cell {
  /** nio, netty or tls. */
  readonly clients: string;
  readonly limitMib: number;
  readonly dataMib: number;
  readonly heapMib: number;
  /** The peak of what the whole cgroup held and the kernel could not take back. */
  readonly anonymous: number;
  /** The peaks of the JVM and of our own process, with pages of files. */
  readonly jvm: number;
  readonly own: number;
  readonly parts: Parts;
  /** Whether check had nothing against the heap. */
  readonly fits: boolean;
  readonly codes: readonly string[];
  /** Whether the running member warned that its data outgrows the heap. */
  readonly warned: boolean;
  readonly outcome: string;
  readonly reason: string;
}

const MIB = 1_048_576;
/** Parts of native memory tracking, under the names of the issue that asks for the table; "Other" holds direct buffers. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  metaspace: ['Class', 'Metaspace'],
  code: ['Code'],
  stacks: ['Thread'],
  GC: ['GC'],
  direct: ['Other'],
};

const TITLES = [
  'clients',
  'limit',
  'data',
  'heap',
  ...Object.keys(COLUMNS),
  'rest',
  'JVM',
  'own',
  'all',
  'check',
  'warned',
  'end',
];

/** The head of a table in Markdown. */
export function heading(): string {
  return `${line(TITLES)}\n${line(TITLES.map(() => '---'))}`;
}

/** One line of it, in MiB; the JVM and own are resident, the parts committed, all is what cannot be taken back. */
export function row(cell: Cell): string {
  const { parts } = cell;
  const counted = Object.values(COLUMNS).map((names) =>
    names.reduce((sum, name) => sum + (parts[name] ?? 0), 0),
  );
  const known = new Set(['Java Heap', ...Object.values(COLUMNS).flat()]);
  const rest = Object.entries(parts).reduce((sum, [name, bytes]) => sum + (known.has(name) ? 0 : bytes), 0);
  return line([
    cell.clients,
    String(cell.limitMib),
    String(cell.dataMib),
    String(cell.heapMib),
    ...[...counted, rest, cell.jvm, cell.own, cell.anonymous].map((bytes) => String(Math.round(bytes / MIB))),
    cell.fits ? 'fits' : cell.codes.filter((code) => code.startsWith('ZK-MEMORY')).join(' '),
    cell.warned ? 'yes' : 'no',
    cell.outcome,
  ]);
}

function line(words: readonly string[]): string {
  return `| ${words.join(' | ')} |`;
}
