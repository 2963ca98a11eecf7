import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogFields } from '../../lifecycle/state.ts';
import { visible } from '../../text/visible.ts';
import { Output } from './output.ts';

export type LogLevel = 'info' | 'warn' | 'error';

/** The supervisor's own lines, between ZooKeeper's, on standard error. */
export interface Log {
  /** Queues a line; never waits. */
  write(level: LogLevel, message: string, fields?: LogFields): void;
  /** Settles when every line is written, or after `withinMs` where nobody reads them. */
  settled(withinMs: number): Promise<void>;
}

interface LogOptions {
  /** The member's id, undefined until it is known; every line carries it. */
  myid(): number | undefined;
  /** ZooKeeper's layout, `… [myid:1] - INFO  [zk-entrypoint] - …`, or pino's own JSON. */
  readonly format?: 'text' | 'json';
  /** Standard error unless another is given. */
  readonly descriptor?: number;
}

const STANDARD_ERROR = 2;
/** By this pino knows a stream that wants more than the JSON. */
const METADATA: unique symbol = Symbol.for('pino.metadata');
const NOT_READ = 'standard error was full, or nobody read it';

/** Opens the log; what it says goes through a queue that holds up nobody. */
export function openLog({ myid, format = 'text', descriptor = STANDARD_ERROR }: LogOptions): Log {
  const linesTo = (put: (line: string) => void) => {
    const stream = format === 'json' ? { write: put } : new TextStream(put);
    return pino({ base: null, mixin: () => ({ myid: myid() }) }, stream);
  };
  const output = new Output({ descriptor, dropped: (lines) => droppedLine(linesTo, lines) });
  const logger = linesTo((line) => output.say(line));
  return {
    write: (level, message, fields = {}) => logger[level](fields, visible(message)),
    settled: (withinMs) => output.settled(withinMs),
  };
}

function droppedLine(linesTo: (put: (line: string) => void) => Logger, lines: number): string {
  let told = '';
  linesTo((line) => {
    told = line;
  }).warn(`${lines} lines were dropped here: ${NOT_READ}`);
  return told;
}

/** Lays out what pino notes on its stream beside the JSON (pino's "Metadata Support"); the JSON itself is not used. */
class TextStream implements DestinationStream {
  readonly [METADATA] = true;
  lastLevel = 0;
  lastMsg = '';
  lastTime = '';
  lastObj: Readonly<Record<string, unknown>> = {};
  readonly #put: (line: string) => void;

  constructor(put: (line: string) => void) {
    this.#put = put;
  }

  write(): void {
    const { myid = '', ...fields } = this.lastObj;
    const level = (pino.levels.labels[this.lastLevel] ?? '').toUpperCase().padEnd(5);
    const extra = Object.entries(fields).map(([key, value]) => ` ${key}=${value}`);
    const words = visible(this.lastMsg + extra.join(''));
    this.#put(
      `${timestamp(new Date(Number(this.lastTime)))} [myid:${myid}] - ${level} [zk-entrypoint] - ${words}\n`,
    );
  }
}

/** Local time as log4j's ISO8601 writes it: `2026-11-24 03:56:34,123`. */
function timestamp(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const time = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
  return `${date} ${time},${String(now.getMilliseconds()).padStart(3, '0')}`;
}
