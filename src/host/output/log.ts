import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import type { LogFields } from '../../lifecycle/state.ts';
import { visible } from '../../text/visible.ts';
import { type LogContext, OWN_LOGGER } from './json-line.ts';
import { Output } from './output.ts';

export type LogLevel = 'info' | 'warn' | 'error';

/** The supervisor's own lines, between ZooKeeper's, on standard error. */
export interface Log {
  /** Queues a line; never waits. */
  write(level: LogLevel, message: string, fields?: LogFields): void;
  /** Settles once every line is written, or after `withinMs` if no program reads them. */
  settled(withinMs: number): Promise<void>;
}

interface LogOptions {
  /** The fields of every line. The id is undefined until it is known. */
  readonly context: LogContext;
  /** ZooKeeper's layout, `… [myid:1] - INFO  [zk-entrypoint] - …`, or JSON (json-line.ts); asked for each line. */
  format?(): 'text' | 'json';
  /** Standard error unless another is given. */
  readonly descriptor?: number;
}

const STANDARD_ERROR = 2;
/** This tells pino that the stream needs more than the JSON. */
const METADATA: unique symbol = Symbol.for('pino.metadata');
const NOT_READ = 'standard error was full, or no process read it';

/** Opens the log. Its lines go through a queue, so that no caller waits. */
export function openLog({ context, format = () => 'text', descriptor = STANDARD_ERROR }: LogOptions): Log {
  const linesTo = (put: (line: string) => void) => ({
    text: pino({ base: null }, new TextStream(put, context)),
    json: pino({ ...JSON_FORM, mixin: () => mixinOf(context) }, { write: put }),
  });
  const output = new Output({ descriptor, dropped: (lines) => droppedLine(linesTo, { lines, format }) });
  const loggers = linesTo((line) => output.say(line));
  return {
    write(level, message, fields = {}) {
      const isJson = format() === 'json';
      const [, code] = isJson ? (CODE.exec(message) ?? []) : [];
      loggers[format()][level](code === undefined ? fields : { code, ...fields }, visible(message));
    },
    settled: (withinMs) => output.settled(withinMs),
  };
}

/** The code of a finding at the beginning of a line. */
const CODE = /^(?:error|warning|note) (ZK-[A-Z]+-\d{3})\b/;

/** pino's JSON with the keys that ZooKeeper's lines have (json-line.ts). */
const JSON_FORM: LoggerOptions = {
  base: null,
  messageKey: 'message',
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: { level: (label) => ({ level: label.toUpperCase() }) },
};

function mixinOf({ myid, role }: LogContext): object {
  return { logger: OWN_LOGGER, thread: 'main', myid: myid(), role };
}

type Loggers = Readonly<Record<'text' | 'json', Logger>>;

function droppedLine(
  linesTo: (put: (line: string) => void) => Loggers,
  { lines, format }: { readonly lines: number; readonly format: () => 'text' | 'json' },
): string {
  let told = '';
  const loggers = linesTo((line) => {
    told = line;
  });
  loggers[format()].warn(`${lines} lines were dropped here: ${NOT_READ}`);
  return told;
}

/** Formats the metadata that pino sets on its stream (pino's "Metadata Support"). The JSON itself is not used. */
class TextStream implements DestinationStream {
  readonly [METADATA] = true;
  lastLevel = 0;
  lastMsg = '';
  lastTime = '';
  lastObj: Readonly<Record<string, unknown>> = {};
  readonly #put: (line: string) => void;
  readonly #context: LogContext;

  constructor(put: (line: string) => void, context: LogContext) {
    this.#put = put;
    this.#context = context;
  }

  write(): void {
    const level = (pino.levels.labels[this.lastLevel] ?? '').toUpperCase().padEnd(5);
    const extra = Object.entries(this.lastObj).map(([key, value]) => ` ${key}=${value}`);
    const words = visible(this.lastMsg + extra.join(''));
    const myid = this.#context.myid() ?? '';
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
