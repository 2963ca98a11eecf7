import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { regularFile } from './foreign.ts';

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
