/**
 * What a class-data archive was made for, a line a file: size in bytes, modification time in epoch seconds, path; the
 * JVM's own library and every jar of the class path. The JVM refuses an archive when one of them is another
 * (https://docs.oracle.com/en/java/javase/21/vm/class-data-sharing.html), and says so in its own way only.
 */
export type MadeFor = readonly MadeForFile[];

interface MadeForFile {
  readonly path: string;
  readonly bytes: number;
  readonly mtimeSeconds: number;
}

/** Reads the list beside an archive. Malformed lines are skipped, so a damaged list never matches. */
export function readMadeFor(text: string): MadeFor {
  return text.split('\n').flatMap((line) => {
    const [, bytes, mtime, path] = /^(\d+) (\d+) (\/.+)$/.exec(line) ?? [];
    return path === undefined ? [] : [{ path, bytes: Number(bytes), mtimeSeconds: Number(mtime) }];
  });
}

/** Why an archive does not fit the files that are there, or undefined when it does. */
export function misfit(
  madeFor: MadeFor,
  { needed, sizeAndTimeOf }: { needed: readonly string[]; sizeAndTimeOf(path: string): Size | undefined },
): string | undefined {
  const listed = new Map(madeFor.map((file) => [file.path, file]));
  const added = needed.find((path) => !listed.has(path));
  if (added !== undefined) return `was made without ${added}`;
  const removed = madeFor.find(({ path }) => !needed.includes(path));
  if (removed !== undefined) return `was made with ${removed.path}, which is not used`;
  const changed = madeFor.find((file) => !sameFile(file, sizeAndTimeOf(file.path)));
  return changed === undefined ? undefined : `was made for another ${changed.path}`;
}

interface Size {
  readonly bytes: number;
  readonly mtimeSeconds: number;
}

function sameFile(file: MadeForFile, found: Size | undefined): boolean {
  return found !== undefined && found.bytes === file.bytes && found.mtimeSeconds === file.mtimeSeconds;
}
