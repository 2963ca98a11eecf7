import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatRecord, type MemberRecord } from '../admission/record.ts';
import { sameVoters } from '../admission/voter-lists.ts';
import { loopbackOf } from '../health/address.ts';
import { attempt, carryOut } from '../host/files/carry-out.ts';
import { askFourLetter } from '../host/network/four-letter.ts';
import type { Log } from '../host/output/log.ts';
import { dropEmptyEpochs } from '../host/volume/empty-epochs.ts';
import { has } from '../zookeeper/features.ts';
import { readSrvr } from '../zookeeper/four-letter/srvr.ts';
import { formatRelease } from '../zookeeper/release.ts';
import type { Admitted } from './admission.ts';
import type { Standing } from './standing.ts';

const FIRST_PAUSE_MS = 50;
const PAUSE_MS = 1_000;
const TIMEOUT_MS = 1_000;

/** Keeps zk-entrypoint.json true to what happens: at the start, once the member serves, and at a clean stop. */
export class RecordKeeper {
  readonly #standing: Standing;
  readonly #log: Log;

  constructor(standing: Standing, log: Log) {
    this.#standing = standing;
    this.#log = log;
  }

  /** Written before peers can hear of a changed list: they may start servers that count on it. */
  promise(): void {
    const standing = this.#standing;
    const { begun = [], promised } = standing.lists;
    const isKnown = [begun, ...promised].some((list) => sameVoters(list, standing.voters));
    if (isKnown || !standing.hasChangedList) return;
    const before = standing.record ?? this.#firstRecord(new Date().toISOString());
    this.#write({ ...before, promised: [...promised, standing.voters] });
    standing.noteState();
  }

  /** Written before the JVM, with the file that tells it to begin where that was decided. */
  begin({ creates, used }: Admitted): void {
    const { settings, distribution, ensemble } = this.#standing.ready;
    const initialize = join(settings.dataLogDir, 'initialize');
    attempt(initialize, () => rmSync(initialize, { force: true }));
    const at = new Date().toISOString();
    const before = this.#standing.record ?? this.#firstRecord(at);
    // A yes to a shorter list or to nothing makes what was known before void.
    const isNew = creates || used.some(({ kind }) => kind === 'shrink' || kind === 'empty-volume');
    const spent = used.map(({ kind, token }) => ({ kind, token, at }));
    const record: MemberRecord = {
      ...before,
      ensemble: this.#ensembleAfter(before, used.length > 0),
      role: this.#standing.self.role,
      // What is known now must not grow with the list of the next start.
      members: isNew ? [] : this.#standing.known(),
      begun: {
        voters: this.#standing.voters,
        epoch: this.#standing.traces().epoch,
        hosts: this.#standing.hosts,
      },
      promised: [],
      zookeeper: formatRelease(distribution.release),
      dataLogDir: settings.dataLogDir,
      consents: [...before.consents, ...spent],
    };
    this.#write(record);
    if (!creates || ensemble.members.length < 2) return;
    dropEmptyEpochs(settings.dataDir);
    if (!has(distribution.release, 'autocreate')) return;
    carryOut({
      directories: [],
      files: [{ path: initialize, mode: 0o644, content: '', onlyIfAbsent: false }],
    });
  }

  /** Asks until this server serves, writes down with whom, and asks no more. */
  async serving(signal: AbortSignal): Promise<void> {
    // Until it is written down, a stop leaves a volume that can only guess; so the first looks follow soon.
    for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(2 * pauseMs, PAUSE_MS)) {
      const serves = await this.#serves();
      // The JVM has written since; this is what /status tells of the volume.
      this.#standing.traces();
      if (serves) return this.#keep({ members: this.#standing.voters });
      await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  stoppedCleanly(): void {
    this.#keep({ lastCleanStop: new Date().toISOString() });
  }

  async #serves(): Promise<boolean> {
    const { clientPort, clientAddress } = this.#standing.ready.settings;
    const where = { host: loopbackOf(clientAddress), port: clientPort, timeoutMs: TIMEOUT_MS };
    const srvr = readSrvr(await askFourLetter({ ...where, word: 'srvr', maxBytes: 65_536 }));
    return srvr.serving && srvr.mode !== 'read-only';
  }

  #firstRecord(firstStart: string): MemberRecord {
    const { ready, self, name } = this.#standing;
    return {
      format: 1,
      ensemble: name,
      id: ready.ensemble.myid,
      role: self.role,
      members: [],
      firstStart,
      lastCleanStop: null,
      zookeeper: '',
      dataLogDir: '',
      consents: [],
    };
  }

  /** A name that is not known this time is kept from before. */
  #ensembleAfter({ ensemble }: MemberRecord, consented: boolean): MemberRecord['ensemble'] {
    const { name } = this.#standing;
    if (name.name === null) return ensemble;
    return { name: name.name, domain: name.domain ?? (consented ? null : ensemble.domain) };
  }

  /** While the server runs, a record that cannot be written is said and no reason to stop it. */
  #keep(changes: Partial<MemberRecord>): void {
    const { record } = this.#standing;
    if (record === undefined) return;
    try {
      this.#write({ ...record, ...changes });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      this.#log.write('warn', `${problem}; what this volume has served with is not written down`);
    }
  }

  #write(record: MemberRecord): void {
    const path = this.#standing.recordPath;
    carryOut({
      directories: [],
      files: [{ path, mode: 0o644, content: formatRecord(record), onlyIfAbsent: false }],
    });
    this.#standing.record = record;
  }
}
