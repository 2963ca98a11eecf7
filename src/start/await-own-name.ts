import { setTimeout as sleep } from 'node:timers/promises';
import { type Finding, finding } from '../findings/finding.ts';
import { lookUpOwnName, type OwnAddress } from '../host/machine/own-name.ts';
import { monotonicMs } from '../host/monotonic.ts';
import type { Standing } from './standing.ts';

const PAUSE_MS = 500;
const LOOK_UP_MS = 5_000;

const REMEDY = 'set publishNotReadyAddresses: true in the headless Service; see serviceName and ZK_DOMAIN';

interface Waiter {
  readonly signal: AbortSignal;
  wait(sentence: string, remedy: string): void;
  report(found: Finding): void;
}

/**
 * Waits until the own name resolves, at most ZK_DNS_TIMEOUT: a server binds its election port by that name, and 3.4
 * ends when it cannot. Afterwards it is said, and the start goes on.
 */
export async function awaitOwnName(
  { self, ready }: Standing,
  { signal, wait, report }: Waiter,
): Promise<void> {
  const { dnsTimeoutMs } = ready.settings;
  const untilMs = monotonicMs() + dnsTimeoutMs;
  for (;;) {
    const leftMs = Math.max(1, Math.min(LOOK_UP_MS, untilMs - monotonicMs()));
    const address = await lookUpOwnName(self.host, dnsTimeoutMs === 0 ? LOOK_UP_MS : leftMs);
    if (address.kind !== 'unresolved' || signal.aborted || monotonicMs() >= untilMs) {
      return sayAddress(self.host, address, report);
    }
    const atMost = `${dnsTimeoutMs / 1_000} s at most`;
    wait(
      `this member waits until its own name ${self.host} resolves (${address.problem}), ${atMost}`,
      REMEDY,
    );
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}

function sayAddress(host: string, address: OwnAddress, report: Waiter['report']): void {
  if (address.kind === 'ours') return;
  if (address.kind === 'unresolved') {
    return report(
      finding('ZK-PEER-005', {
        subject: host,
        problem: `does not resolve (${address.problem}), and it is the own name of this member`,
        remedy: REMEDY,
      }),
    );
  }
  report(
    finding('ZK-PEER-004', {
      subject: host,
      problem: `is the own name of this member, but leads to ${address.addresses.join(', ')}, which is not this machine`,
      remedy: 'look at the headless Service and ZK_DOMAIN',
    }),
  );
}
