import { isAlive, type RuokVerdict } from '../zookeeper/four-letter/ruok.ts';
import type { Srvr } from '../zookeeper/four-letter/srvr.ts';
import type { VerdictFacts } from './facts.ts';

/** One question of a verdict: whether it passed, and what was seen. A note is shown and never fails. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly sentence: string;
}

/** The answer to a probe with what it was made of, and what is worth saying beside it. */
export interface Verdict {
  readonly ok: boolean;
  readonly checks: readonly Check[];
  readonly notes: readonly string[];
}

/**
 * Liveness: this server alone, never the quorum, since restarting a member that waits for its peers makes it worse.
 * Before the first `imok`, and while stopping, being alive means that the JVM runs: a large snapshot loads for minutes.
 * A server that cannot be asked, since it closes our connections, is alive.
 * https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export function liveness(facts: VerdictFacts): Verdict {
  if (facts.phase === 'preparing') {
    return verdict([passed('preparing', 'the JVM is not started yet')], waitingNotes(facts));
  }
  const checks = [jvmCheck(facts)];
  if (facts.phase === 'serving') checks.push(ruokCheck(facts));
  return verdict(checks, [...quorumNotes(facts), ...unansweredNotes(facts)]);
}

/** Startup: `imok` once, after which the other two probes begin; a member that waits for its peers must not be killed. */
export function startup(facts: VerdictFacts): Verdict {
  if (isWaiting(facts)) return verdict([passed('waiting', 'this member waits')], waitingNotes(facts));
  const once = facts.everOk || (facts.ruok !== undefined && isAlive(facts.ruok));
  return verdict([once ? passed('started', 'ZooKeeper has answered ruok') : startingCheck(facts)]);
}

/** Readiness: what ZK_READINESS asks, and never before the JVM is started or once the member is stopping. */
export function readiness(facts: VerdictFacts): Verdict {
  if (isWaiting(facts)) return waitingReadiness(facts);
  const checks = [phaseCheck(facts), jvmCheck(facts)];
  if (checks.every(({ ok }) => ok)) {
    checks.push(facts.readiness === 'serving' ? servingCheck(facts.srvr) : ruokCheck(facts));
  }
  return verdict(checks, [...quorumNotes(facts), ...unansweredNotes(facts)]);
}

/**
 * A JVM that looks for its quorum answers imok, and so does a member that waits before it has one: under OrderedReady
 * the pod it waits for would never be made otherwise. Who waits for its volume is no member yet; and a member whose list
 * has changed is not ready, since a StatefulSet would stop the next one, and with it the quorum.
 */
function waitingReadiness(facts: VerdictFacts): Verdict {
  const { isReady, sentence = '' } = facts.waiting ?? {};
  if (isReady === false) return verdict([failed('waiting', sentence)]);
  if (facts.readiness === 'serving') return verdict([failed('serving', sentence)]);
  return verdict([passed('waiting', 'this member waits')], waitingNotes(facts));
}

function isWaiting({ phase, waiting }: VerdictFacts): boolean {
  return phase === 'preparing' && waiting !== undefined;
}

function waitingNotes({ waiting }: VerdictFacts): string[] {
  return waiting === undefined ? [] : [waiting.sentence];
}

function verdict(checks: readonly Check[], notes: readonly string[] = []): Verdict {
  return { ok: checks.every(({ ok }) => ok), checks, notes };
}

function passed(name: string, sentence: string): Check {
  return { name, ok: true, sentence };
}

function failed(name: string, sentence: string): Check {
  return { name, ok: false, sentence };
}

function jvmCheck({ jvmRunning, phase }: VerdictFacts): Check {
  if (jvmRunning) return passed('jvm', 'the JVM runs');
  return failed(
    'jvm',
    phase === 'preparing' ? 'the JVM is not started yet' : 'the JVM has ended; see why in the log',
  );
}

function ruokCheck({ ruok }: VerdictFacts): Check {
  if (ruok === undefined) return failed('ruok', 'ZooKeeper was not asked');
  if (ruok.ok) return passed('ruok', 'ZooKeeper answers imok');
  return ruok.alive ? passed('ruok', aliveSentence(ruok)) : failed('ruok', ruok.sentence);
}

/** The text for a server that runs but does not answer ruok. */
export function aliveSentence({ sentence }: Extract<RuokVerdict, { ok: false }>): string {
  return `alive, but ${sentence}`;
}

function unansweredNotes({ phase, ruok }: VerdictFacts): string[] {
  if (phase !== 'serving' || ruok === undefined || ruok.ok || !ruok.alive) return [];
  return [aliveSentence(ruok)];
}

function startingCheck(facts: VerdictFacts): Check {
  const { ruok } = facts;
  const why = ruok === undefined || ruok.ok ? jvmCheck(facts).sentence : ruok.sentence;
  return failed('started', `ZooKeeper has not answered ruok yet: ${why}`);
}

function phaseCheck({ phase }: VerdictFacts): Check {
  if (phase === 'stopping' || phase === 'stopped') return failed('not-stopping', 'this member is stopping');
  return passed('not-stopping', 'this member is not stopping');
}

/** Readiness as ZK_READINESS=serving has it: a server of a quorum, or one that is meant to be alone. */
export function servingCheck(srvr: Srvr | undefined): Check {
  if (srvr === undefined) return failed('serving', 'ZooKeeper was not asked');
  if (!srvr.serving) return failed('serving', srvr.sentence);
  if (srvr.mode === 'read-only')
    return failed('serving', 'ZooKeeper is in read-only mode: it is without a quorum');
  return passed('serving', `ZooKeeper serves as ${srvr.mode}`);
}

/** Said by a member that is alive without a quorum, so that a person who looks at a well probe is not misled. */
function quorumNotes(facts: VerdictFacts): string[] {
  const { withoutQuorumSinceMs, nowMs, srvr } = facts;
  if (withoutQuorumSinceMs !== undefined) {
    const seconds = Math.max(0, Math.floor((nowMs - withoutQuorumSinceMs) / 1_000));
    return [`without a quorum for ${seconds} s: clients are not served; look at the other members`];
  }
  return isWithoutQuorum(srvr) ? ['without a quorum: clients are not served; look at the other members'] : [];
}

function isWithoutQuorum(srvr: Srvr | undefined): boolean {
  if (srvr === undefined) return false;
  return srvr.serving ? srvr.mode === 'read-only' : srvr.cause === 'no-quorum';
}
