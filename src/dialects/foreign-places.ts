/** Data directories that other images and charts mount, and our image does not use itself (docs/move-in.md). */
export const FOREIGN_DATA = ['/bitnami/zookeeper/data', '/data'] as const;

/** Paths where other images use a mounted zoo.cfg. The first file that exists counts. */
export const FOREIGN_CONFIGS = [
  '/conf/zoo.cfg',
  '/opt/bitnami/zookeeper/conf/zoo.cfg',
  '/bitnami/zookeeper/conf/zoo.cfg',
] as const;

/** Questions to the machine about such places. Each function is absent if the machine has no volume to look at. */
export interface PlaceLooks {
  /** Whether a directory holds files of a server, holds none, or does not exist. */
  findData?(directory: string): 'absent' | 'empty' | 'data';
  /** Whether a server has written its transaction logs there. */
  holdsLogs?(directory: string): boolean;
  /** Whether a directory is on a mounted volume. */
  isMounted?(directory: string): boolean;
}

/** True if a directory of another image may be the data directory: it holds data, or it is an empty volume. */
export function isInUse(directory: string, { findData, isMounted }: PlaceLooks): boolean {
  const found = findData?.(directory) ?? 'absent';
  return found === 'data' || (found === 'empty' && (isMounted?.(directory) ?? false));
}
