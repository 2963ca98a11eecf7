import { pattern } from './log4j.ts';
import type { PlanInput, RenderedFile } from './plan.ts';
import { probeLoggers } from './probe-loggers.ts';

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
