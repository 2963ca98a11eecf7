import type { EventOf } from './event.ts';
import type { Reason } from './reason.ts';
import { ownStatus } from './statuses.ts';

type Words = Omit<Reason, 'what'>;

const notFound: Words = {
  status: ownStatus.notFound,
  meaning:
    'there is no such program, or the loader it was built for is missing (a glibc JVM in a musl image)',
  remedy: 'install a JRE in the image, or point JAVA_HOME to the one that is there',
};

const notExecutable: Words = {
  status: ownStatus.notExecutable,
  meaning: 'it is there, and our user may not execute it, or it was built for another processor',
  remedy: 'check its mode, a noexec mount, and the architecture of the image',
};

const WORDS: Readonly<Record<string, Words>> = {
  ENOENT: notFound,
  ENOTDIR: notFound,
  EACCES: notExecutable,
  EPERM: notExecutable,
  ENOEXEC: notExecutable,
  EISDIR: notExecutable,
  ELOOP: notExecutable,
};

/** Neither missing nor forbidden: the system is short of something, most often processes or memory. */
const refusedBySystem: Words = {
  status: ownStatus.bug,
  meaning: 'the system refused to start another process',
  remedy: 'EAGAIN or ENOMEM: raise the limit of processes (pids) or the memory limit of the pod',
};

/** Why `java` could not be executed, with a shell's statuses 127 and 126, the path that was tried and what to do. */
export function spawnFailure({ path, code }: Pick<EventOf<'spawn-failed'>, 'path' | 'code'>): Reason {
  return { what: `cannot execute ${path} (${code})`, ...(WORDS[code] ?? refusedBySystem) };
}
