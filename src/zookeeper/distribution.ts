import type { Release } from './release.ts';

/** The logging library behind slf4j; `none` means that the server would log nothing. */
export type LoggingBackend = 'log4j' | 'logback' | 'none';

/** A ZooKeeper as it lies on the disk (or is assumed to lie there). */
export interface Distribution {
  readonly home: string;
  readonly release: Release;
  /** Absolute paths in class path order. */
  readonly jars: readonly string[];
  readonly logging: LoggingBackend;
  /** True when nothing was found and the release is a supposition. */
  readonly assumed: boolean;
}
