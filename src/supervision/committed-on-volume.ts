import { setTimeout as sleep } from 'node:timers/promises';
import { loopbackOf } from '../health/address.ts';
import { carryOut } from '../host/files/carry-out.ts';
import { askFourLetter } from '../host/network/four-letter.ts';
import type { Log } from '../host/output/log.ts';
import { readMembership } from '../host/volume/read-membership.ts';
import { type CommittedConfiguration, configurationInConf } from '../membership/configuration.ts';
import { heardFile, membershipFolder } from '../render/dynamic-files.ts';
import type { Settings } from '../settings/table.ts';

const LOOK_EVERY_MS = 30_000;
/** A server takes part by a change a moment before it has written it. */
const WRITES_WITHIN_MS = 2_000;
const TIMEOUT_MS = 1_000;
/** 255 members have some 20 kB. */
const MAX_BYTES = 1_048_576;

type Needed = Pick<Settings, 'dataDir' | 'clientPort' | 'clientAddress'>;

/** What keeping the volume true needs of the world; a test hands in a fake. */
interface Keeping {
  readonly settings: Needed;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** The answer to `conf`; undefined where there is none. */
  ask?(settings: Needed): Promise<string | undefined>;
  pause?(ms: number): Promise<unknown>;
  /** Called when a configuration was written. */
  written(): void;
}

/**
 * Keeps on the volume by which configuration the server takes part. ZooKeeper writes each change there once; where it cannot,
 * as on a full disk, it logs the error and goes on with the change in memory alone (QuorumPeer.setQuorumVerifier). Started
 * again, that member would vote by the members of before, and could make a majority with those who have left. Lasts as
 * long as this life.
 */
export async function keepCommittedOnVolume({
  settings,
  log,
  signal,
  ask = askConf,
  pause = (ms) => sleep(ms, undefined, { signal, ref: false }).catch(() => undefined),
  written,
}: Keeping): Promise<void> {
  let said = '';
  while (!signal.aborted) {
    let missing = await missingOn(settings, ask);
    if (missing !== undefined) {
      await pause(WRITES_WITHIN_MS);
      missing = signal.aborted ? undefined : await missingOn(settings, ask);
    }
    if (missing !== undefined) {
      const version = missing.version.toString(16);
      try {
        carryOut({ directories: [], files: [heardFile(membershipFolder(settings.dataDir), missing)] });
        log.write(
          'warn',
          `the server has not written the committed configuration ${version}: it is written now`,
        );
        written();
        said = '';
      } catch (error) {
        const sentence = `the committed configuration ${version} is not on the volume: ${(error as Error).message}`;
        if (sentence !== said) log.write('warn', sentence);
        said = sentence;
      }
    }
    await pause(LOOK_EVERY_MS);
  }
}

/** What the server takes part by and the volume does not have; what it cannot be asked for is not known to be missing. */
async function missingOn(
  settings: Needed,
  ask: NonNullable<Keeping['ask']>,
): Promise<CommittedConfiguration | undefined> {
  const answer = await ask(settings);
  const inServer = answer === undefined ? undefined : configurationInConf(answer);
  if (inServer?.kind !== 'read' || inServer.configuration.version === 0n) return undefined;
  const onVolume = readMembership(settings);
  if (onVolume.kind === 'strange') return undefined;
  const known = onVolume.kind === 'committed' ? onVolume.configuration.version : 0n;
  return known < inServer.configuration.version ? inServer.configuration : undefined;
}

async function askConf({ clientPort, clientAddress }: Needed): Promise<string | undefined> {
  const exchange = await askFourLetter({
    host: loopbackOf(clientAddress),
    port: clientPort,
    word: 'conf',
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
  });
  return exchange.kind === 'answer' ? exchange.text : undefined;
}
