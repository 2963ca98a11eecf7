import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../stage/stage.ts';

const EVERY_MS = 100;

/**
 * Looks every 100 ms for two leaders that both commit: a leader that was cut off says so for a while, but only one of two may
 * go on to later transactions. Ends with the signal; returns what was seen of it.
 */
export async function watchLeaders(stage: Stage, signal: AbortSignal): Promise<string[]> {
  const seen: string[] = [];
  let before = new Map<string, bigint>();
  while (!signal.aborted) {
    const answers = await Promise.all(
      stage.present.map(async (member) => ({ name: member.name, srvr: await member.srvr() })),
    );
    const leading = new Map(
      answers.flatMap(({ name, srvr }) =>
        srvr.serving && srvr.mode === 'leader' ? [[name, BigInt(srvr.zxid ?? '0x0')] as const] : [],
      ),
    );
    const commit = [...leading].filter(([name, zxid]) => {
      const last = before.get(name);
      return last !== undefined && zxid > last;
    });
    if (commit.length > 1)
      seen.push(commit.map(([name, zxid]) => `${name} at 0x${zxid.toString(16)}`).join(' and '));
    before = leading;
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  return seen;
}
