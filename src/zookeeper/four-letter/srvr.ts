import { type Exchange, isWhitelistRefusal } from './exchange.ts';
import { explainFailure, explainStranger, shown } from './failure.ts';

/** The `srvr` answer of a server that serves; every field but the mode may be missing in a mutilated answer. */
export interface ServingSrvr {
  readonly serving: true;
  /** As ZooKeeper writes it: leader, follower, observer, standalone, read-only. */
  readonly mode: string;
  /** Only the first three numbers: Debian's version strings hold unexpanded placeholders after them. */
  readonly version?: string;
  readonly latencyMs?: { readonly min: number; readonly avg: number; readonly max: number };
  readonly received?: number;
  readonly sent?: number;
  readonly connections?: number;
  readonly outstanding?: number;
  /** Hexadecimal as ZooKeeper writes it: epoch in the upper, counter in the lower 32 bits. */
  readonly zxid?: string;
  readonly nodeCount?: number;
}

/** What `srvr` says, or why it says nothing. */
export type Srvr =
  | ServingSrvr
  | {
      readonly serving: false;
      readonly cause: 'no-quorum' | 'whitelist' | 'unrecognised' | 'no-answer';
      readonly sentence: string;
    };

/** Reads the text of a `srvr` answer (StatCommand of ZooKeeper 3.4 to 3.9); any bytes are survived. */
export function parseSrvr(text: string): Srvr {
  const mode = /^Mode: ([a-z-]{1,32})\s*$/m.exec(text)?.[1];
  if (mode !== undefined) return { serving: true, mode, ...readFields(text) };
  if (text.includes('not currently serving requests')) {
    return {
      serving: false,
      cause: 'no-quorum',
      sentence: 'ZooKeeper is not serving: it is without a quorum',
    };
  }
  if (isWhitelistRefusal(text)) {
    const sentence = 'ZooKeeper refuses srvr by its whitelist; add srvr to ZK_4LW_WHITELIST';
    return { serving: false, cause: 'whitelist', sentence };
  }
  const sentence = `the answer to srvr was ${shown(text)}, with no Mode in it; see which program listens on ZK_CLIENT_PORT`;
  return { serving: false, cause: 'unrecognised', sentence: explainStranger(text)?.sentence ?? sentence };
}

/** Reads one `srvr` exchange, whatever it ended in. */
export function readSrvr(exchange: Exchange): Srvr {
  if (exchange.kind === 'answer') return parseSrvr(exchange.text);
  return { serving: false, cause: 'no-answer', sentence: explainFailure(exchange, 'srvr').sentence };
}

function readFields(text: string): Omit<ServingSrvr, 'serving' | 'mode'> {
  const latency = /^Latency min\/avg\/max: (\d{1,15})\/(\d{1,15}(?:\.\d{1,15})?)\/(\d{1,15})\s*$/m.exec(text);
  return {
    ...named('version', /^Zookeeper version: (\d{1,9}\.\d{1,9}\.\d{1,9})/m.exec(text)?.[1]),
    ...named('latencyMs', latency === null ? undefined : latencyOf(latency)),
    ...named('received', count(text, 'Received')),
    ...named('sent', count(text, 'Sent')),
    ...named('connections', count(text, 'Connections')),
    ...named('outstanding', count(text, 'Outstanding')),
    ...named('zxid', /^Zxid: (0x[0-9a-f]{1,16})\s*$/m.exec(text)?.[1]),
    ...named('nodeCount', count(text, 'Node count')),
  };
}

function latencyOf([, min, avg, max]: RegExpExecArray): NonNullable<ServingSrvr['latencyMs']> {
  return { min: Number(min), avg: Number(avg), max: Number(max) };
}

function count(text: string, name: string): number | undefined {
  const digits = new RegExp(`^${name}: (\\d{1,15})\\s*$`, 'm').exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function named<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
