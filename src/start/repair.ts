import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { PeerAnswer } from '../admission/peer-replies.ts';
import { decideRepair, type RepairDecision, WAITS_FOR_REPAIR } from '../admission/repair.ts';
import { type Finding, finding } from '../findings/finding.ts';
import type { Ledger } from '../findings/ledger.ts';
import { attempt } from '../host/files/carry-out.ts';
import { readBeginning, readInParts } from '../host/files/read-file.ts';
import { syncFolder } from '../host/files/write-file.ts';
import { MOST_LOG_BYTES, readTornLogs } from '../host/volume/read-heads.ts';
import { setAside, setAsideTimes } from '../host/volume/set-aside.ts';
import { newestEpoch } from '../volume/epochs.ts';
import { type FileHead, isAsWritten, snapshotState } from '../volume/file-head.ts';
import { gapIn, LONGEST_TRANSACTION_BYTES, readWholeLog, type WholeLog } from '../volume/log-records.ts';
import { leadingTo, openedLogs } from '../volume/logs.ts';
import { has, sinceOf } from '../zookeeper/features.ts';
import type { StartServices } from './admit.ts';
import { type MemberNow, ourselves, type StartLook } from './member.ts';
import { readVolumeOf } from './read-volume-of.ts';

const PAUSE_MS = 2_000;
const LOOK_MS = 2_000;

type Here = Pick<MemberNow, 'member' | 'look'>;

/**
 * After a start whose JVM ended before it answered: the snapshots and logs that ZooKeeper opens, read as it reads them. A
 * healthy start does not pay for it.
 */
export function damagedFiles(here: Here): Finding[] {
  return [...damagedSnapshots(here), ...damagedLogs(here)];
}

/** ZooKeeper goes on from an older snapshot where one can be read. */
function damagedSnapshots({ look }: Here): Finding[] {
  const whole = look.contents.heads.filter((head) => snapshotState(head) === 'whole');
  const damaged = whole.filter((head) => !isReadable(head));
  const [first] = damaged;
  if (first === undefined || damaged.length < whole.length) return [];
  return [
    finding('ZK-VOLUME-051', {
      subject: first.path,
      problem: `has a wrong checksum, ${whole.length === 1 ? 'and is the only snapshot' : 'as all newest snapshots have'}: ZooKeeper would end as it did at the last start`,
      remedy: JOIN_ANEW,
    }),
  ];
}

function isReadable(head: FileHead): boolean {
  try {
    return isAsWritten(head, (each) => readInParts(head.path, each)) ?? true;
  } catch {
    // Other checks report files that may not be read.
    return true;
  }
}

function damagedLogs({ member, look }: Here): Finding[] {
  const { facts, heads } = look.contents;
  // ZooKeeper begins with the newest snapshot that it can read.
  const used = heads.find((head) => snapshotState(head) === 'whole' && isReadable(head));
  const snapshot = used?.file.zxid ?? -1n;
  const isLonger = member.ready.plan.java.args.some((word) => word.includes('jute.maxbuffer'));
  const longest = isLonger ? MOST_LOG_BYTES : LONGEST_TRANSACTION_BYTES;
  // Oldest first, as they are read.
  const opened = openedLogs(facts.log.logs, snapshot < 0n ? undefined : snapshot).toReversed();
  const logs = opened.map(({ name }) => {
    const path = join(facts.log.path, name);
    return { path, ...readLog(path, longest) };
  });
  const damaged = logs.flatMap(({ path, damage }) =>
    damage === undefined ? [] : [refused(path, `${damage.problem}, at byte ${damage.at}`)],
  );
  // Older releases go on over a gap, and so it is not what they have ended over.
  if (damaged.length > 0 || !has(member.ready.distribution.release, 'endsAtGap')) return damaged;
  const gap = gapIn(
    logs.flatMap(({ zxids }) => zxids),
    snapshot,
  );
  if (gap === undefined) return [];
  const [before, after] = gap.map((zxid) => `0x${zxid.toString(16)}`);
  return [refused(facts.log.path, `lacks the transactions between ${before} and ${after}`)];
}

function readLog(path: string, longest: number): WholeLog {
  try {
    const { bytes, beginning } = readBeginning(path, MOST_LOG_BYTES);
    if (bytes <= MOST_LOG_BYTES) return readWholeLog(beginning, longest);
  } catch {
    // Other checks report what is not a file or may not be read.
  }
  return { zxids: [], damage: undefined };
}

function refused(subject: string, problem: string): Finding {
  return finding('ZK-VOLUME-051', {
    subject,
    problem: `${problem}: ZooKeeper would end with status 1 as it did at the last start`,
    remedy: JOIN_ANEW,
  });
}

const JOIN_ANEW =
  'if a quorum of the others serves, let this member join with an empty volume; otherwise first restore the volume from a backup';

interface Repairing {
  /** What refuses this start, all of it damage. */
  readonly damage: readonly Finding[];
  readonly answers: readonly PeerAnswer[];
  readonly services: Pick<StartServices, 'ask' | 'pause' | 'isGivenUp' | 'setWaiting' | 'sayProgress'>;
  readonly ledger: Ledger;
}

/**
 * With ZK_REPAIR=quorum: waits until the others are a quorum without this member, sets the damaged data aside, and looks at
 * the volume anew; returns what the others said last. Undefined where it must not be done, which the ledger has then, or where the start
 * is given up.
 * @throws WriteFailure
 */
export async function repair(
  now: MemberNow,
  { damage, answers: first, services, ledger }: Repairing,
): Promise<readonly PeerAnswer[] | undefined> {
  const { settings } = now.member.ready;
  const sinceMs = Date.now();
  const codes = [...new Set(damage.map(({ code }) => code))].join(', ');
  let answers = first;
  while (!services.isGivenUp()) {
    const decision = decisionOf(now, answers);
    switch (decision.kind) {
      case 'never':
        ledger.report([...damage, notRepaired(decision.why)]);
        return undefined;
      case 'repair': {
        services.setWaiting(undefined);
        const places = setAside(settings, new Date());
        now.look = readVolumeOf(now.member);
        ledger.report([isSetAside(places, damage)]);
        return answers;
      }
      case 'wait': {
        const sentence = `the data of this member is damaged (${codes}) and waits to be set aside: ${decision.why}`;
        const isReady = !decision.quorumServes;
        services.setWaiting({ sentence, sinceMs, remedy: WAIT_REMEDY, isReady, kind: WAITS_FOR_REPAIR });
        services.sayProgress(`${sentence}; ${WAIT_REMEDY}`);
        await services.pause(PAUSE_MS);
        answers = await services.ask(now.member.peers, LOOK_MS);
      }
    }
  }
  return undefined;
}

/**
 * Renames the older snapshots that lead into a log which was cut short (ZK-VOLUME-055), so that ZooKeeper cannot go back to them.
 * Returns their new paths. @throws WriteFailure
 */
export function retireSnapshots({ look }: Here): string[] {
  const { data, log } = look.contents.facts;
  const torn = readTornLogs(log);
  const stale = data.snapshots.filter((snapshot) =>
    torn.some(({ next }) => leadingTo(next, [snapshot]).length > 0),
  );
  return stale.map(({ name }) => {
    const [from, to] = [join(data.path, name), join(data.path, `${RETIRED}${name}`)];
    attempt(to, () => {
      renameSync(from, to);
      syncFolder(data.path);
    });
    return to;
  });
}

/** A prefix for the name, so that ZooKeeper does not read it as a snapshot (Util.getZxidFromName). */
const RETIRED = 'zk-entrypoint.unusable.';

const WAIT_REMEDY =
  'start the other members again (see zk-entrypoint status), and keep all volumes until then';

/** What a person can do about damage where ZK_REPAIR is off. */
export function howToRepair(here: Here, answers: readonly PeerAnswer[]): Finding[] {
  if (here.member.peers.length === 0) return [];
  const decision = decisionOf(here, answers);
  const pod = here.member.ready.ensemble.name;
  const [problem, remedy] =
    decision.kind === 'repair'
      ? [
          'is off, and the other members are a quorum with all data',
          `set it to quorum, and the data is set aside and copied again; or do it by hand: kubectl delete pvc data-${pod} --wait=false, with the name of the claim, then kubectl delete pod ${pod}`,
        ]
      : [`is off, and would not help now: ${decision.why}`, 'keep every volume until the others serve'];
  return [finding('ZK-VOLUME-053', { subject: 'ZK_REPAIR', problem, remedy })];
}

function decisionOf({ member, look }: Here, answers: readonly PeerAnswer[]): RepairDecision {
  const { settings, distribution, ensemble } = member.ready;
  if (!has(distribution.release, 'autocreate'))
    return { kind: 'never', why: `ZooKeeper ${sinceOf('autocreate')} was the first to join without a vote` };
  const lastMs = setAsideTimes(settings.dataLogDir).at(-1);
  return decideRepair({
    us: ourselves(member, look),
    epoch: newestKnownEpoch(look),
    isOurs: look.record?.id === ensemble.myid,
    answers,
    lastRepairMs: lastMs === undefined ? undefined : Math.max(0, Date.now() - lastMs),
  });
}

function newestKnownEpoch({ contents, record }: StartLook): number {
  return Math.max(newestEpoch(contents.epochs, contents.facts), record?.begun?.epoch ?? 0);
}

function notRepaired(why: string): Finding {
  return finding('ZK-VOLUME-053', {
    subject: 'ZK_REPAIR',
    problem: `does not help: ${why}`,
    remedy: 'see the remedy of the damage itself',
  });
}

function isSetAside(places: readonly string[], damage: readonly Finding[]): Finding {
  const what = damage.map(({ code, subject, problem }) => `${code} ${subject} ${problem}`).join('; ');
  return finding('ZK-VOLUME-052', {
    subject: places.join(', '),
    problem: `has the damaged data of this member, which now copies the data from the quorum (${what})`,
    remedy: 'check the disk; remove the folder when this member serves and the folder is no longer needed',
  });
}
