import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The java that would be run: JAVA_HOME's, or the first on PATH; `java` itself when there is none. */
export function findJava({ javaHome, path }: { javaHome: string | undefined; path: string }): string {
  if (javaHome !== undefined) return join(javaHome, 'bin', 'java');
  const candidates = path
    .split(':')
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'java'));
  return candidates.find(isExecutable) ?? candidates.find(exists) ?? 'java';
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

const MOST_RELEASE_BYTES = 65_536;

/** The text of the file `release` in the home of a java executable, links followed; undefined where there is none. */
export function readJavaRelease(java: string): string | undefined {
  try {
    const path = join(dirname(dirname(realpathSync(java))), 'release');
    const { size } = statSync(path);
    return statSync(path).isFile() && size <= MOST_RELEASE_BYTES ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
