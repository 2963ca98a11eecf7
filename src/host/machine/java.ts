import { accessSync, constants, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { misfit, readMadeFor } from '../../zookeeper/class-archive.ts';
import { errorCode } from '../errno.ts';
import { regularFile } from '../files/foreign.ts';
import { atMost, readText } from '../files/read-file.ts';

/** The java that would be run: JAVA_HOME's, or the first on PATH; `java` itself when there is none. */
export function findJava({ javaHome, path }: { javaHome: string | undefined; path: string }): string {
  if (javaHome !== undefined) return join(javaHome, 'bin', 'java');
  const candidates = path
    .split(':')
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'java'));
  return candidates.find(isExecutable) ?? candidates.find(exists) ?? 'java';
}

/** The system's word for why a java cannot be executed, such as ENOENT; undefined where nothing stands against it. */
export function whyNotExecutable(java: string): string | undefined {
  try {
    accessSync(java, constants.X_OK);
    return exists(java) ? undefined : 'EISDIR';
  } catch (error) {
    return errorCode(error) ?? 'EACCES';
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return exists(path);
  } catch {
    return false;
  }
}

function exists(path: string): boolean {
  return regularFile(path) !== undefined;
}

/** The text of the file `release` in the home of a java executable, links followed; undefined where there is none. */
export function readJavaRelease(java: string): string | undefined {
  try {
    return readText(join(dirname(dirname(realpathSync(java))), 'release'), { maxBytes: atMost.textBytes });
  } catch {
    return undefined;
  }
}

/** A class-data archive in the distribution, and whether it may be used. */
export type FoundClassArchive =
  | { readonly kind: 'absent' }
  | { readonly kind: 'fits'; readonly path: string }
  | { readonly kind: 'foreign'; readonly path: string; readonly problem: string };

/** Finds the first of these archives in `lib/`, and compares the list beside it with this JVM and these jars. */
export function findClassArchive(options: {
  readonly home: string;
  readonly names: readonly string[];
  readonly jars: readonly string[];
  readonly java: string;
}): FoundClassArchive {
  const { home, names, jars, java } = options;
  const paths = names.map((name) => join(home, 'lib', name));
  const path = paths.find((each) => sizeAndTimeOf(each) !== undefined);
  if (path === undefined) return { kind: 'absent' };
  try {
    const needed = [libraryOf(java), ...jars];
    const list = readText(`${path}.for`, { maxBytes: atMost.textBytes }, 'latin1');
    const problem = misfit(readMadeFor(list), { needed, sizeAndTimeOf });
    return problem === undefined ? { kind: 'fits', path } : { kind: 'foreign', path, problem };
  } catch {
    return { kind: 'foreign', path, problem: 'has no readable list of what it was made for beside it' };
  }
}

function libraryOf(java: string): string {
  return join(dirname(dirname(realpathSync(java))), 'lib/server/libjvm.so');
}

function sizeAndTimeOf(path: string) {
  const found = regularFile(path);
  return found && { bytes: found.size, mtimeSeconds: Math.floor(found.mtimeMs / 1_000) };
}
