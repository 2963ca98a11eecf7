/** A ZooKeeper release as three numbers. */
export interface Release {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/**
 * The newest release this program was tested with, and what is assumed where no distribution is at hand. A test
 * (test/zookeeper/releases.test.ts) names whatever has to know a newer one and does not yet.
 */
export const NEWEST_RELEASE: Release = { major: 3, minor: 9, patch: 6 };

/** Reads `3.9.3`, and `3.9` as its newest patch; undefined for anything else. */
export function parseRelease(text: string): Release | undefined {
  const [, major, minor, patch] = /^(\d+)\.(\d+)(?:\.(\d+))?$/.exec(text.trim()) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  return { major: Number(major), minor: Number(minor), patch: patch === undefined ? 99 : Number(patch) };
}

export function formatRelease({ major, minor, patch }: Release): string {
  return patch === 99 ? `${major}.${minor}` : `${major}.${minor}.${patch}`;
}

/** Negative, zero or positive as `a` is older than, the same as or newer than `b`. */
export function compareReleases(a: Release, b: Release): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

/** True when the release is `since` (such as `3.5.0`) or newer. */
export function isAtLeast(release: Release, since: string): boolean {
  const bound = parseRelease(since);
  if (bound === undefined) throw new Error(`not a release: ${since}`);
  return compareReleases(release, bound) >= 0;
}

/**
 * Whether the release has what came to several lines at different times: its own line's bound counts, or else the newest
 * of all. `bounds` are first releases, oldest first, such as 3.7.2, 3.8.5 and 3.9.0.
 */
export function reaches(release: Release, bounds: readonly string[]): boolean {
  const newest = bounds.at(-1);
  return bounds.some(
    (bound) => isAtLeast(release, bound) && (bound === newest || isSameLine(release, bound)),
  );
}

function isSameLine({ major, minor }: Release, bound: string): boolean {
  const line = parseRelease(bound);
  return line?.major === major && line.minor === minor;
}
