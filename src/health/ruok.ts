import { type Exchange, isWhitelistRefusal } from './exchange.ts';
import { explainFailure, explainStranger, type FailureCause, shown } from './failure.ts';

/** Whether the server answered `ruok` exactly; if not, why, in a sentence with the way out. */
export type RuokVerdict =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly cause: FailureCause | 'whitelist' | 'wrong-answer';
      readonly sentence: string;
    };

/** Judges one `ruok` exchange: only the four bytes `imok` are right (RuokCommand). */
export function judgeRuok(exchange: Exchange): RuokVerdict {
  if (exchange.kind !== 'answer') return { ok: false, ...explainFailure(exchange, 'ruok') };
  return exchange.text === 'imok' ? { ok: true } : { ok: false, ...explainAnswer(exchange.text) };
}

function explainAnswer(text: string): Omit<Extract<RuokVerdict, { ok: false }>, 'ok'> {
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
