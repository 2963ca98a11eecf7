import { type Finding, finding } from '../findings/finding.ts';
import { loopbackOf } from '../health/address.ts';
import { healthAnswerer } from '../health/answer.ts';
import type { Family } from '../health/exposition.ts';
import type { SupervisorFacts } from '../health/facts.ts';
import { Tally } from '../health/tally.ts';
import { monotonicMs } from '../host/monotonic.ts';
import { askFourLetter } from '../host/network/four-letter.ts';
import { HealthPortError, startHealthServer } from '../host/network/health-server.ts';
import { marksOf } from '../host/network/peer-marks.ts';
import { shareExchanges } from '../host/network/shared-exchange.ts';
import type { Settings } from '../settings/table.ts';
import type { Exchange, Word } from '../zookeeper/four-letter/exchange.ts';
import { readSrvr, type Srvr } from '../zookeeper/four-letter/srvr.ts';

/** An answer is good this long, so at most two exchanges a second and word reach ZooKeeper, whoever asks. */
const GOOD_FOR_MS = 500;
const EXCHANGE_TIMEOUT_MS = 2_000;
const LONGEST_ANSWER_BYTES = 262_144;

/** What the endpoint is told by the supervisor; it keeps the time without a quorum itself. */
export type SupervisorView = () => Omit<
  SupervisorFacts,
  'nowMs' | 'readiness' | 'metricNames' | 'withoutQuorumSinceMs' | 'zone' | 'figures'
> & { readonly jvmPid?: number | undefined };

/**
 * Opens /livez, /readyz, /startupz, /metrics and /status on ZK_HEALTH_PORT, which is not 0.
 * A port that cannot be had is a finding.
 */
export async function openHealthEndpoint(settings: Settings, view: SupervisorView): Promise<Finding[]> {
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
  const answer = healthAnswerer({ supervisor, ask, tally, clock: monotonicMs, ...(mark && { mark }) });
  try {
    await startHealthServer({ address: settings.healthAddress, port: settings.healthPort, answer });
    return [];
  } catch (error) {
    if (!(error instanceof HealthPortError)) throw error;
    const { problem, remedy } = error;
    return [finding('ZK-NETWORK-002', { subject: 'ZK_HEALTH_PORT', problem, remedy })];
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
