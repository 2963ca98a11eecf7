import { ownStatus } from '../exit-status.ts';
import type { EventOf, Reason } from './state.ts';

type Words = Omit<Reason, 'what'>;

const notFound = (meaning: string): Words => ({
  status: ownStatus.notFound,
  meaning,
  remedy: 'install a JRE in the image, or point JAVA_HOME to the one that is there',
});

const notExecutable = (meaning: string, remedy: string): Words => ({
  status: ownStatus.notExecutable,
  meaning,
  remedy,
});

const tooLong = 'shorten JVMFLAGS, SERVER_JVMFLAGS or the environment of the container';

/** A shell's statuses: 127 when the path leads to nothing, 126 when it leads to what cannot be executed. */
const WORDS: Readonly<Record<string, Words>> = {
  ENOENT: notFound('there is no such program'),
  ENOTDIR: notFound('a part of the path is a file, not a folder'),
  ELOOP: notExecutable('its symbolic links form a loop', 'correct JAVA_HOME, or the links'),
  ENAMETOOLONG: notExecutable('the path is longer than the system allows', 'shorten JAVA_HOME'),
  EISDIR: notExecutable('it is not a file', 'point JAVA_HOME to the folder that holds bin/java'),
  EACCES: notExecutable(
    'it exists, but the user of zk-entrypoint may not execute it',
    'check its mode, the folders above it, and whether its mount has noexec',
  ),
  EPERM: notExecutable(
    'it exists, but the system forbids its execution',
    'check seccomp, AppArmor and the capabilities that the file itself carries',
  ),
  ENOEXEC: notExecutable(
    'it is not a program for this system',
    'check the file and the architecture of the image',
  ),
  ETXTBSY: notExecutable(
    'something still has it open for writing',
    'start the container when the copy has finished',
  ),
  E2BIG: notExecutable('its arguments and variables are longer than the system allows', tooLong),
};

/** Neither missing nor forbidden: the system is short of something. */
const SHORTAGES: Readonly<Record<string, readonly [meaning: string, remedy: string]>> = {
  EAGAIN: ['the limit for processes is reached', 'raise the limit of processes (pids) of the pod or user'],
  ENOMEM: ['there is no memory for another process', 'raise the memory limit of the pod'],
  EMFILE: ['the limit for open files is reached', 'raise the limit of open files (ulimit -n)'],
  ENFILE: ['the limit for open files is reached', 'raise the limit of open files of the machine'],
};

/** A path of thousands of letters would leave no room for the reason where the kubelet reads it. */
const LONGEST_PATH = 300;

/**
 * Why `java` could not be executed, with a shell's statuses 127 and 126, the path that was tried and what to do.
 * `detail` says what the file itself shows; it is there then, and cannot be executed.
 */
export function spawnFailure({
  path,
  code,
  detail,
}: Pick<EventOf<'spawn-failed'>, 'path' | 'code' | 'detail'>): Reason {
  const shown = path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}…` : path;
  const what = `cannot execute ${shown} (${code})`;
  if (detail !== undefined) {
    const remedy = 'install a whole JRE for this system in the image, or point JAVA_HOME to one';
    return { what, ...notExecutable(detail, remedy) };
  }
  return { what, ...(WORDS[code] ?? refusedBySystem(code)) };
}

function refusedBySystem(code: string): Words {
  const [meaning, remedy] = SHORTAGES[code] ?? [
    'the system refused to start another process',
    'see the code in the manual page execve(2)',
  ];
  return { status: ownStatus.bug, meaning, remedy };
}
