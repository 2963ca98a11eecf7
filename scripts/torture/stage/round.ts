import { setTimeout as sleep } from 'node:timers/promises';
import { allFaults } from '../faults/all.ts';
import type { Fault } from '../faults/fault.ts';
import type { Round, Strike } from '../plan/plan.ts';
import type { Struck } from '../proof/judge-ends.ts';
import type { Stage } from './stage.ts';

/** The second of a pair comes while the first is at work. */
const APART_MS = 400;

/** Makes the faults of one round, heals them, and waits until every member is ready again. */
export async function playRound(stage: Stage, { strikes }: Round): Promise<Struck[]> {
  const struck = await Promise.all(
    strikes.map(async (strike, place) => {
      await sleep(place * APART_MS);
      return strikeOnce(stage, strike);
    }),
  );
  const healedMs = Math.max(Date.now() - 1, ...struck.map((each) => each.healedMs));
  const readyAtMs = await stage.untilAllReady(healedMs);
  for (const each of struck) {
    each.readyMs = readyAtMs === undefined ? undefined : readyAtMs - healedMs;
    each.toMs = Date.now();
  }
  return struck;
}

async function strikeOnce(stage: Stage, { kind, members, lastsMs }: Strike): Promise<Struck> {
  const fault = faultNamed(kind);
  const drawn = members.map((place) => stage.members[place]).filter((member) => member !== undefined);
  const targets = (await fault.choose?.(stage)) ?? drawn;
  const struck: Struck = {
    kind,
    members: targets.map(({ name }) => name),
    ends: fault.ends,
    kills: fault.kills === true,
    fromMs: Date.now(),
    healedMs: 0,
    toMs: Number.POSITIVE_INFINITY,
    readyMs: undefined,
  };
  const heal = await fault.inject(stage, targets);
  await sleep(lastsMs);
  await heal();
  struck.healedMs = Date.now();
  return struck;
}

function faultNamed(kind: string): Fault {
  const fault = allFaults.find(({ name }) => name === kind);
  if (fault === undefined) throw new RangeError(`there is no fault ${kind}`);
  return fault;
}
