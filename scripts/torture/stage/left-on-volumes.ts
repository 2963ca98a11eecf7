import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { StagedMember } from './staged-member.ts';

/** Temporary files of the supervisor: it removes or renames each, whatever happens meanwhile but KILL. */
const TEMPORARY = /\.\d+\.tmp$/;
/** KILL may come between writing a file and renaming it: so many of them are no leak yet. */
const BORNE = 1;

/** Files that should have gone, as sentences. */
export function leftOnVolumes(members: readonly StagedMember[]): string[] {
  return members.flatMap(({ name, folder }) => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && TEMPORARY.test(entry.name))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
    return files.length > BORNE ? [`${name} has temporary files: ${files.join(', ')}`] : [];
  });
}
