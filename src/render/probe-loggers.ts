import { isAtLeast, type Release } from '../distribution/release.ts';

/**
 * The loggers that write a line for every probe; they are held at WARN so that a probe every few seconds does not bury
 * the log. Before 3.5 accepting a connection was such a line too (NIOServerCnxnFactory, ZOOKEEPER-2488 and later).
 */
export function probeLoggers(release: Release): string[] {
  const loggers = [
    'org.apache.zookeeper.server.NIOServerCnxn',
    'org.apache.zookeeper.server.NettyServerCnxn',
  ];
  return isAtLeast(release, '3.5.0')
    ? loggers
    : [...loggers, 'org.apache.zookeeper.server.NIOServerCnxnFactory'];
}
