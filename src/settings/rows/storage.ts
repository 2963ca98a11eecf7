import { type ExtraConfig, extraConfig, joinedConfig } from '../kinds/extra-config.ts';
import { sizeOrOff } from '../kinds/heap.ts';
import { wholeNumber } from '../kinds/numbers.ts';
import { oneOf, ownDirectory } from '../kinds/words.ts';
import { always, asItIs, optional, row } from '../row.ts';

/** Where data, logs and configuration live, and what else goes into zoo.cfg. */
export const storageRows = {
  diskReserve: optional({
    variable: 'ZK_DISK_RESERVE',
    group: 'storage',
    kind: sizeOrOff,
    words: 'a twentieth of the volume, 64m at most',
    meaning:
      'The size of a reserve file on each volume. It is released when the volume is nearly full, so that the server can still write a snapshot and stop. 0 is no reserve.',
    goesTo: 'the supervisor',
  }),
  dataDir: row({
    variable: 'ZK_DATA_DIR',
    group: 'storage',
    kind: ownDirectory,
    fallback: always('/var/lib/zookeeper/data'),
    meaning: 'Snapshots and myid; must be on the persistent volume.',
    goesTo: 'myid',
    setByImage: true,
    zooCfg: { dataDir: asItIs },
  }),
  dataLogDir: row({
    variable: 'ZK_DATA_LOG_DIR',
    group: 'storage',
    kind: ownDirectory,
    fallback: always('/var/lib/zookeeper/log'),
    meaning:
      'The directory of the transaction log. It must be on a persistent volume. Never change it for existing data.',
    setByImage: true,
    zooCfg: { dataLogDir: asItIs },
  }),
  snapRetainCount: row({
    variable: 'ZK_SNAP_RETAIN_COUNT',
    group: 'storage',
    kind: wholeNumber({ min: 1, max: 2_147_483_647, unit: 'snapshots' }),
    fallback: always(3),
    meaning: 'How many snapshots a purge keeps.',
    zooCfg: { 'autopurge.snapRetainCount': asItIs },
  }),
  purgeIntervalHours: row({
    variable: 'ZK_PURGE_INTERVAL',
    group: 'storage',
    kind: wholeNumber({ min: 0, max: 596_523, unit: 'hours' }),
    fallback: always(24),
    meaning: 'How often old snapshots and logs are purged; 0 is never, which fills the volume.',
    zooCfg: { 'autopurge.purgeInterval': asItIs },
  }),
  confDir: row({
    variable: 'ZK_CONF_DIR',
    group: 'files',
    kind: ownDirectory,
    fallback: always('/opt/zookeeper/conf'),
    meaning: 'Where zoo.cfg, the logging configuration and java.env are written.',
    goesTo: 'the paths of the files',
  }),
  logDir: row({
    variable: 'ZK_LOG_DIR',
    group: 'files',
    kind: ownDirectory,
    fallback: always('/var/log/zookeeper'),
    meaning: 'The directory of ZooKeeper’s own log files; nothing is written there unless you configure it.',
    goesTo: 'java.env ZOO_LOG_DIR, -Dzookeeper.log.dir',
    setByImage: true,
  }),
  logLevel: row({
    variable: 'ZK_LOG_LEVEL',
    group: 'files',
    kind: oneOf(['ALL', 'TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL', 'OFF']),
    fallback: always<'ALL' | 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL' | 'OFF'>('INFO'),
    meaning: 'The lowest level that is logged. The log goes to standard output.',
    goesTo: 'log4j.properties or logback.xml',
  }),
  logFormat: row({
    variable: 'ZK_LOG_FORMAT',
    group: 'files',
    kind: oneOf(['text', 'json']),
    fallback: always<'text' | 'json'>('text'),
    meaning:
      'How the log is written: lines of text as ZooKeeper has them, or one JSON object a line, for ZooKeeper and the supervisor alike.',
    goesTo: 'log4j.properties or logback.xml, the log',
  }),
  extraConfig: row({
    variable: 'ZK_EXTRA_CONFIG',
    group: 'files',
    kind: extraConfig,
    fallback: always<ExtraConfig>([]),
    meaning: 'Further lines for zoo.cfg. A key that has its own setting is an error.',
    goesTo: 'zoo.cfg',
    join: joinedConfig,
    secret: true,
  }),
};
