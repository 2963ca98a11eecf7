import { isDamage } from '../admission/repair.ts';
import type { Finding } from '../findings/finding.ts';
import type { WaitingFact } from '../health/facts.ts';
import { isUnknownUser, userToBecome } from '../host/account/privileges.ts';
import { clientPortState } from '../host/network/client-port.ts';
import type { Log } from '../host/output/log.ts';
import { randomDigits } from '../host/random-digits.ts';
import { readHold } from '../host/volume/hold-file.ts';
import { readMembership } from '../host/volume/read-membership.ts';
import { readFileSystem } from '../host/volume/read-places.ts';
import type { Prepared } from '../preparation/prepare.ts';
import type { Settings } from '../settings/table.ts';
import { admit } from '../start/admit.ts';
import { clientPortFindings, inspectHere, inspectPeers, leaveRoot } from '../start/inspect.ts';
import type { MemberNow } from '../start/member.ts';
import {
  besideDynamic,
  findPlace,
  isPast,
  placedMember,
  placeOnVolume,
  takesPartAsOf,
  whomToAsk,
} from '../start/place.ts';
import { plainPeerFindings } from '../start/plain-peers.ts';
import { readVolumeOf } from '../start/read-volume-of.ts';
import { type Admitted, promisedRecord } from '../start/record.ts';
import { startServices } from '../start/services.ts';
import { makeSuperUser, type SuperUser } from '../start/super-user.ts';
import { VolumeHold } from '../start/volume-hold.ts';
import { writeRecord } from '../start/write-record.ts';
import { pressureOf } from '../volume/pressure.ts';
import { HealthDesk } from './health-desk.ts';
import type { phaseFacts } from './phase-facts.ts';

/** The first look is part of every start; the later ones are a waiting member's own time. */
const FIRST_LOOK_MS = 300;

/** A start that may go on to its JVM. */
export interface BroughtUp extends Admitted {
  readonly now: MemberNow;
  /** Where the membership is dynamic. */
  readonly superUser: SuperUser | undefined;
  /** Whether others had the same committed configuration, by which this member takes part, and none a later one. */
  readonly isCurrent: boolean;
  /** True if all members use a static list again, so that the earlier committed configuration does not count any more. */
  readonly forgets: boolean;
}

interface Services {
  readonly log: Log;
  /** Aborted when the start is given up. */
  readonly signal: AbortSignal;
  phase(): ReturnType<typeof phaseFacts>;
  /** Called once the volume is locked, with what releases it. */
  holds(hold: VolumeHold): void;
  /** Called once it is known that this member is not held yet. */
  mayBeHeld(settings: Settings): void;
}

/**
 * Everything between the settings and the first file that is written: locks the volume, looks at machine, volume and peers
 * once, opens the health endpoint, and waits until this member may start. Undefined for a start that is refused or given
 * up; the ledger has the reason. `released` if a held member gave up root: only a new start can be root again. The last
 * step as root comes before any other program is asked or answered.
 */
export async function bringUp(
  prepared: Prepared,
  services: Services,
): Promise<BroughtUp | 'released' | undefined> {
  const { draft, ready, ledger } = prepared;
  const { log, signal } = services;
  if (draft === undefined) return undefined;
  const { plan, settings } = draft;
  const desk = new HealthDesk(prepared, services.phase);
  // As root we answer no request: if we become a user later, the port stays closed until then.
  const mayAnswer = userToBecome(settings.user) === undefined;
  let held: WaitingFact | undefined;
  const answers = () => desk.openWhileWaiting(() => held ?? hold.waiting);
  const waits = async () => (mayAnswer ? answers() : undefined);
  const hold = new VolumeHold(settings, { log, signal, waits });
  services.holds(hold);
  // A start that is refused or given up takes no lock. A held member keeps its lock, so that no other server uses the volume.
  const isHeld = readHold(settings.dataDir) !== undefined;
  if ((ready !== undefined || isHeld) && !signal.aborted) ledger.report(await hold.take());
  // If another server has the volume, nothing of it is read or reported.
  if (hold.waiting !== undefined || signal.aborted) return undefined;

  const { whileHeld } = isHeld ? await import('../start/held.ts') : {};
  const wasHeld = await whileHeld?.(settings.dataDir, {
    log,
    signal,
    ledger,
    setWaiting: (waiting) => {
      held = waiting;
    },
    begins: async () => {
      if (!mayAnswer) ledger.report(leaveRoot({ plan, user: settings.user, handsOver: false }));
      await answers();
    },
  });
  if (signal.aborted) return undefined;
  if (wasHeld && !mayAnswer) return 'released';
  services.mayBeHeld(settings);

  const instance = randomDigits(16);
  const isDynamic = settings.membership === 'dynamic';
  const superUser = isDynamic ? makeSuperUser(settings.extraConfig) : undefined;
  const { member, look: firstLook, memberAt } = placedMember(draft, instance, superUser?.digest);
  const now: MemberNow = { member, look: firstLook, waiting: undefined };
  const start = startServices(now.member, {
    log,
    signal,
    setWaiting: (waiting) => {
      now.waiting = waiting;
    },
  });
  let here = inspectHere(now.member, now.look, start);
  if (await relieve(now, here.findings, { mayAnswer, log })) here = inspectHere(now.member, now.look, start);
  if (await retire(now, here.findings, log)) here = inspectHere(now.member, now.look, start);
  const repairs = await repairOf(here.findings, now);
  const damage = repairs?.damage ?? [];
  const all = [...here.findings, ...(repairs?.found ?? [])];
  // Data that may be copied anew refuses the start only where that proves impossible.
  const isMended = settings.repair === 'quorum' && ready !== undefined && damage.length > 0;
  ledger.report(isMended ? all.filter((each) => !damage.includes(each)) : all);
  // If root cannot become another user, no peer is asked, and the start is refused.
  if (isUnknownUser(settings.user) || ledger.findings.some(({ code }) => code === 'ZK-VOLUME-042'))
    return undefined;
  ledger.report(leaveRoot({ plan, user: settings.user, handsOver: !ledger.refuses }));
  const peers = whomToAsk(now, draft.ensemble);
  let [port, replies] = await Promise.all([
    clientPortState(settings.clientPort, settings.clientAddress),
    start.ask(peers, FIRST_LOOK_MS),
  ]);
  now.member = besideDynamic(now, replies);
  const first = () => ({ look: now.look, answers: replies, used: here.used });
  ledger.report([
    ...clientPortFindings(settings.clientPort, port),
    ...inspectPeers(now.member, first(), draft.ensemble),
  ]);
  if (damage.length > 0 && !isMended) ledger.report(repairs?.howToRepair(now, replies) ?? []);
  if (isMended && ledger.refuses) ledger.report(damage);
  if (ready === undefined || ledger.refuses) return undefined;
  ledger.report(await plainPeerFindings(now.member, now.look, replies));
  if (ledger.refuses) return undefined;

  // Written before peers can hear of a changed list: they may start servers that count on it.
  const promised = promisedRecord(now.member, now.look, new Date().toISOString());
  if (promised !== undefined) {
    writeRecord(now.member, promised);
    now.look = readVolumeOf(now.member);
  }
  // An open port is a promise to answer, so it is opened last.
  ledger.report(await desk.open(now));
  if (isMended && !ledger.refuses) {
    const heard = await repairs?.repair(now, { damage, answers: replies, services: start, ledger });
    if (heard === undefined) return undefined;
    // The repair may have waited long, so the earlier answers are too old.
    replies = heard;
    here = inspectHere(now.member, now.look, start);
    ledger.report(here.findings);
    if (ledger.refuses) return undefined;
  }
  const watching = { ...start, look: () => (now.look = start.look()) };
  let known: typeof replies = replies;
  let isCurrent = false;
  if (isDynamic) {
    const found = await findPlace(now, {
      wished: draft.ensemble,
      answers: replies,
      services: watching,
      ledger,
    });
    if (found === undefined) return undefined;
    now.member = memberAt(found.place);
    known = found.answers;
    isCurrent = takesPartAsOf(found.place, known);
  }
  const look = { ...first(), answers: known };
  const admitted = await admit(now.member, look, { services: watching, ledger });
  if (admitted === undefined || ledger.refuses) return undefined;
  // Signals that arrived meanwhile must be seen before anything is written or started.
  await pendingSignals();
  if (!signal.aborted) ledger.report(await hold.complete());
  if (ledger.refuses) return undefined;
  await pendingSignals();
  if (isDynamic) {
    now.refresh = () => {
      const membership = readMembership(settings);
      if (membership.kind !== 'committed') return;
      now.look = { ...now.look, membership };
      if (membership.configuration.version === now.member.committed?.version) return;
      now.member = memberAt(placeOnVolume(now.look, draft.ensemble.myid));
    };
  }
  const { creates, used } = admitted;
  return { creates, used, now, superUser, isCurrent, forgets: !isDynamic && isPast(replies) };
}

/**
 * Gives room to a full volume of this member's own, which nothing but the room itself refuses; true where the volume is to be
 * judged anew. Root leaves that to its next start.
 */
async function relieve(
  now: MemberNow,
  findings: readonly Finding[],
  { mayAnswer, log }: { readonly mayAnswer: boolean; readonly log: Log },
): Promise<boolean> {
  const { settings, ensemble } = now.member.ready;
  const isOurs = now.look.record?.id === ensemble.myid;
  const others = findings.some(({ severity, code }) => severity === 'error' && !code.startsWith('ZK-SPACE-'));
  const isFull = [settings.dataDir, settings.dataLogDir].some(
    (directory) => pressureOf({ ...readFileSystem(directory), snapshotBytes: 0 }) === 'full',
  );
  if (!isFull || !mayAnswer || !isOurs || others) return false;
  const { makeRoom } = await import('./resources.ts');
  for (const done of makeRoom(settings)) log.write('warn', done);
  now.look = readVolumeOf(now.member);
  return true;
}

/** With ZK_REPAIR, moves away snapshots from before the gap, so that ZooKeeper cannot use them. True if the volume must be judged again. */
async function retire(now: MemberNow, findings: readonly Finding[], log: Log): Promise<boolean> {
  const { settings, ensemble } = now.member.ready;
  const isAsked = settings.repair === 'quorum' && now.look.record?.id === ensemble.myid;
  if (!isAsked || !findings.some(({ code }) => code === 'ZK-VOLUME-055')) return false;
  const { retireSnapshots } = await import('../start/repair.ts');
  for (const path of retireSnapshots(now)) log.write('warn', `${path} is the new name of an older snapshot`);
  now.look = readVolumeOf(now.member);
  return true;
}

/** Damage on the volume, and what to do about it: loaded where there is some, or where the last start gives reason to look. */
async function repairOf(findings: readonly Finding[], now: MemberNow) {
  const isSuspect = now.look.record?.failedStart !== undefined;
  if (!isSuspect && !findings.some(isDamage)) return undefined;
  const { damagedFiles, howToRepair, repair } = await import('../start/repair.ts');
  const found = isSuspect ? damagedFiles(now) : [];
  return { damage: [...findings, ...found].filter(isDamage), found, howToRepair, repair };
}

/** One turn of the event loop, in which Node delivers the signals that have arrived. */
export function pendingSignals(): Promise<void> {
  return new Promise((told) => setImmediate(told));
}
