import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';

/** What can stand where a file belongs. */
export type Thing = 'pipe' | 'huge' | 'directory' | 'nowhere' | 'loop' | 'endless' | 'socket';

export const things: readonly Thing[] = ['pipe', 'huge', 'directory', 'nowhere', 'loop', 'endless', 'socket'];

/** What is said of each, after its path. */
export const wordsFor: Readonly<Record<Thing, RegExp>> = {
  pipe: /is a named pipe, not a file/,
  huge: /has 3 GiB, more than the/,
  directory: /is a directory/,
  nowhere: /is a symbolic link to \/nowhere\/at\/all, which does not exist/,
  loop: /is a loop of symbolic links/,
  endless: /is a device, not a file/,
  socket: /is a socket, not a file/,
};

/** Puts it there in the place of whatever stands there. */
export function put(thing: Thing, path: string): void {
  rmSync(path, { recursive: true, force: true });
  if (thing === 'pipe') execFileSync('mkfifo', [path]);
  if (thing === 'huge') {
    writeFileSync(path, '');
    truncateSync(path, 3 * 2 ** 30);
  }
  if (thing === 'directory') mkdirSync(path);
  if (thing === 'nowhere') symlinkSync('/nowhere/at/all', path);
  if (thing === 'loop') symlinkSync(path, path);
  if (thing === 'endless') symlinkSync('/dev/zero', path);
  if (thing === 'socket') leaveSocket(path);
}

/** A server that closes removes its socket; one that is killed leaves it. */
function leaveSocket(path: string): void {
  const code = `require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`;
  try {
    execFileSync(process.execPath, ['-e', code, path], { stdio: 'ignore' });
  } catch {
    // Killed, as it was told to.
  }
}
