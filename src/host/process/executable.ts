import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs';
import { executable, foreignMachine, HEAD_BYTES } from '../../ending/executable.ts';
import { errorCode } from '../errno.ts';

/** Why a file cannot be executed: the error code of the system, and what the file itself shows, for people. */
export interface NotExecutable {
  readonly code: string;
  readonly detail?: string;
}

/**
 * Why executing the file would fail, or undefined. It is checked before, because setpriv would hide the reason. Also, execvp(3)
 * gives a file that the kernel does not know, such as a program for another processor, to /bin/sh, with a misleading message.
 */
export function whyNotExecutable(file: string): NotExecutable | undefined {
  try {
    if (!statSync(file).isFile()) return { code: 'EISDIR' };
    accessSync(file, constants.X_OK);
  } catch (error) {
    return { code: errorCode(error) ?? 'UNKNOWN' };
  }
  return process.platform === 'linux' ? lookInside(file) : undefined;
}

/** A file that may be executed but not read is not checked here. */
function lookInside(file: string): NotExecutable | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return undefined;
  }
  try {
    return judged(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function judged(descriptor: number): NotExecutable | undefined {
  const found = executable(read(descriptor, { offset: 0, length: HEAD_BYTES }));
  if (found.kind === 'unknown') return { code: 'ENOEXEC', detail: found.problem };
  if (found.kind === 'script') return missing('its first line names', found.interpreter);
  if (found.kind === 'text') return undefined;
  const foreign = foreignMachine(found.machine, process.arch);
  if (foreign !== undefined) return { code: 'ENOEXEC', detail: foreign };
  if (found.loaderAt === undefined) return undefined;
  const loader = new TextDecoder().decode(read(descriptor, found.loaderAt)).replace(/\0.*$/s, '');
  return missing('it is built for the loader', loader);
}

function read(descriptor: number, { offset, length }: { offset: number; length: number }): Uint8Array {
  const bytes = new Uint8Array(Math.min(length, HEAD_BYTES));
  return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, offset));
}

function missing(words: string, path: string): NotExecutable | undefined {
  if (path === '' || existsSync(path)) return undefined;
  return { code: 'ENOENT', detail: `${words} ${JSON.stringify(path)}, which does not exist` };
}
