import { fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { isNull, Unfit, whyNoFile } from './foreign.ts';
import { readBytes, tooLarge } from './read-file.ts';

/** A descriptor that was open when we were started: standard input, or a shell's `<(…)`. */
const OPEN_ALREADY = /^\/dev\/(?:stdin|fd\/(\d{1,4}))$|^\/proc\/self\/fd\/(\d{1,4})$/;

/**
 * Reads the file that a flag names. An open descriptor may be a pipe. It is read to its end without a time limit: the user
 * gave it on purpose, and signals are still handled. Otherwise only regular files are read.
 * @throws Unfit for anything that is not a regular file or is too large, and the system call's error otherwise.
 */
export function readGiven(path: string, maxBytes: number): Promise<Buffer> {
  const [match, first, second] = OPEN_ALREADY.exec(path) ?? [];
  if (match === undefined) return Promise.resolve().then(() => readBytes(path, { maxBytes }));
  return readOpen(Number(first ?? second ?? 0), maxBytes);
}

async function readOpen(descriptor: number, maxBytes: number): Promise<Buffer> {
  const stats = fstatSync(descriptor);
  if (isNull(stats)) return Buffer.alloc(0);
  const isStream = stats.isFIFO() || stats.isSocket() || (descriptor === 0 && !stats.isDirectory());
  if (isStream) return readToEnd(streamOf(descriptor), maxBytes);
  const problem = whyNoFile(stats);
  if (problem !== undefined) throw new Unfit(problem);
  return readBytes(`/dev/fd/${descriptor}`, { maxBytes });
}

/** Standard input may be a terminal, and Node knows how to read one. */
function streamOf(descriptor: number): Readable {
  return descriptor === 0 ? process.stdin : new Socket({ fd: descriptor, readable: true, writable: false });
}

async function readToEnd(stream: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    total += chunk.length;
    if (total > maxBytes) throw tooLarge(maxBytes);
  }
  return Buffer.concat(chunks);
}
