import { has } from '../zookeeper/features.ts';
import { isKnownTo } from '../zookeeper/keys.ts';
import type { Release } from '../zookeeper/release.ts';
import { framedPattern } from './log-frames.ts';
import type { PlanInput, RenderedFile } from './plan-input.ts';
import { propertyLine } from './properties.ts';

/**
 * log4j 1.x or reload4j, everything to standard output. The id stands literally in the pattern: the MDC that ZooKeeper
 * fills is empty until myid has been read and is lost in some threads.
 */
export function log4jProperties({ settings, ensemble, distribution }: PlanInput): RenderedFile {
  const lines = [
    propertyLine('zookeeper.root.logger', `${settings.logLevel}, CONSOLE`),
    propertyLine(
      'zookeeper.console.threshold',
      isAudited({ settings, distribution }) ? lower(settings.logLevel) : settings.logLevel,
    ),
    'log4j.rootLogger=${zookeeper.root.logger}',
    'log4j.appender.CONSOLE=org.apache.log4j.ConsoleAppender',
    'log4j.appender.CONSOLE.Threshold=${zookeeper.console.threshold}',
    ...log4jLayout(settings, ensemble.myid),
    ...probeLoggers(distribution.release).map((logger) => propertyLine(`log4j.logger.${logger}`, 'WARN')),
    ...(isAudited({ settings, distribution }) ? [propertyLine(`log4j.logger.${AUDIT}`, 'INFO')] : []),
    ...log4jSevere(severeErrorsPath({ settings, ensemble })),
  ];
  const path = `${settings.confDir}/log4j.properties`;
  return { path, mode: 0o644, content: `${lines.join('\n')}\n`, onlyIfAbsent: false };
}

/** The logger of threads without which a server cannot go on (ZooKeeperCriticalThread.handleException). */
const CRITICAL = 'org.apache.zookeeper.server.ZooKeeperCriticalThread';

/**
 * Where a member of an ensemble writes that one of those threads has failed; undefined for a standalone server, which ends
 * then, and where the path would mean something to the logging.
 */
export function severeErrorsPath({
  settings,
  ensemble,
}: Pick<PlanInput, 'settings' | 'ensemble'>): string | undefined {
  const isAlone = ensemble.members.length < 2 && settings.membership === 'static';
  const path = `${settings.confDir}/severe.log`;
  return isAlone || !/^[\w/.,:=+@ -]+$/.test(path) ? undefined : path;
}

function log4jSevere(path: string | undefined): string[] {
  if (path === undefined) return [];
  return [
    propertyLine(`log4j.logger.${CRITICAL}`, 'ERROR, SEVERE'),
    'log4j.appender.SEVERE=org.apache.log4j.FileAppender',
    propertyLine('log4j.appender.SEVERE.File', path),
    'log4j.appender.SEVERE.layout=org.apache.log4j.PatternLayout',
    'log4j.appender.SEVERE.layout.ConversionPattern=%m%n',
  ];
}

function logbackSevere(path: string | undefined): string[] {
  if (path === undefined) return [];
  return [
    '  <appender name="SEVERE" class="ch.qos.logback.core.FileAppender">',
    `    <file>${path}</file>`,
    '    <encoder>',
    '      <pattern>%msg%n</pattern>',
    '    </encoder>',
    '  </appender>',
    `  <logger name="${CRITICAL}" level="ERROR">`,
    '    <appender-ref ref="SEVERE"/>',
    '  </logger>',
  ];
}

function log4jLayout({ logFormat }: PlanInput['settings'], myid: number): string[] {
  const layout = 'log4j.appender.CONSOLE.layout';
  return logFormat === 'json'
    ? [
        `${layout}=org.apache.log4j.EnhancedPatternLayout`,
        'log4j.appender.CONSOLE.encoding=UTF-8',
        `${layout}.ConversionPattern=${framedPattern('log4j')}`,
      ]
    : [
        `${layout}=org.apache.log4j.PatternLayout`,
        propertyLine(`${layout}.ConversionPattern`, pattern(myid)),
      ];
}

/** What ZooKeeper's audit log is called (ZOOKEEPER-1260): its lines come at INFO, whatever the level of the others. */
const AUDIT = 'org.apache.zookeeper.audit';

function isAudited({ settings, distribution }: Pick<PlanInput, 'settings' | 'distribution'>): boolean {
  if (!isKnownTo(distribution.release, 'audit.enable')) return false;
  const { extraConfig, jvmFlags, serverJvmFlags } = settings;
  const given = extraConfig.findLast(([key]) => key === 'audit.enable')?.[1];
  const flags = [...serverJvmFlags, ...jvmFlags].filter((flag) => /^-Dzookeeper\.audit\.enable=/.test(flag));
  return (given ?? flags.at(-1)?.split('=')[1])?.toLowerCase() === 'true';
}

/** The layout of a log line, which log4j and logback read alike. */
export function pattern(myid: number): string {
  return `%d{ISO8601} [myid:${myid}] - %-5p [%t:%C{1}@%L] - %m%n`;
}

/** logback, everything to standard output; logback does not inherit the MDC, so the id stands in the pattern. */
export function logbackXml({ settings, ensemble, distribution }: PlanInput): RenderedFile {
  const level = settings.logLevel === 'FATAL' ? 'ERROR' : settings.logLevel;
  const quiet = probeLoggers(distribution.release).map(
    (logger) => `  <logger name="${logger}" level="WARN"/>`,
  );
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<configuration>',
    '  <appender name="CONSOLE" class="ch.qos.logback.core.ConsoleAppender">',
    '    <filter class="ch.qos.logback.classic.filter.ThresholdFilter">',
    `      <level>${isAudited({ settings, distribution }) ? lower(level) : level}</level>`,
    '    </filter>',
    '    <encoder>',
    '      <charset>UTF-8</charset>',
    `      <pattern>${settings.logFormat === 'json' ? framedPattern('logback') : pattern(ensemble.myid)}</pattern>`,
    '    </encoder>',
    '  </appender>',
    ...quiet,
    ...(isAudited({ settings, distribution }) ? [`  <logger name="${AUDIT}" level="INFO"/>`] : []),
    ...logbackSevere(severeErrorsPath({ settings, ensemble })),
    `  <root level="${level}">`,
    '    <appender-ref ref="CONSOLE"/>',
    '  </root>',
    '</configuration>',
  ];
  const path = `${settings.confDir}/logback.xml`;
  return { path, mode: 0o644, content: `${lines.join('\n')}\n`, onlyIfAbsent: false };
}

/** A threshold that lets the audit log through. */
function lower(level: string): string {
  return ['WARN', 'ERROR', 'OFF'].includes(level) ? 'INFO' : level;
}

/**
 * The loggers that write a line for every probe; they are held at WARN so that a probe every few seconds does not bury
 * the log. Accepting a connection was such a line too.
 */
export function probeLoggers(release: Release): string[] {
  const loggers = [
    'org.apache.zookeeper.server.NIOServerCnxn',
    'org.apache.zookeeper.server.NettyServerCnxn',
  ];
  return has(release, 'acceptsQuietly')
    ? loggers
    : [...loggers, 'org.apache.zookeeper.server.NIOServerCnxnFactory'];
}
