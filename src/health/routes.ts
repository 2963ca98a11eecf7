import { visibleJson, visibleLines } from '../text/visible.ts';
import type { Word } from '../zookeeper/four-letter/exchange.ts';
import { judgeRuok } from '../zookeeper/four-letter/ruok.ts';
import { readSrvr } from '../zookeeper/four-letter/srvr.ts';
import type { Snapshot, SupervisorFacts, VerdictFacts } from './facts.ts';
import { statusOf, verboseStatusOf } from './status.ts';
import { liveness, readiness, startup, type Verdict } from './verdict.ts';

/** The part of an HTTP request that decides the answer; headers and body never do. */
export interface HealthRequest {
  readonly method: string;
  /** Path and query as in the request line. */
  readonly url: string;
}

/** An HTTP answer; nothing of the request is in it. HEAD gets the same, its body left out by the server. */
export interface HealthAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly allow?: string;
  /** Further fields of the head. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What shows a peer that a member with its key has answered. */
  readonly marks?: string;
}

interface Route {
  /** The words whose answers the route needs, as few as will do. */
  words(facts: SupervisorFacts, verbose: boolean): readonly Word[];
  answer(snapshot: Snapshot, verbose: boolean): HealthAnswer;
}

const routes = {
  // The kubelet's livenessProbe, every ten seconds on every member for years; `zk-entrypoint live` and zk-live.
  '/livez': {
    words: ({ phase, jvmRunning }) => (phase === 'serving' && jvmRunning ? ['ruok'] : []),
    answer: (snapshot, verbose) => probeAnswer('livez', liveness(verdictFacts(snapshot)), verbose),
  },
  // The kubelet's readinessProbe: it puts this member behind the client Service; `zk-entrypoint ready` and zk-ready.
  '/readyz': {
    words: ({ phase, jvmRunning, readiness: asked }) =>
      jvmRunning && phase !== 'stopping' && phase !== 'stopped'
        ? [asked === 'serving' ? 'srvr' : 'ruok']
        : [],
    answer: (snapshot, verbose) => probeAnswer('readyz', readiness(verdictFacts(snapshot)), verbose),
  },
  // zkOk.sh and zookeeper-ready, the tutorials' probe for liveness and readiness alike: imok now, whatever the quorum.
  '/ruok': {
    words: ({ phase, jvmRunning }) =>
      jvmRunning && phase !== 'stopping' && phase !== 'stopped' ? ['ruok'] : [],
    answer: (snapshot, verbose) => probeAnswer('ruok', bothInOne(verdictFacts(snapshot)), verbose),
  },
  // The kubelet's startupProbe, until it passes once; the other two wait for it.
  '/startupz': {
    words: ({ everOk, jvmRunning }) => (jvmRunning && !everOk ? ['ruok'] : []),
    answer: (snapshot, verbose) => probeAnswer('startupz', startup(verdictFacts(snapshot)), verbose),
  },
  // Prometheus, every 15 to 60 seconds.
  '/metrics': {
    words: ({ jvmRunning }) => (jvmRunning ? ['mntr', 'srvr'] : []),
    answer: (snapshot) => ({
      status: 200,
      contentType: EXPOSITION,
      body: snapshot.writeMetrics?.(snapshot) ?? '',
    }),
  },
  // People with curl and programs of theirs, now and then; verbose, `zk-entrypoint status` on any member.
  '/status': {
    words: ({ jvmRunning }, verbose) =>
      jvmRunning ? (verbose ? ['ruok', 'srvr', 'mntr'] : ['ruok', 'srvr']) : [],
    answer: (snapshot, verbose) => {
      const status = (verbose ? verboseStatusOf : statusOf)(snapshot, verdictFacts(snapshot));
      return { status: 200, contentType: JSON_TYPE, body: `${visibleJson(status)}\n` };
    },
  },
  // For people with a browser. The supervisor makes the page from the same facts as /status; by default it is off.
  '/': {
    words: () => [],
    answer: () => ({
      status: 404,
      contentType: PLAIN,
      body: 'the page is off: ZK_HEALTH_PAGE is false; for programs there is /status\n',
    }),
  },
} as const satisfies Record<string, Route>;

export type RoutePath = keyof typeof routes;

/** A restart would end the work of the person who holds this member, so for one probe with both meanings it is alive. */
function bothInOne(facts: VerdictFacts): Verdict {
  return facts.waiting?.kind === 'held' ? liveness(facts) : readiness({ ...facts, readiness: 'ruok' });
}

const PLAIN = 'text/plain; charset=utf-8';
const EXPOSITION = 'text/plain; version=0.0.4; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

/** The known path of a request, or undefined; paths are compared exactly. */
export function routePath(url: string): RoutePath | undefined {
  const path = url.split('?', 1)[0] ?? '';
  return Object.hasOwn(routes, path) ? (path as RoutePath) : undefined;
}

/** Which words must be asked to answer the request; none for a request that is refused anyway. */
export function wordsFor({ method, url }: HealthRequest, facts: SupervisorFacts): readonly Word[] {
  const path = routePath(url);
  return path === undefined || !isReading(method) ? [] : (routes[path] as Route).words(facts, isVerbose(url));
}

/** Answers one request from a snapshot of facts. */
export function answerRequest({ method, url }: HealthRequest, snapshot: Snapshot): HealthAnswer {
  const path = routePath(url);
  if (path === undefined) return { status: 404, contentType: PLAIN, body: 'not found\n' };
  if (!isReading(method)) {
    return { status: 405, contentType: PLAIN, body: 'only GET and HEAD are allowed\n', allow: 'GET, HEAD' };
  }
  return (routes[path] as Route).answer(snapshot, isVerbose(url));
}

export function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** The number that the mark of the answer covers; undefined if the request has none. */
export function nonceOf({ method, url }: HealthRequest): string | undefined {
  return method === 'GET' ? /[?&]nonce=([0-9a-f]{32})(?:&|$)/.exec(url)?.[1] : undefined;
}

/** As Kubernetes' API server has it: the name alone is enough, whatever its value. */
export function isVerbose(url: string): boolean {
  return /\?(?:.*&)?verbose(?:[=&]|$)/.test(url);
}

/** Of the page: that it does not refresh itself, for those who read slowly. */
export function isStill(url: string): boolean {
  return /\?(?:.*&)?still(?:[=&]|$)/.test(url);
}

/** https://kubernetes.io/docs/reference/using-api/health-checks/ */
function probeAnswer(name: string, verdict: Verdict, verbose: boolean): HealthAnswer {
  const lines = verbose ? verboseLines(name, verdict) : briefLines(verdict);
  return { status: verdict.ok ? 200 : 503, contentType: PLAIN, body: `${visibleLines(lines)}\n` };
}

function briefLines({ ok, checks, notes }: Verdict): string[] {
  if (ok) return ['ok', ...notes];
  return checks.filter((check) => !check.ok).map(({ name, sentence }) => `${name}: ${sentence}`);
}

function verboseLines(route: string, { ok, checks, notes }: Verdict): string[] {
  const lines = checks.map((check) =>
    check.ok ? `[+]${check.name} ok` : `[-]${check.name} failed: ${check.sentence}`,
  );
  return [...lines, ...notes, `${route} check ${ok ? 'passed' : 'failed'}`];
}

function verdictFacts({ supervisor, exchanges: { ruok, srvr } }: Snapshot): VerdictFacts {
  return {
    ...supervisor,
    ruok: ruok && judgeRuok(ruok),
    srvr: srvr && readSrvr(srvr),
  };
}
