import type { Wished } from '../ensemble-status/members.ts';
import { type Finding, finding } from '../findings/finding.ts';
import { loopbackOf } from '../health/address.ts';
import { healthAnswerer, metricsOnly } from '../health/answer.ts';
import type { Family } from '../health/exposition.ts';
import type { SupervisorFacts } from '../health/facts.ts';
import { Tally } from '../health/tally.ts';
import { monotonicMs } from '../host/monotonic.ts';
import { askFourLetter } from '../host/network/four-letter.ts';
import {
  HealthPortError,
  type HealthServerOptions,
  startHealthServer,
} from '../host/network/health-server.ts';
import { marksOf } from '../host/network/peer-marks.ts';
import { shareExchanges } from '../host/network/shared-exchange.ts';
import type { Settings } from '../settings/table.ts';
import type { Exchange, Word } from '../zookeeper/four-letter/exchange.ts';
import { readSrvr, type Srvr } from '../zookeeper/four-letter/srvr.ts';
import type { PageDesk } from './page-desk.ts';

/** All requests share an answer for this long, so ZooKeeper gets at most two exchanges a second for each word. */
const GOOD_FOR_MS = 500;
const EXCHANGE_TIMEOUT_MS = 2_000;
const LONGEST_ANSWER_BYTES = 262_144;

/** The facts that the supervisor gives the endpoint. The endpoint itself measures the time without a quorum. */
export type SupervisorView = () => Omit<
  SupervisorFacts,
  'nowMs' | 'readiness' | 'metricNames' | 'withoutQuorumSinceMs' | 'zone' | 'figures'
> & { readonly jvmPid?: number | undefined };

/** What the endpoint's answers are made of. */
export interface EndpointSources {
  readonly view: SupervisorView;
  /** Whom the settings name, for the page; undefined where they do not say. */
  wished(): Wished | undefined;
}

/**
 * The health endpoint: /livez, /readyz, /startupz, /metrics, /status and the page on ZK_HEALTH_PORT, and /metrics alone on
 * the ports of ZK_METRICS_PORTS. `listen` opens those that are not open yet; a port that cannot be had is a finding.
 */
export function healthEndpoint(
  settings: Settings,
  { view, wished }: EndpointSources,
): { listen(): Promise<Finding[]> } {
  const quorum = { withoutSinceMs: undefined as number | undefined };
  const tally = new Tally();
  const host = loopbackOf(settings.clientAddress);
  let figuresOf: ((pid: number) => readonly Family[]) | undefined;
  const ask = shareExchanges<Word>(
    async (word) => {
      // The first scrape waits for its bundle, and no start does.
      if (word === 'mntr') figuresOf ??= (await import('../host/machine/figures.ts')).machineFigures();
      const exchange = await askFourLetter({
        host,
        port: settings.clientPort,
        word,
        timeoutMs: EXCHANGE_TIMEOUT_MS,
        maxBytes: LONGEST_ANSWER_BYTES,
      });
      tally.countExchange(word, exchange);
      if (word === 'srvr') quorum.withoutSinceMs = afterSrvr(quorum.withoutSinceMs, exchange);
      return exchange;
    },
    { goodForMs: GOOD_FOR_MS, clock: monotonicMs },
  );
  const { readiness, metricNames, zone, peerKey } = settings;
  const ofSettings = { readiness, metricNames, zone };
  const supervisor = (): SupervisorFacts => {
    const { jvmPid, ...facts } = view();
    return {
      ...facts,
      ...ofSettings,
      nowMs: Date.now(),
      withoutQuorumSinceMs: quorum.withoutSinceMs,
      figures: facts.jvmRunning && jvmPid !== undefined ? () => figuresOf?.(jvmPid) ?? [] : undefined,
    };
  };
  const mark = peerKey && ((nonce: string, body: string) => marksOf(peerKey, nonce, body));
  let desk: PageDesk | undefined;
  const page = async (own: string, still: boolean) => {
    desk ??= new (await import('./page-desk.ts')).PageDesk({
      wished,
      clock: monotonicMs,
      nowMs: Date.now,
    });
    return desk.answer(own, still);
  };
  const answer = healthAnswerer({
    supervisor,
    ask,
    tally,
    clock: monotonicMs,
    page: settings.healthPage ? page : undefined,
    ...(mark && { mark }),
  });
  const { healthAddress: address, healthPort, metricsPorts } = settings;
  let closed: readonly Listener[] = [
    { port: healthPort, answer, variable: 'ZK_HEALTH_PORT', code: 'ZK-NETWORK-002' } as const,
    ...metricsPorts.map(
      (port) =>
        ({
          port,
          answer: metricsOnly(answer),
          variable: 'ZK_METRICS_PORTS',
          code: 'ZK-NETWORK-003',
        }) as const,
    ),
  ].filter(({ port }) => port > 0);
  return {
    async listen() {
      const tried = await Promise.all(
        closed.map(async (listener) => ({ listener, findings: await openedAt(address, listener) })),
      );
      closed = tried.filter(({ findings }) => findings.length > 0).map(({ listener }) => listener);
      return tried.flatMap(({ findings }) => findings);
    },
  };
}

interface Listener extends Pick<HealthServerOptions, 'port' | 'answer'> {
  readonly variable: string;
  readonly code: 'ZK-NETWORK-002' | 'ZK-NETWORK-003';
}

/** Opens one port. A failure is a finding. */
async function openedAt(address: string | undefined, { code, ...listener }: Listener): Promise<Finding[]> {
  try {
    await startHealthServer({ address, ...listener });
    return [];
  } catch (error) {
    if (!(error instanceof HealthPortError)) throw error;
    const { problem, remedy } = error;
    return [finding(code, { subject: listener.variable, problem, remedy })];
  }
}

function afterSrvr(sinceMs: number | undefined, exchange: Exchange): number | undefined {
  return withoutQuorumSince(sinceMs, readSrvr(exchange), Date.now());
}

/**
 * Since when (epoch milliseconds) the server has been without a quorum, after one more look at it: undefined while it
 * serves, unchanged when the answer says nothing about the quorum (a paused JVM has not lost it).
 */
export function withoutQuorumSince(
  sinceMs: number | undefined,
  srvr: Srvr,
  nowMs: number,
): number | undefined {
  if (srvr.serving) return srvr.mode === 'read-only' ? (sinceMs ?? nowMs) : undefined;
  return srvr.cause === 'no-quorum' ? (sinceMs ?? nowMs) : sinceMs;
}
