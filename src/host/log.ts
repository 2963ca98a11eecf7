import { writeSync } from 'node:fs';
import { pino } from 'pino';
import type { LogFields } from '../lifecycle/action.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** The supervisor's own lines, between ZooKeeper's and in their layout, on standard error. */
export interface Log {
  write(level: LogLevel, message: string, fields?: LogFields): void;
  /** Turns debug lines on or off; returns whether they are on now. */
  toggleDebug(): boolean;
}

const STANDARD_ERROR = 2;

/** A log whose lines carry the id, once it is known, as ZooKeeper's do: `… [myid:1] - INFO  [zk-entrypoint] - …`. */
export function openLog(myid: () => number | undefined): Log {
  const destination = { write: (line: string) => writeOut(layOut(line, myid())) };
  const logger = pino({ base: null, timestamp: false, level: 'info' }, destination);
  return {
    write: (level, message, fields = {}) => logger[level]({ fields }, message),
    toggleDebug() {
      logger.level = logger.level === 'debug' ? 'info' : 'debug';
      return logger.level === 'debug';
    },
  };
}

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly fields: LogFields;
}

function layOut(json: string, myid: number | undefined): string {
  const { level, msg, fields } = JSON.parse(json) as Line;
  const name = (pino.levels.labels[level] ?? 'info').toUpperCase().padEnd(5);
  const extra = Object.entries(fields)
    .map(([key, value]) => ` ${key}=${value}`)
    .join('');
  return `${timestamp(new Date())} [myid:${myid ?? ''}] - ${name} [zk-entrypoint] - ${msg}${extra}\n`;
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
