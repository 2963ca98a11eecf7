import { setTimeout as sleep } from 'node:timers/promises';
import type { PeerAnswer } from '../admission/peer-replies.ts';
import { loopbackOf } from '../health/address.ts';
import { monotonicMs } from '../host/monotonic.ts';
import { askPeers } from '../host/network/ask-peers.ts';
import { askFourLetter } from '../host/network/four-letter.ts';
import { apiServer, readOwnStatefulSet } from '../host/network/own-stateful-set.ts';
import type { Log } from '../host/output/log.ts';
import { mayStop, type PeerAtStop } from '../membership/farewell.ts';
import { statefulSetOf, staysWith } from '../membership/stays.ts';
import type { MemberNow } from '../start/member.ts';
import type { SuperUser } from '../start/super-user.ts';
import { readSrvr } from '../zookeeper/four-letter/srvr.ts';
import { remove } from './leave.ts';

const LOOK_MS = 1_000;
const PAUSE_MS = 300;
const API_TIMEOUT_MS = 2_000;

interface Leaving {
  readonly now: MemberNow;
  readonly superUser: SuperUser | undefined;
  readonly log: Log;
  /** Aborted when the time of it is over. */
  readonly signal: AbortSignal;
  readonly untilMs: number;
}

/**
 * The first part of a stop: a member that is removed for good leaves the committed configuration. Any other member waits
 * until the others are a quorum without it. Never rejects. The caller limits the time.
 */
export async function takeLeave(leaving: Leaving): Promise<void> {
  const { now, superUser, log } = leaving;
  now.refresh?.();
  if (superUser !== undefined && (await goesForGood(leaving))) {
    const { ready } = now.member;
    const { myid } = ready.ensemble;
    log.write('info', 'the StatefulSet no longer includes this pod: this member leaves the ensemble');
    const left = await remove({
      ready,
      superUser,
      stays: (id) => id !== myid,
      untilMs: leaving.untilMs,
      signal: leaving.signal,
      say: (sentence) => log.write('info', sentence),
    });
    if (left.kind === 'not-done')
      log.write('warn', `this member could not leave: ${left.why}; ${HOW_TO_REMOVE}`);
    return;
  }
  await untilOthersSuffice(leaving);
}

const HOW_TO_REMOVE = 'zk-entrypoint scale, in a member that serves, removes it';

async function goesForGood({ now, log }: Leaving): Promise<boolean> {
  const { self } = now.member;
  const name = statefulSetOf(self);
  const ordinal = Number(/-(\d+)$/.exec(self.host.split('.')[0] ?? '')?.[1]);
  if (name === undefined) return false;
  const wished = await readOwnStatefulSet(name, apiServer(process.env), API_TIMEOUT_MS);
  if (wished.kind === 'unknown') {
    if (!wished.absent)
      log.write('warn', `it is not known whether this pod is removed for good: ${wished.why}`);
    return false;
  }
  const { replicas, ordinalsStart } = wished;
  return (
    replicas > 0 && !staysWith(replicas, { self, ordinalsStart, members: [self] })(self.id) && ordinal >= 0
  );
}

async function untilOthersSuffice({ now, log, signal, untilMs }: Leaving): Promise<void> {
  const { voters, peers, ready } = now.member;
  const { settings, ensemble } = ready;
  const { healthPort, clientPort, clientAddress } = settings;
  if (healthPort === 0) return;
  const own = await askFourLetter({
    host: loopbackOf(clientAddress),
    port: clientPort,
    word: 'srvr',
    timeoutMs: LOOK_MS,
    maxBytes: 65_536,
  });
  const srvr = readSrvr(own);
  const mode = srvr.serving ? srvr.mode : undefined;
  // One that serves in no quorum is missed by none.
  if (mode !== 'leader' && mode !== 'follower') return;
  const others = peers.filter(({ id }) => voters.includes(id));
  for (let said = false; !signal.aborted && monotonicMs() < untilMs; said = true) {
    const answers = await askPeers(others, settings, LOOK_MS);
    const look = new Map(answers.map((answer) => [answer.member.id, atStop(answer)]));
    if (mayStop({ myid: ensemble.myid, leads: mode === 'leader', voters, peers: look })) return;
    if (!said)
      log.write('info', `this member waits until the others are a quorum without it, ${atMost(settings)}`);
    await sleep(PAUSE_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

function atMost({ stopWaitMs }: { readonly stopWaitMs: number }): string {
  return `${stopWaitMs / 1_000} s at most`;
}

function atStop({ told, mode: own }: PeerAnswer): PeerAtStop {
  const mode = told?.mode ?? own;
  return {
    serves: mode === 'leader' || mode === 'follower',
    leads: mode === 'leader',
    stops: told?.stops ?? false,
  };
}
