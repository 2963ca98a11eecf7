/** The fields of every line of this member. The role is the last one in ZooKeeper's own log. */
export interface LogContext {
  myid(): number | undefined;
  role: string | undefined;
}

/** One event of the log. */
export interface LogEvent {
  /** RFC 3339, UTC, with milliseconds. */
  readonly time: string;
  readonly level: string;
  readonly logger: string;
  readonly thread: string;
  readonly message: string;
  /** A stack trace, where there is one. */
  readonly stack?: string;
}

/** The event as one JSON object on one line. The keys are always the same; missing values are left out. The supervisor's lines (log.ts) also have the code of a finding. */
export function logLine(
  { time, level, logger, thread, message, stack }: LogEvent,
  { myid, role }: LogContext,
): string {
  const event = { level, time, logger, thread, myid: myid(), role, message, stack: stack || undefined };
  // Unicode's line separators are allowed in JSON, but many readers end a line at them.
  return `${JSON.stringify(event).replace(/[\u2028\u2029\u0085]/g, escaped)}\n`;
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The logger name of the supervisor's own lines. */
export const OWN_LOGGER = 'zk-entrypoint';
