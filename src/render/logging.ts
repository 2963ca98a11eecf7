import { has } from '../zookeeper/features.ts';
import type { Release } from '../zookeeper/release.ts';
import type { PlanInput, RenderedFile } from './plan-input.ts';
import { propertyLine } from './properties.ts';

/**
 * log4j 1.x or reload4j, everything to standard output. The id stands literally in the pattern: the MDC that ZooKeeper
 * fills is empty until myid has been read and is lost in some threads.
 */
export function log4jProperties({ settings, ensemble, distribution }: PlanInput): RenderedFile {
  const lines = [
    propertyLine('zookeeper.root.logger', `${settings.logLevel}, CONSOLE`),
    propertyLine('zookeeper.console.threshold', settings.logLevel),
    'log4j.rootLogger=${zookeeper.root.logger}',
    'log4j.appender.CONSOLE=org.apache.log4j.ConsoleAppender',
    'log4j.appender.CONSOLE.Threshold=${zookeeper.console.threshold}',
    'log4j.appender.CONSOLE.layout=org.apache.log4j.PatternLayout',
    propertyLine('log4j.appender.CONSOLE.layout.ConversionPattern', pattern(ensemble.myid)),
    ...probeLoggers(distribution.release).map((logger) => propertyLine(`log4j.logger.${logger}`, 'WARN')),
  ];
  const path = `${settings.confDir}/log4j.properties`;
  return { path, mode: 0o644, content: `${lines.join('\n')}\n`, onlyIfAbsent: false };
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
    `      <level>${level}</level>`,
    '    </filter>',
    '    <encoder>',
    '      <charset>UTF-8</charset>',
    `      <pattern>${pattern(ensemble.myid)}</pattern>`,
    '    </encoder>',
    '  </appender>',
    ...quiet,
    `  <root level="${level}">`,
    '    <appender-ref ref="CONSOLE"/>',
    '  </root>',
    '</configuration>',
  ];
  const path = `${settings.confDir}/logback.xml`;
  return { path, mode: 0o644, content: `${lines.join('\n')}\n`, onlyIfAbsent: false };
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
