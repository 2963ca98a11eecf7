import { type Exchange, isWhitelistRefusal } from './exchange.ts';
import { explainFailure, explainStranger, type FailureCause, shown } from './failure.ts';

/** Whether the server answered `ruok` exactly; if not, why, in a sentence with the way out. */
export type RuokVerdict =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly cause: FailureCause | 'whitelist' | 'wrong-answer';
      /** True when a server that runs did this all the same; false when nothing shows that one does. */
      readonly alive: boolean;
      readonly sentence: string;
    };

/** Judges one `ruok` exchange: only the four bytes `imok` are right (RuokCommand). */
export function judgeRuok(exchange: Exchange): RuokVerdict {
  if (exchange.kind === 'answer' && exchange.text === 'imok') return { ok: true };
  const explained =
    exchange.kind === 'answer' ? explainAnswer(exchange.text) : explainFailure(exchange, 'ruok');
  return { ok: false, alive: provesLife(exchange), ...explained };
}

/** Whether the server runs, though it may not have answered `imok`. */
export function isAlive(verdict: RuokVerdict): boolean {
  return verdict.ok || verdict.alive;
}

/**
 * The kernel takes connections for a process that is frozen, but only one that runs closes them: at the limit of
 * connections from one address or in all (NIOServerCnxnFactory, NettyServerCnxnFactory), or since it wants TLS. A closed
 * connection whose bytes were not read is a reset. Refusing the word is an answer too.
 */
function provesLife(exchange: Exchange): boolean {
  if (exchange.kind !== 'answer') return ['empty', 'tls', 'reset'].includes(exchange.kind);
  const { text } = exchange;
  return isWhitelistRefusal(text) || 'imok'.startsWith(text) || explainStranger(text)?.cause === 'tls';
}

function explainAnswer(text: string): Omit<Extract<RuokVerdict, { ok: false }>, 'ok' | 'alive'> {
  if (isWhitelistRefusal(text)) {
    const sentence = 'ZooKeeper refuses ruok by its whitelist; add ruok to ZK_4LW_WHITELIST';
    return { cause: 'whitelist', sentence };
  }
  if ('imok'.startsWith(text)) {
    const sentence = `only ${shown(text)} came before the connection was closed; the JVM may be ending: see its log`;
    return { cause: 'half-answer', sentence };
  }
  const sentence = `the answer to ruok was ${shown(text)}, not imok; see which program listens on ZK_CLIENT_PORT`;
  return explainStranger(text) ?? { cause: 'wrong-answer', sentence };
}
