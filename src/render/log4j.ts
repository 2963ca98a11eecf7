import type { PlanInput, RenderedFile } from './plan.ts';
import { probeLoggers } from './probe-loggers.ts';
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
