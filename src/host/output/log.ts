import type { Logger } from 'pino';
import type { LogFields } from '../../lifecycle/state.ts';
import { visible } from '../../text/visible.ts';
import { Output } from './output.ts';

export type LogLevel = 'info' | 'warn' | 'error';

/** The supervisor's own lines, between ZooKeeper's and in their layout, on standard error. */
export interface Log {
  write(level: LogLevel, message: string, fields?: LogFields): void;
  /** Loads the logger and writes the lines that wait; afterwards every line is written as it is told. */
  flush(): Promise<void>;
  /** Settles when every line is written, or after `withinMs` where nobody reads them. */
  settled(withinMs: number): Promise<void>;
}

const STANDARD_ERROR = 2;
const NOT_READ = 'standard error was full, or nobody read it';

/**
 * A log whose lines carry the id, once it is known, as ZooKeeper's do: `… [myid:1] - INFO  [zk-entrypoint] - …`. Lines
 * wait until the first flush, so that loading the logger does not hold up the JVM; each carries the time it was told.
 */
export function openLog(myid: () => number | undefined): Log {
  const waiting: Entry[] = [];
  let logger: Logger | undefined;
  const emit = (entry: Entry) => {
    if (logger === undefined) waiting.push(entry);
    else logger[entry.level]({ entry });
  };
  const entry = (level: LogLevel, message: string, fields: LogFields): Entry => {
    return { level, message, fields, myid: myid(), atMs: Date.now() };
  };
  const dropped = (lines: number) =>
    inLayout(entry('warn', `${lines} lines were dropped here: ${NOT_READ}`, {}));
  const output = new Output({ descriptor: STANDARD_ERROR, dropped });
  return {
    write: (level, message, fields = {}) => emit(entry(level, message, fields)),
    async flush() {
      const { pino } = await import('pino');
      logger ??= pino(
        { base: null, timestamp: false },
        { write: (line: string) => output.say(layOut(line)) },
      );
      for (const each of waiting.splice(0)) emit(each);
    },
    settled: (withinMs) => output.settled(withinMs),
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
  return inLayout((JSON.parse(json) as { entry: Entry }).entry);
}

function inLayout({ level, message, fields, myid, atMs }: Entry): string {
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
