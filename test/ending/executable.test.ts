import { describe, expect, it } from 'vitest';
import { executable, foreignMachine, HEAD_BYTES } from '../../src/ending/executable.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** The head of an ELF program with one segment that names a loader, of either width and byte order. */
function elf({ wide, little, machine, type = 2, kind = 3 }: Record<string, number | boolean>): Uint8Array {
  const head = new Uint8Array(HEAD_BYTES);
  const view = new DataView(head.buffer);
  const end = little === true;
  head.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, end ? 1 : 2]);
  view.setUint16(16, Number(type), end);
  view.setUint16(18, Number(machine), end);
  const word = (at: number, value: number) =>
    wide ? view.setBigUint64(at, BigInt(value), end) : view.setUint32(at, value, end);
  word(wide ? 32 : 28, 64);
  view.setUint16(wide ? 54 : 42, wide ? 56 : 32, end);
  view.setUint16(wide ? 56 : 44, 1, end);
  view.setUint32(64, Number(kind), end);
  word(64 + (wide ? 8 : 4), 0x318);
  word(64 + (wide ? 32 : 16), 28);
  return head;
}

describe('the first bytes of a file', () => {
  it.each([
    ['nothing', bytes(''), { kind: 'unknown', problem: 'it is empty' }],
    ['a script', bytes('#!/bin/sh\nexit'), { kind: 'script', interpreter: '/bin/sh' }],
    [
      'a script with blanks and an argument',
      bytes('#! \t/usr/bin/env -S java'),
      { kind: 'script', interpreter: '/usr/bin/env' },
    ],
    ['a script of Windows', bytes('#!/bin/sh\r\n'), { kind: 'script', interpreter: '/bin/sh\r' }],
    [
      'a script for nothing',
      bytes('#!\n'),
      { kind: 'unknown', problem: 'its first line names no program after #!' },
    ],
    ['text', bytes('exit 1\n'), { kind: 'text' }],
    [
      'bytes',
      new Uint8Array([1, 2, 0, 3]),
      { kind: 'unknown', problem: 'it is neither a program nor a script' },
    ],
    [
      'the beginning of a program',
      bytes('\x7fELF\x02\x01'),
      { kind: 'unknown', problem: 'it is an incomplete program' },
    ],
    [
      'a program without its table',
      elf({ wide: true, little: true, machine: 62 }).slice(0, 64),
      { kind: 'unknown', problem: 'it is an incomplete program' },
    ],
    [
      'an object file',
      elf({ wide: true, little: true, machine: 62, type: 1 }),
      { kind: 'unknown', problem: 'it is an object file, not a program' },
    ],
    [
      'a static program',
      elf({ wide: true, little: true, machine: 62, kind: 1 }),
      { kind: 'elf', machine: 62, loaderAt: undefined },
    ],
    ...[true, false].flatMap((wide) =>
      [true, false].map(
        (little) =>
          [
            `a program of ${wide ? 64 : 32} bits, ${little ? 'little' : 'big'} end first`,
            elf({ wide, little, machine: 22 }),
            { kind: 'elf', machine: 22, loaderAt: { offset: 0x318, length: 28 } },
          ] as const,
      ),
    ),
  ] as readonly (readonly [string, Uint8Array, object])[])('%s', (_, head, found) => {
    expect(executable(head)).toEqual(found);
  });

  it('whatever they are, are read without an error', () => {
    const whole = elf({ wide: true, little: true, machine: 62 });
    for (let length = 0; length < 400; length += 1)
      expect(executable(whole.slice(0, length)).kind).toBeDefined();
    for (let place = 4; place < 130; place += 1) {
      const broken = Uint8Array.from(whole, (byte, at) => (at === place ? 0xff : byte));
      expect(executable(broken).kind).toBeDefined();
    }
  });
});

it.each([
  [62, 'x64', undefined],
  [3, 'x64', undefined],
  [183, 'x64', 'it is built for arm64, and this system is x86-64'],
  [62, 'arm64', 'it is built for x86-64, and this system is arm64'],
  [4711, 'x64', 'it is built for the processor 4711 of ELF, and this system is x86-64'],
  [62, 'mips', undefined],
] as const)('the processor %i on %s', (machine, arch, words) => {
  expect(foreignMachine(machine, arch)).toBe(words);
});
