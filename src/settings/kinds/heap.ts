import type { Basis } from '../row.ts';
import { type Kind, type Parsed, parsed, rejected } from './kind.ts';

/** A heap as it was written: a size in bytes, or a share of the memory limit. */
export type HeapSize =
  | { readonly kind: 'bytes'; readonly bytes: number }
  | { readonly kind: 'share'; readonly percent: number };

const KIB = 1_024;
const UNITS = { '': 1, k: KIB, m: KIB ** 2, g: KIB ** 3, t: KIB ** 4 } as const;
const SMALLEST_HEAP_BYTES = 16 * UNITS.m;
const LARGEST_HEAP_BYTES = 31 * KIB ** 4;
const REMEDY = 'give a size such as 512m, 2G, 2Gi or 1536Mi, or a share of the memory limit such as 50%';

/** `512m 2G 2Gi 1536Mi 50%`; units are powers of 1024, as -Xmx and Kubernetes' Gi read them. */
export const heapSize: Kind<HeapSize> = {
  description: 'size (512m, 2G, 2Gi, 1536Mi) or share of the memory limit (50%)',
  format: (heap) => (heap.kind === 'bytes' ? formatBytes(heap.bytes) : `${heap.percent}%`),
  parse: (text) => (text.endsWith('%') ? parseShare(text) : parseBytes(text)),
};

function parseShare(text: string): Parsed<HeapSize> {
  const [, digits] = /^(\d+)%$/.exec(text) ?? [];
  const percent = Number(digits);
  if (digits === undefined || percent < 1 || percent > 100) {
    return rejected('is not a share from 1% to 100%', REMEDY);
  }
  return parsed({ kind: 'share', percent });
}

function parseBytes(text: string): Parsed<HeapSize> {
  const [, digits, letter = ''] = /^(\d+)(?:([kmgt])i?)?$/i.exec(text) ?? [];
  if (digits === undefined) return rejected('is not a heap size', REMEDY);
  const bytes = Number(digits) * UNITS[letter.toLowerCase() as keyof typeof UNITS];
  if (bytes < SMALLEST_HEAP_BYTES) {
    const hint = letter === '' ? ` (a bare number counts bytes; ${digits}G was perhaps meant)` : '';
    return rejected(`is less than 16m${hint}`, REMEDY);
  }
  return bytes > LARGEST_HEAP_BYTES
    ? rejected('is more than any JVM takes', REMEDY)
    : parsed({ kind: 'bytes', bytes });
}

/** `64m 1Gi 0`, in bytes. */
export const sizeOrOff: Kind<number> = {
  description: 'size (64m, 1Gi), or 0 for none',
  format: (bytes) => (bytes === 0 ? '0' : formatBytes(bytes)),
  parse: (text) => {
    const [, digits, letter = ''] = /^(\d+)(?:([kmgt])i?)?$/i.exec(text) ?? [];
    const bytes = Number(digits) * UNITS[letter.toLowerCase() as keyof typeof UNITS];
    return digits === undefined || !Number.isSafeInteger(bytes)
      ? rejected('is not a size', 'give a size such as 64m or 1Gi, or 0 for none')
      : parsed(bytes);
  },
};

/** The largest unit that shows the bytes exactly: `2G`, `1536m`. */
export function formatBytes(bytes: number): string {
  if (bytes % UNITS.g === 0) return `${bytes / UNITS.g}G`;
  if (bytes % UNITS.m === 0) return `${bytes / UNITS.m}m`;
  return bytes % UNITS.k === 0 ? `${bytes / UNITS.k}k` : String(bytes);
}

const MIB = 1_048_576;

/** The heap in bytes: a share is taken of the memory limit, in whole MiB. */
export function heapBytes(heap: HeapSize, { memoryBytes }: Pick<Basis, 'memoryBytes'>): number {
  return heap.kind === 'bytes' ? heap.bytes : Math.floor((memoryBytes * heap.percent) / 100 / MIB) * MIB;
}
