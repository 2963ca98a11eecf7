import type { Exchange } from '../../zookeeper/four-letter/exchange.ts';
import { converse } from './converse.ts';

/** Which server to ask, and which word. One deadline covers connection and answer. */
export interface FourLetterQuestion {
  readonly host: string;
  readonly port: number;
  readonly word: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** ZooKeeper makes no such pause within an answer. Needed only if it never closes. */
const QUIET_MS = 100;

/** Asks a ZooKeeper server one four-letter word; never rejects for a valid port, and leaves no socket behind. */
export async function askFourLetter(question: FourLetterQuestion): Promise<Exchange> {
  const { word, ...where } = question;
  const expected = word === 'ruok' ? { expected: 'imok' } : {};
  const exchange = await converse({ ...where, ...expected, say: word, quietMs: QUIET_MS });
  return exchange.kind === 'empty' ? lookBehind(question, exchange) : exchange;
}

/** The start of a TLS handshake with an empty ClientHello. A TLS server answers it with an alert record. */
const HOLLOW_HELLO = '\x16\x03\x01\x00\x04\x01\x00\x00\x00';

/** ZooKeeper closes plain words on its TLS port, and also connections above its limit. Only the TLS port answers TLS. */
async function lookBehind(question: FourLetterQuestion, empty: Exchange): Promise<Exchange> {
  const timeoutMs = question.timeoutMs - empty.tookMs;
  if (timeoutMs < 1) return empty;
  const reply = await converse({ ...question, timeoutMs, say: HOLLOW_HELLO });
  const received = 'text' in reply ? reply.text : 'received' in reply ? reply.received : '';
  const tookMs = empty.tookMs + reply.tookMs;
  return received.startsWith('\x15\x03') ? { kind: 'tls', tookMs } : { ...empty, tookMs };
}
