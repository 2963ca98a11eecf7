import { closeSync, ftruncateSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run, tryRun } from './command.ts';

/** Sparse: only what is written takes room. */
const SIZE_BYTES = 4 * 1024 ** 3;
const FILLER = 'filler';

/** The persistent volume of one member: a file system of its own in a file, or a plain folder where nothing may be mounted. */
export class Volume {
  /** Where the member finds it. */
  readonly path: string;
  readonly mounted: boolean;
  /** True once it was filled: a server may have gone on with the log that it could not write. */
  hasBeenFull = false;
  #image: string;

  constructor({ folder, name, mounted }: { folder: string; name: string; mounted: boolean }) {
    this.path = join(folder, name, 'volume');
    this.mounted = mounted;
    this.#image = join(folder, `${name}.ext4`);
    mkdirSync(this.path, { recursive: true });
    if (!mounted) return;
    makeImage(this.#image);
    this.#mount();
  }

  fill(): void {
    this.hasBeenFull = true;
    // It takes what there is and then fails, which is the purpose.
    tryRun('fallocate', '-l', String(SIZE_BYTES), join(this.path, FILLER));
  }

  relieve(): void {
    rmSync(join(this.path, FILLER), { force: true });
  }

  /**
   * What ext4 does by itself after an error of the device (`errors=remount-ro`), but that everything written so far is
   * there afterwards: ZooKeeper does not fsync the snapshot of a start, and refuses to start with logs alone.
   */
  makeReadOnly(): void {
    run('sync', '-f', this.path);
    run('mount', '-o', 'remount,abort', this.path);
  }

  freeze(): void {
    run('fsfreeze', '-f', this.path);
  }

  thaw(): void {
    tryRun('fsfreeze', '-u', this.path);
  }

  /** Checks and mounts it anew, as another node would; nothing may use it meanwhile. */
  repair(): void {
    run('umount', this.path);
    // 1: errors were corrected (fsck.ext4).
    tryRun('fsck.ext4', '-p', this.#image);
    this.#mount();
  }

  /** A new and empty volume in its place. */
  lose(): void {
    for (const entry of readdirSync(this.path)) rmSync(join(this.path, entry), { recursive: true });
  }

  /** Each gets the other's; nothing may use them meanwhile. */
  swapWith(other: Volume): void {
    for (const { path } of [this, other]) run('umount', path);
    const image = this.#image;
    this.#image = other.#image;
    other.#image = image;
    for (const volume of [this, other]) volume.#mount();
  }

  #mount(): void {
    run('mount', '-o', 'loop', this.#image, this.path);
  }
}

function makeImage(image: string): void {
  const descriptor = openSync(image, 'w');
  ftruncateSync(descriptor, SIZE_BYTES);
  closeSync(descriptor);
  run('mkfs.ext4', '-q', '-m', '0', '-J', 'size=8', '-E', 'lazy_itable_init=1,lazy_journal_init=1', image);
}
