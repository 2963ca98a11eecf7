import { accessSync, constants, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
