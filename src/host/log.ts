import { writeSync } from 'node:fs';
import type { Logger } from 'pino';
import type { LogFields } from '../lifecycle/action.ts';
import { visible } from '../text/visible.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** The supervisor's own lines, between ZooKeeper's and in their layout, on standard error. */
export interface Log {
  write(level: LogLevel, message: string, fields?: LogFields): void;
  /** Turns debug lines on or off; returns whether they are on now. */
  toggleDebug(): boolean;
  /** Loads the logger and writes the lines that wait; afterwards every line is written as it is told. */
  flush(): Promise<void>;
}

const STANDARD_ERROR = 2;

/**
 * A log whose lines carry the id, once it is known, as ZooKeeper's do: `… [myid:1] - INFO  [zk-entrypoint] - …`. Lines
 * wait until the first flush, so that loading the logger does not hold up the JVM; each carries the time it was told.
 */
export function openLog(myid: () => number | undefined): Log {
  const waiting: Entry[] = [];
  let logger: Logger | undefined;
  let debug = false;
  const emit = (entry: Entry) => {
    if (logger === undefined) waiting.push(entry);
    else if (debug || entry.level !== 'debug') logger[entry.level]({ entry });
  };
  return {
    write: (level, message, fields = {}) => emit({ level, message, fields, myid: myid(), atMs: Date.now() }),
    toggleDebug() {
      debug = !debug;
      return debug;
    },
    async flush() {
      const { pino } = await import('pino');
      logger ??= pino(
        { base: null, timestamp: false, level: 'debug' },
        { write: (line: string) => writeOut(layOut(line)) },
      );
      for (const entry of waiting.splice(0)) emit(entry);
    },
  };
}

/** One line as it was told. */
interface Entry {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
  readonly myid: number | undefined;
  readonly atMs: number;
}

function layOut(json: string): string {
  const { level, message, fields, myid, atMs } = (JSON.parse(json) as { entry: Entry }).entry;
  const name = level.toUpperCase().padEnd(5);
  const extra = Object.entries(fields)
    .map(([key, value]) => ` ${key}=${value}`)
    .join('');
  return `${timestamp(new Date(atMs))} [myid:${myid ?? ''}] - ${name} [zk-entrypoint] - ${visible(message + extra)}\n`;
}

/** Local time as log4j's ISO8601 writes it: `2026-11-24 03:56:34,123`. */
function timestamp(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const time = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
  return `${date} ${time},${String(now.getMilliseconds()).padStart(3, '0')}`;
}

/** A reader that went away must not end the supervisor: the JVM goes on, only the line is lost. */
function writeOut(text: string): void {
  try {
    writeSync(STANDARD_ERROR, text);
  } catch {
    // Nothing could be said about it anywhere.
  }
}
