import { lookup } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from '../health/exchange.ts';
import type { MemberAnswers } from '../survey/member.ts';
import { askTold } from './ask-told.ts';
import { errorCode } from './errno.ts';
import { askFourLetter } from './four-letter.ts';

/** Which member to ask; the one deadline is over everything. */
export interface MemberQuestion {
  readonly host: string;
  readonly port: number;
  /** 0 where its supervisor is not to be asked. */
  readonly healthPort: number;
  readonly timeoutMs: number;
}

const LONGEST_ANSWER_BYTES = 262_144;

/**
 * Asks one member `srvr` and `mntr` at once, and its supervisor where nothing listens: a start that is held back has no
 * server yet. Never rejects, and is done when its time is up.
 */
export async function askMember(question: MemberQuestion): Promise<MemberAnswers> {
  const { host, port, healthPort, timeoutMs } = question;
  const startedAtMs = performance.now();
  const found = await addressOf(host, timeoutMs);
  const tookMs = performance.now() - startedAtMs;
  if (!found.ok) {
    const nowhere: Exchange = { kind: 'unreachable', code: found.code, tookMs };
    return { address: undefined, srvr: nowhere, mntr: nowhere };
  }
  const where = {
    host: found.address,
    port,
    timeoutMs: Math.max(1, timeoutMs - tookMs),
    maxBytes: LONGEST_ANSWER_BYTES,
  };
  const [srvr, mntr] = await Promise.all([
    askFourLetter({ ...where, word: 'srvr' }),
    askFourLetter({ ...where, word: 'mntr' }),
  ]);
  if (srvr.kind !== 'refused' || healthPort === 0) return { address: found.address, srvr, mntr };
  const leftMs = Math.max(1, startedAtMs + timeoutMs - performance.now());
  const told = await askTold({ host: found.address, port: healthPort, timeoutMs: leftMs });
  return { address: found.address, srvr, mntr, told };
}

type Found = { readonly ok: true; readonly address: string } | { readonly ok: false; readonly code: string };

/** The system's resolver may take many seconds to say that nobody answers it. */
async function addressOf(host: string, timeoutMs: number): Promise<Found> {
  const ending = new AbortController();
  const late = sleep(timeoutMs, { ok: false, code: 'its name was not resolved in time' } as const, {
    signal: ending.signal,
  });
  const found = lookup(host).then(
    ({ address }) => ({ ok: true, address }) as const,
    (error) => ({ ok: false, code: errorCode(error) ?? 'ENOTFOUND' }) as const,
  );
  try {
    return await Promise.race([found, late]);
  } finally {
    ending.abort();
    late.catch(() => undefined);
  }
}

/** The system's resolver works on as many threads as this; a name that hangs must not hold up the others. */
export function allowLookups(atOnce: number): void {
  process.env['UV_THREADPOOL_SIZE'] ??= String(Math.min(1_024, Math.max(4, atOnce)));
}
