/** What the first bytes of a file say about how the system would execute it (execve(2), elf(5)). */
export type Executable =
  /** `#!`: executed by the program that its first line names. */
  | { readonly kind: 'script'; readonly interpreter: string }
  /** A program for a processor, with the loader it asks for, if it asks for one. */
  | { readonly kind: 'elf'; readonly machine: number; readonly loaderAt: Segment | undefined }
  /** Text without `#!`: execvp(3) gives it to /bin/sh. */
  | { readonly kind: 'text' }
  | { readonly kind: 'unknown'; readonly problem: string };

/** A part of a file, in bytes from its beginning. */
export interface Segment {
  readonly offset: number;
  readonly length: number;
}

/** As many first bytes of a file as `executable` wants to see. */
export const HEAD_BYTES = 4_096;

const LOADER = 3;

/** Reads the first bytes of a file. */
export function executable(head: Uint8Array): Executable {
  if (head.length === 0) return { kind: 'unknown', problem: 'it is empty' };
  if (head[0] === 0x23 && head[1] === 0x21) return script(head);
  if (head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46) return elf(head);
  return head.includes(0)
    ? { kind: 'unknown', problem: 'it is neither a program nor a script' }
    : { kind: 'text' };
}

function script(head: Uint8Array): Executable {
  const [line = ''] = new TextDecoder().decode(head.subarray(2)).split('\n', 1);
  // The kernel ends the name at a blank, not at a carriage return.
  const [, interpreter = ''] = /^[ \t]*([^ \t]*)/.exec(line) ?? [];
  return interpreter === ''
    ? { kind: 'unknown', problem: 'its first line names no program after #!' }
    : { kind: 'script', interpreter };
}

function elf(head: Uint8Array): Executable {
  const wide = head[4] === 2;
  const little = head[5] === 1;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  if (head.length < (wide ? 64 : 52)) return { kind: 'unknown', problem: 'it is an incomplete program' };
  const word = (offset: number) =>
    wide ? Number(view.getBigUint64(offset, little)) : view.getUint32(offset, little);
  const half = (offset: number) => view.getUint16(offset, little);
  const type = half(16);
  if (type !== 2 && type !== 3) return { kind: 'unknown', problem: 'it is an object file, not a program' };
  const table = word(wide ? 32 : 28);
  const [size, count] = [half(wide ? 54 : 42), half(wide ? 56 : 44)];
  // Shorter than was asked for is the whole file.
  if (head.length < HEAD_BYTES && table + size * count > head.length)
    return { kind: 'unknown', problem: 'it is an incomplete program' };
  const starts = Array.from({ length: count }, (_, place) => table + place * size).filter(
    (start) => start + size <= head.length,
  );
  const loader = starts.find((start) => view.getUint32(start, little) === LOADER);
  const loaderAt =
    loader === undefined
      ? undefined
      : { offset: word(loader + (wide ? 8 : 4)), length: word(loader + (wide ? 32 : 16)) };
  return { kind: 'elf', machine: half(18), loaderAt };
}

/** ELF's numbers of processors (elf.h), by the names that Node gives them; the second one is executed by the first too. */
const MACHINES: Readonly<Record<string, readonly number[]>> = {
  x64: [62, 3],
  ia32: [3],
  arm64: [183, 40],
  arm: [40],
  ppc64: [21],
  s390x: [22],
  riscv64: [243],
  loong64: [258],
};

const NAMES: Readonly<Record<number, string>> = {
  3: 'x86',
  62: 'x86-64',
  183: 'arm64',
  40: 'arm',
  21: 'ppc64',
  22: 's390x',
  243: 'riscv64',
  258: 'loong64',
};

/** Why a program for that processor is not one for ours, or undefined where it is, or where ours is not known. */
export function foreignMachine(machine: number, arch: string): string | undefined {
  const [own, ...others] = MACHINES[arch] ?? [];
  if (own === undefined || machine === own || others.includes(machine)) return undefined;
  return `it is built for ${NAMES[machine] ?? `the processor ${machine} of ELF`}, and this system is ${NAMES[own]}`;
}
