import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Script } from 'node:vm';
import { randomDigits } from '../random-digits.ts';

/** What the launcher leaves for us where it found no compiled code that fits: the script, and where its code is kept. */
interface Compiled {
  readonly path: string;
  readonly script: Script;
}

/**
 * Keeps the code that this start has compiled, for the next one. It lies beside the program and is as trusted as that;
 * whoever may not write there has none. The name holds the mark of the sources, so that no other program's code is taken
 * for it (V8 itself compares no more than the length), and Node's version. A file is whole before it has its name, and
 * holds the code twice, by which the launcher sees that none of it is damaged: V8 looks at its beginning alone.
 */
export function keepCompiledCode(): void {
  const place = globalThis as { zkEntrypointCompiled?: Compiled };
  const { zkEntrypointCompiled: compiled } = place;
  if (compiled === undefined) return;
  delete place.zkEntrypointCompiled;
  const temporary = `${compiled.path}.${randomDigits(12)}.tmp`;
  try {
    mkdirSync(dirname(compiled.path), { recursive: true });
    const code = compiled.script.createCachedData();
    writeWhole(temporary, Buffer.concat([code, code]));
    renameSync(temporary, compiled.path);
  } catch {
    remove(temporary);
  }
}

/** @throws the system call's error. */
function writeWhole(path: string, bytes: Uint8Array): void {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    if (writeSync(descriptor, bytes) < bytes.length) throw new Error('the disk is full');
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was not made.
  }
}
