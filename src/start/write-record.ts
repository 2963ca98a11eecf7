import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatRecord, type MemberRecord } from '../admission/record.ts';
import { sameVoters } from '../admission/voter-lists.ts';
import { loopbackOf } from '../health/address.ts';
import { attempt, carryOut } from '../host/files/carry-out.ts';
import { askPeers } from '../host/network/ask-peers.ts';
import { askFourLetter } from '../host/network/four-letter.ts';
import type { Log } from '../host/output/log.ts';
import { dropEmptyEpochs } from '../host/volume/read-heads.ts';
import type { Settings } from '../settings/table.ts';
import { has } from '../zookeeper/features.ts';
import { readSrvr } from '../zookeeper/four-letter/srvr.ts';
import type { MemberNow, StartLook, StartMember } from './member.ts';
import { type Admitted, startedRecord } from './record.ts';

const FIRST_PAUSE_MS = 50;
const PAUSE_MS = 1_000;
const TIMEOUT_MS = 1_000;

/** Writes the record to the volume. @throws WriteFailure */
export function writeRecord({ recordPath: path }: StartMember, record: MemberRecord): void {
  carryOut({
    directories: [],
    files: [{ path, mode: 0o644, content: formatRecord(record), onlyIfAbsent: false }],
  });
}

/**
 * Written before the JVM: the record, and the file that tells it to begin with nothing where that was decided. Returns
 * the record. @throws WriteFailure
 */
export function writeStarted(
  member: StartMember,
  { look, ...admitted }: Admitted & { readonly look: StartLook },
): MemberRecord {
  const { settings, distribution, ensemble } = member.ready;
  const initialize = join(settings.dataLogDir, 'initialize');
  attempt(initialize, () => rmSync(initialize, { force: true }));
  const record = startedRecord(member, look, { ...admitted, at: new Date().toISOString() });
  writeRecord(member, record);
  if (!admitted.creates || ensemble.members.length < 2) return record;
  dropEmptyEpochs(settings.dataDir);
  if (has(distribution.release, 'autocreate')) {
    carryOut({
      directories: [],
      files: [{ path: initialize, mode: 0o644, content: '', onlyIfAbsent: false }],
    });
  }
  return record;
}

/**
 * Asks until this server serves; false for a start that is given up before. Meanwhile the JVM writes to the volume, so
 * `lookAgain` is called once a second, and once it serves: that is what /status tells.
 */
export async function untilServing(
  { clientPort, clientAddress }: Pick<Settings, 'clientPort' | 'clientAddress'>,
  { signal, lookAgain }: { readonly signal: AbortSignal; lookAgain(): void },
): Promise<boolean> {
  const where = { host: loopbackOf(clientAddress), port: clientPort, timeoutMs: TIMEOUT_MS };
  // Until it is written down, a stop leaves a volume that can only guess; so the first questions follow soon.
  for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(2 * pauseMs, PAUSE_MS)) {
    const srvr = readSrvr(await askFourLetter({ ...where, word: 'srvr', maxBytes: 65_536 }));
    const serves = srvr.serving && srvr.mode !== 'read-only';
    if (serves || pauseMs === PAUSE_MS) lookAgain();
    if (serves) return true;
    await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
  return false;
}

/** Writes changes to the record. If that fails, the log says so, and the server continues. */
export function keepRecord(now: MemberNow, changes: Partial<MemberRecord>, log: Log): void {
  const { record } = now.look;
  if (record === undefined) return;
  try {
    const changed = { ...record, ...changes };
    writeRecord(now.member, changed);
    now.look = { ...now.look, record: changed };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    log.write('warn', `${problem}; the voters that this volume served with are not recorded`);
  }
}

const LONGEST_PAUSE_MS = 30_000;
const PEER_TIMEOUT_MS = 2_000;
/** How many times to look for a leader. It may have no supervisor, or one that cannot be asked. */
const LOOKS_FOR_LEADER = 4;

/**
 * Asks until the leader counts by our list. False if the life ends before. Under a leader with another list we have not
 * served by ours: its acknowledged writes are on a quorum of its list, and a later change of ours must not count on more.
 */
export async function untilLedByOurList(
  { peers, voters, ready: { settings } }: StartMember,
  signal: AbortSignal,
): Promise<boolean> {
  const where = {
    host: loopbackOf(settings.clientAddress),
    port: settings.clientPort,
    timeoutMs: TIMEOUT_MS,
  };
  for (let looks = 0, pauseMs = PAUSE_MS; !signal.aborted; looks += 1) {
    const [srvr, answers] = await Promise.all([
      askFourLetter({ ...where, word: 'srvr', maxBytes: 65_536 }),
      askPeers(peers, settings, PEER_TIMEOUT_MS),
    ]);
    const own = readSrvr(srvr);
    if (peers.length === 0 || (own.serving && own.mode === 'leader')) return true;
    const leader = answers.find(({ told, mode }) => (told?.mode ?? mode) === 'leader');
    const theirs = leader?.told?.member?.voters;
    if (theirs === undefined ? looks >= LOOKS_FOR_LEADER : sameVoters(theirs, voters)) return true;
    await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }
  return false;
}
