/** What other images and charts mount, where ours has nothing of its own (docs/move-in.md). */
export const FOREIGN_DATA = ['/bitnami/zookeeper/data', '/data'] as const;

/** Where other images take a zoo.cfg as it is mounted, in the order in which it counts. */
export const FOREIGN_CONFIGS = [
  '/conf/zoo.cfg',
  '/opt/bitnami/zookeeper/conf/zoo.cfg',
  '/bitnami/zookeeper/conf/zoo.cfg',
] as const;

/** What is asked of the machine about such places; each is left out where no volume is at hand. */
export interface PlaceLooks {
  /** What a directory holds: files of a server, nothing of one, or it is not there. */
  findData?(directory: string): 'absent' | 'empty' | 'data';
  /** Whether a server has written its transaction logs there. */
  holdsLogs?(directory: string): boolean;
  /** Whether a directory lies on a volume of its own. */
  isMounted?(directory: string): boolean;
}

/** True where a directory of another image is to be looked at closely: it has data, or is a volume without any yet. */
export function isInUse(directory: string, { findData, isMounted }: PlaceLooks): boolean {
  const found = findData?.(directory) ?? 'absent';
  return found === 'data' || (found === 'empty' && (isMounted?.(directory) ?? false));
}
