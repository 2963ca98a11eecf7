import type { Exchange, Word } from '../zookeeper/four-letter/exchange.ts';
import type { Snapshot, SupervisorFacts } from './facts.ts';
import {
  answerRequest,
  type HealthAnswer,
  type HealthRequest,
  isReading,
  isStill,
  isVerbose,
  nonceOf,
  routePath,
  wordsFor,
} from './routes.ts';
import type { Tally } from './tally.ts';

/** What answering needs of the world. */
export interface Witnesses {
  /** The supervisor's own facts as of now; called once a request, so it must be cheap. */
  supervisor(): SupervisorFacts;
  /** Asks ZooKeeper a word, shared and with its own timeout; never rejects. */
  ask(word: Word): Promise<Exchange>;
  readonly tally: Tally;
  /** Makes the page for people from this member's own status; undefined where it is off. */
  readonly page?: ((own: string, still: boolean) => Promise<HealthAnswer>) | undefined;
  /** Marks an answer for the number that a peer has sent; left out where there is no key. */
  mark?(nonce: string, body: string): string;
  /** Monotonic milliseconds. */
  clock(): number;
}

/** Liveness is asked for all the time and needs no quorum; to mention one that is lost, a look now and then will do. */
const QUORUM_LOOK_EVERY_MS = 15_000;

/** Long answers are given again for this long: those who ask without end cannot make the supervisor work without end. */
const SAME_FOR_MS = 100;

/** What the page is made of. */
const OWN_STATUS: HealthRequest = { method: 'GET', url: '/status?verbose' };

interface Shared {
  readonly of: string;
  readonly atMs: number;
  readonly answer: HealthAnswer;
}

/** The function behind the health endpoint: asks ZooKeeper what the route needs, answers, and counts. */
export function healthAnswerer(witnesses: Witnesses): (request: HealthRequest) => Promise<HealthAnswer> {
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let shared: Shared | undefined;
  return async (given) => {
    const startedAtMs = witnesses.clock();
    const { page } = witnesses;
    const path = routePath(given.url);
    const isPage = path === '/' && page !== undefined && isReading(given.method);
    const request = isPage ? OWN_STATUS : given;
    const words = wordsNow(request);
    if (words.includes('srvr')) lookedAtMs = startedAtMs;
    const exchanges = await askAll(witnesses, words);
    const writeMetrics = path === '/metrics' ? (await import('./metrics.ts')).metricsText : undefined;
    // The facts are taken again: while ZooKeeper was asked, the supervisor may have begun to stop.
    const snapshot = {
      supervisor: witnesses.supervisor(),
      exchanges,
      tally: witnesses.tally.read(),
      writeMetrics,
    };
    const told = sharedAnswer(request, snapshot);
    const answer = isPage ? await page(told.body, isStill(given.url)) : told;
    const probe = path === '/' ? 'page' : (path?.slice(1) ?? 'other');
    witnesses.tally.countProbe({ probe, ok: answer.status === 200, tookMs: witnesses.clock() - startedAtMs });
    return marked(request, answer);
  };

  /** Peers believe only /status, because no other program chooses its text. */
  function marked(request: HealthRequest, answer: HealthAnswer): HealthAnswer {
    const nonce = nonceOf(request);
    if (nonce === undefined || witnesses.mark === undefined || routePath(request.url) !== '/status')
      return answer;
    return { ...answer, marks: witnesses.mark(nonce, answer.body) };
  }

  function sharedAnswer({ method, url }: HealthRequest, snapshot: Snapshot): HealthAnswer {
    const path = routePath(url);
    if (path !== '/metrics' && path !== '/status') return answerRequest({ method, url }, snapshot);
    const of = `${method} ${path} ${isVerbose(url)} ${snapshot.supervisor.phase}`;
    const nowMs = witnesses.clock();
    if (shared?.of !== of || nowMs - shared.atMs >= SAME_FOR_MS)
      shared = { of, atMs: nowMs, answer: answerRequest({ method, url }, snapshot) };
    return shared.answer;
  }

  function wordsNow(request: HealthRequest): readonly Word[] {
    const facts = witnesses.supervisor();
    const words = wordsFor(request, facts);
    const isDue =
      facts.withoutQuorumSinceMs !== undefined || witnesses.clock() - lookedAtMs >= QUORUM_LOOK_EVERY_MS;
    return words.length > 0 && isDue && !words.includes('srvr') ? [...words, 'srvr'] : words;
  }
}

async function askAll(
  witnesses: Witnesses,
  words: readonly Word[],
): Promise<Partial<Record<Word, Exchange>>> {
  const exchanges: Partial<Record<Word, Exchange>> = {};
  await Promise.all(
    words.map(async (word) => {
      exchanges[word] = await witnesses.ask(word);
    }),
  );
  return exchanges;
}

/** The answer of a listener that serves only metrics: every other path does not exist. */
export function metricsOnly(
  answer: (request: HealthRequest) => Promise<HealthAnswer>,
): (request: HealthRequest) => Promise<HealthAnswer> {
  return async (request) => (routePath(request.url) === '/metrics' ? answer(request) : NOT_HERE);
}

const NOT_HERE: HealthAnswer = {
  status: 404,
  contentType: 'text/plain; charset=utf-8',
  body: 'only /metrics is here\n',
};
