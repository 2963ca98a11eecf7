import { lookup } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { readDetails } from '../../ensemble-status/details.ts';
import type { MemberAnswers } from '../../ensemble-status/member.ts';
import type { Exchange } from '../../zookeeper/four-letter/exchange.ts';
import { errorCode } from '../errno.ts';
import { askMarked, type StatusQuestion } from './ask-status.ts';
import { askFourLetter } from './four-letter.ts';
import type { PeerKeySettings } from './peer-marks.ts';

/** Which member to ask. One deadline covers everything. */
export interface MemberQuestion {
  readonly host: string;
  readonly port: number;
  /** 0 if its supervisor must not be asked. */
  readonly healthPort: number;
  /** The address of its supervisor, if it differs from `host`. */
  readonly healthHost?: string | undefined;
  /** The keys that prove the answer of its supervisor. */
  readonly key: PeerKeySettings;
  readonly timeoutMs: number;
  /** Whether the answer of its supervisor is enough. */
  suffices(answers: MemberAnswers): boolean;
}

const LONGEST_ANSWER_BYTES = 262_144;

/** After this share of the time without an answer, there may be no supervisor: a port that drops packets, an older image. */
const SUPERVISORS_SHARE = 1 / 3;

/**
 * Asks the supervisor of one member. It knows its ZooKeeper for every port and protocol of clients, and also answers before
 * ZooKeeper runs. If that answer is not enough, it asks ZooKeeper itself with `srvr` and `mntr`. Never rejects, and ends when
 * the time is over.
 */
export async function askMember(question: MemberQuestion): Promise<MemberAnswers> {
  const { host, port, healthPort, healthHost, timeoutMs } = question;
  const startedAtMs = performance.now();
  const found = await addressOf(host, timeoutMs);
  const tookMs = performance.now() - startedAtMs;
  if (!found.ok) {
    const nowhere: Exchange = { kind: 'unreachable', code: found.code, tookMs };
    return { address: undefined, srvr: nowhere, mntr: nowhere };
  }
  const { address } = found;
  const leftMs = () => Math.max(1, startedAtMs + timeoutMs - performance.now());
  const asked =
    healthPort === 0
      ? Promise.resolve(undefined)
      : askInFull({ host: healthHost ?? address, port: healthPort, timeoutMs: leftMs() }, question.key);
  const early = await Promise.race([asked, pause(leftMs() * SUPERVISORS_SHARE)]);
  if (early !== undefined && question.suffices({ address, ...early })) return { address, ...early };
  const where = { host: address, port, timeoutMs: leftMs(), maxBytes: LONGEST_ANSWER_BYTES };
  const [srvr, mntr, told] = await Promise.all([
    askFourLetter({ ...where, word: 'srvr' }),
    askFourLetter({ ...where, word: 'mntr' }),
    asked,
  ]);
  return { address, srvr, mntr, ...told };
}

/** The answer of the supervisor, read for programs and for people; undefined without an answer that counts. */
async function askInFull(
  where: StatusQuestion,
  key: PeerKeySettings,
): Promise<Pick<MemberAnswers, 'told' | 'details'> | undefined> {
  const { answer, told } = await askMarked(where, key, true);
  return told && answer.kind === 'answer' ? { told, details: readDetails(answer.body) } : undefined;
}

/** A timer that keeps no process alive. */
function pause(forMs: number): Promise<undefined> {
  return sleep(forMs, undefined, { ref: false });
}

type Found = { readonly ok: true; readonly address: string } | { readonly ok: false; readonly code: string };

/** The resolver of the system may need many seconds to fail. */
async function addressOf(host: string, timeoutMs: number): Promise<Found> {
  const ending = new AbortController();
  const late = sleep(timeoutMs, { ok: false, code: 'its name was not resolved in time' } as const, {
    signal: ending.signal,
  });
  const found = lookUp(host);
  try {
    return await Promise.race([found, late]);
  } finally {
    ending.abort();
    late.catch(() => undefined);
  }
}

/** Running look-ups, by name, so that a name that hangs is looked up only once at a time. */
const underWay = new Map<string, Promise<Found>>();
/** By default, half of the threads are left for files. */
let atOnceAtMost = 2;
let busy = 0;
const waiting: (() => void)[] = [];

function lookUp(host: string): Promise<Found> {
  const already = underWay.get(host);
  if (already !== undefined) return already;
  const found = inTurn(() =>
    lookup(host).then(
      ({ address }) => ({ ok: true, address }) as const,
      (error) => ({ ok: false, code: errorCode(error) ?? 'ENOTFOUND' }) as const,
    ),
  ).finally(() => underWay.delete(host));
  underWay.set(host, found);
  return found;
}

async function inTurn<T>(act: () => Promise<T>): Promise<T> {
  if (busy >= atOnceAtMost) await new Promise<void>((resolve) => waiting.push(resolve));
  busy += 1;
  try {
    return await act();
  } finally {
    busy -= 1;
    waiting.shift()?.();
  }
}

/** The resolver of the system uses this many threads. A name that hangs must not delay the others. */
export function allowLookups(atOnce: number): void {
  atOnceAtMost = Math.min(1_024, Math.max(4, atOnce));
  process.env['UV_THREADPOOL_SIZE'] ??= String(atOnceAtMost);
}
