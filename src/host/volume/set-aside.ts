import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from '../files/carry-out.ts';
import { entriesOf } from '../files/list-folder.ts';
import { syncFolder } from '../files/write-file.ts';

/** Where damaged data goes, beside `version-2` in each of the two directories. */
export const SET_ASIDE = 'zk-entrypoint.set-aside';
/** If there are more, the oldest is removed. */
const KEPT = 2;
const NAME = /^(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)Z$/;

interface Directories {
  readonly dataDir: string;
  readonly dataLogDir: string;
}

/** When data was set aside in this directory, oldest first, in epoch milliseconds. */
export function setAsideTimes(dataDir: string): readonly number[] {
  return namesIn(dataDir).map(timeOf);
}

function namesIn(directory: string): string[] {
  const folder = join(directory, SET_ASIDE);
  return existsSync(folder)
    ? entriesOf(folder, { keep: (name) => NAME.test(name) })
        .map(({ name }) => name)
        .toSorted()
    : [];
}

function timeOf(name: string): number {
  const [, time = ''] = NAME.exec(name) ?? [];
  return Date.parse(`${time.slice(0, 11)}${time.slice(11).replaceAll('-', ':')}Z`);
}

/**
 * Moves both `version-2` away, each on its own volume and in one step. The newest two folders of set-aside data are kept.
 * Returns the new paths. The snapshots go first: a start with only logs is still refused, but a start with only snapshots
 * would vote with less than it has acknowledged. @throws WriteFailure
 */
export function setAside({ dataDir, dataLogDir }: Directories, now: Date): string[] {
  const name = `${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
  const directories = [...new Set([dataDir, dataLogDir])];
  return directories.flatMap((directory) => {
    const from = join(directory, 'version-2');
    const folder = join(directory, SET_ASIDE);
    const to = join(folder, name);
    if (!existsSync(from)) return [];
    attempt(to, () => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      renameSync(from, to);
      for (const old of namesIn(directory).slice(0, -KEPT))
        rmSync(join(folder, old), { recursive: true, force: true });
      syncFolder(folder);
      syncFolder(directory);
    });
    return [to];
  });
}
