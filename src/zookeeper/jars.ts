import type { LoggingBackend } from './distribution.ts';
import { parseRelease, type Release } from './release.ts';

const SERVER_JAR = /^zookeeper(?:-(\d+\.\d+\.\d+)[^/]*)?\.jar$/;
const NOT_THE_SERVER = /(sources|javadoc|tests?)\.jar$/;

/** What a folder of jars is: the server's jars, with the release their names tell. */
export interface ServerJar {
  readonly path: string;
  readonly release: Release | undefined;
}

/** The jars that hold ZooKeeper's server; more than one is a damaged distribution. */
export function serverJars(paths: readonly string[]): ServerJar[] {
  return paths.flatMap((path) => {
    const name = baseName(path);
    const match = NOT_THE_SERVER.test(name) ? null : SERVER_JAR.exec(name);
    return match === null
      ? []
      : [{ path, release: match[1] === undefined ? undefined : parseRelease(match[1]) }];
  });
}

/** slf4j's API and the server first, the rest by name: an order that does not depend on the file system. */
export function classPathOrder(paths: readonly string[]): string[] {
  const rank = (path: string) =>
    /^slf4j-api/.test(baseName(path)) ? 0 : SERVER_JAR.test(baseName(path)) ? 1 : 2;
  return paths.toSorted((a, b) => rank(a) - rank(b) || compare(baseName(a), baseName(b)));
}

/**
 * The logging backend that will be used. The jars decide it, not the version of ZooKeeper: logback needs the matching
 * major version of slf4j (1.7 with logback up to 1.2, 2 with later ones), or nothing is logged.
 */
export function loggingBackend(paths: readonly string[]): LoggingBackend {
  const names = paths.map(baseName);
  const logback = names.find((name) => name.startsWith('logback-classic'));
  if (logback !== undefined && fits(logback, names)) return 'logback';
  const binding = names.some((name) => /^slf4j-(log4j12|reload4j)/.test(name));
  const library = names.some((name) => /^(log4j-1\.2|log4j-1\.|log4j\.jar|log4j12|reload4j)/.test(name));
  return binding && library ? 'log4j' : 'none';
}

function fits(logback: string, names: readonly string[]): boolean {
  const api = names.find((name) => name.startsWith('slf4j-api'));
  const slf4j = majorMinor(api ?? '');
  const own = majorMinor(logback);
  if (slf4j === undefined || own === undefined) return api !== undefined;
  const wantsSlf4j2 = own.major > 1 || own.minor >= 3;
  return wantsSlf4j2 === slf4j.major >= 2;
}

function majorMinor(name: string): { major: number; minor: number } | undefined {
  const [, major, minor] = /-(\d+)\.(\d+)/.exec(name) ?? [];
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
