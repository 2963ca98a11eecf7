import { closeSync, constants, existsSync, fstatSync, openSync, readlinkSync, type Stats } from 'node:fs';
import { errorCode } from '../errno.ts';
import { AT_ONCE, Unfit, whyNoFile } from './foreign.ts';

/** O_PATH: a descriptor that names an entry without opening it (open(2)). Node has no name for the flag. */
const O_PATH = 0o10_000_000;
/** As many as the kernel follows (path_resolution(7)). */
const MOST_LINKS = 40;

/** A link that root does not follow, because another user may have put it there. */
export class Straying extends Unfit {
  readonly link: string;
  readonly directory: string;
  constructor({ link, target, directory }: { link: string; target: string; directory: string }) {
    super(
      `leads over the symbolic link ${link} to ${target}; users other than root may change ${directory}, so root does not follow it`,
    );
    this.link = link;
    this.directory = directory;
  }
}

/** True while this process runs as root. */
export function isRoot(): boolean {
  return process.geteuid?.() === 0;
}

/** One directory of the path, as its descriptor shows it. */
export interface Step {
  readonly path: string;
  readonly stats: Stats;
}

/** Where the walk ended: at the wanted entry, or at the last directory that exists. */
export interface Reached {
  /** Open, and always the same entry as `stats` describes, even if the path changes. */
  readonly descriptor: number;
  readonly stats: Stats;
  /** The directories of the path, from `/` on; also the last entry, if it is a directory. */
  readonly steps: readonly Step[];
  /** The names below it that do not exist. */
  readonly missing: readonly string[];
}

/**
 * Walks from `/` to an absolute path by descriptors, so that no user can replace a directory with a link meanwhile. A link
 * is followed only from a directory that only root can change, because then the administrator made it.
 * @throws Straying for any other link, Unfit without /proc, and the system call's error if access is refused.
 */
export function reach(path: string): Reached {
  const way = new Way();
  try {
    return way.go(path);
  } catch (error) {
    way.close();
    throw error;
  }
}

/** As `reach`, and closes the descriptor after its use. */
export function reaching<T>(path: string, use: (reached: Reached) => T): T {
  const reached = reach(path);
  try {
    return use(reached);
  } finally {
    closeSync(reached.descriptor);
  }
}

/** Opens a regular file for reading, or as `flags` say, and follows no unsafe link. */
export function openWithoutStraying(path: string, flags = constants.O_RDONLY): number {
  return reaching(path, ({ descriptor, stats, missing }) => {
    if (missing.length > 0) throw absent(path);
    const problem = whyNoFile(stats);
    if (problem !== undefined) throw new Unfit(problem);
    return openSync(itself(descriptor), flags | AT_ONCE);
  });
}

/** The path of an entry below a directory that is held open: no link on the way can lead elsewhere. */
export function below(descriptor: number, name: string): string {
  return `/proc/self/fd/${descriptor}/${name}`;
}

/** The path of an open entry. */
export function itself(descriptor: number): string {
  return `/proc/self/fd/${descriptor}`;
}

/** A descriptor that names an entry, also a link, without opening it; undefined if it does not exist. */
export function take(directory: number, name: string): number | undefined {
  try {
    return openSync(below(directory, name), O_PATH | constants.O_NOFOLLOW);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** True where neither group nor others may write and root owns it; an access list shows in the group's bits (acl(5)). */
export function rootAloneMayChange({ uid, mode }: Stats): boolean {
  return uid === 0 && (mode & 0o022) === 0;
}

/** One name of a path, and the link that it was read from. */
interface Part {
  readonly name: string;
  readonly link?: string;
}

class Way {
  #descriptor = -1;
  #path = '/';
  #steps: Step[] = [];
  #links = 0;

  go(path: string): Reached {
    const parts: Part[] = namesOf(path).map((name) => ({ name }));
    this.#begin();
    for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
      const { name, link } = part;
      const entry = take(this.#descriptor, name);
      if (entry === undefined && link !== undefined)
        throw new Unfit(`leads over the symbolic link ${link}, which leads nowhere`);
      if (entry === undefined) return this.#end([name, ...parts.map((each) => each.name)]);
      const stats = fstatSync(entry);
      if (stats.isSymbolicLink()) {
        closeSync(entry);
        parts.unshift(...this.#follow(name));
        continue;
      }
      this.#enter(entry, name);
      if (stats.isDirectory()) this.#steps.push({ path: this.#path, stats });
      else if (parts.length > 0) throw Object.assign(new Error('ENOTDIR'), { code: 'ENOTDIR' });
    }
    return this.#end([]);
  }

  close(): void {
    if (this.#descriptor >= 0) closeSync(this.#descriptor);
    this.#descriptor = -1;
  }

  #begin(): void {
    const root = openSync('/', O_PATH | constants.O_DIRECTORY);
    this.close();
    this.#descriptor = root;
    this.#path = '/';
    this.#steps = [{ path: '/', stats: fstatSync(root) }];
    // Without /proc, descriptors have no paths. This says so, instead of "does not exist".
    if (!existsSync(itself(root)))
      throw new Unfit('cannot be reached safely by root, since /proc is not mounted');
  }

  #enter(entry: number, name: string): void {
    closeSync(this.#descriptor);
    this.#descriptor = entry;
    if (name === '..') this.#path = this.#path.replace(/\/[^/]*$/, '') || '/';
    else this.#path = `${this.#path === '/' ? '' : this.#path}/${name}`;
  }

  /** The parts that the link stands for. */
  #follow(name: string): Part[] {
    const target = readlinkSync(below(this.#descriptor, name));
    const directory = this.#path;
    const link = `${directory === '/' ? '' : directory}/${name}`;
    if (!rootAloneMayChange(fstatSync(this.#descriptor))) throw new Straying({ link, target, directory });
    this.#links += 1;
    if (this.#links > MOST_LINKS) throw Object.assign(new Error('ELOOP'), { code: 'ELOOP' });
    if (target.startsWith('/')) this.#begin();
    return namesOf(target).map((each) => ({ name: each, link }));
  }

  #end(missing: readonly string[]): Reached {
    return {
      descriptor: this.#descriptor,
      stats: fstatSync(this.#descriptor),
      steps: this.#steps,
      missing,
    };
  }
}

function namesOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}

function absent(path: string): Error {
  return Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
}
