/** What every line of this member carries; the role is as ZooKeeper's own log has told it last. */
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

/** The event as one JSON object on a line of its own, with the same keys always; what is not there is left out. A finding's code stands in the supervisor's lines (log.ts). */
export function logLine(
  { time, level, logger, thread, message, stack }: LogEvent,
  { myid, role }: LogContext,
): string {
  const event = { level, time, logger, thread, myid: myid(), role, message, stack: stack || undefined };
  // The line separators of Unicode end no line of JSON, but one for many who read it.
  return `${JSON.stringify(event).replace(/[\u2028\u2029\u0085]/g, escaped)}\n`;
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** What the supervisor's own lines are called. */
export const OWN_LOGGER = 'zk-entrypoint';
