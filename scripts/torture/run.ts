import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allFaults, impossibleFaults } from './faults/all.ts';
import { findMissing, type Missing } from './machine/abilities.ts';
import { dismantle, type Site } from './machine/dismantle.ts';
import { loopbackNetwork, namespaceNetwork } from './machine/network.ts';
import { watchOver } from './machine/watch-over.ts';
import { makePlan, type Round } from './plan/plan.ts';
import type { Outcome } from './report/outcome.ts';
import { Play } from './stage/play.ts';
import { Stage } from './stage/stage.ts';
import { History } from './workload/history.ts';
import { Workload } from './workload/workload.ts';

/** What to run. */
export interface RunOptions {
  readonly faults: number;
  readonly seed: number;
  readonly members: number;
  readonly javaHome: string;
  readonly zkHome: string;
  readonly otherZkHome: string | undefined;
  /** The program under test: `bin/zk-entrypoint`, or a broken one. */
  readonly program: string;
  /** The kinds to draw from; all when empty. */
  readonly only: readonly string[];
  /** Instead of the plan of the seed. */
  readonly rounds?: readonly Round[];
  /** Removes the folder of the run even when a promise was broken. */
  readonly forget?: true;
  say(line: string): void;
}

const CLIENTS = 4;

/** Runs it from the first start to the proof; nothing is left of it but, when a promise was broken, its folder. */
export async function torture(options: RunOptions): Promise<Outcome> {
  const site: Site = {
    folder: mkdtempSync(join(tmpdir(), 'zk-torture-')),
    run: process.pid & 0xffff,
  };
  const dismiss = watchOver(site);
  options.say(`in ${site.folder}`);
  let keep = options.forget !== true;
  try {
    const outcome = await onSite(options, site);
    keep &&= outcome.violations.length > 0;
    return { ...outcome, folder: keep ? site.folder : undefined };
  } finally {
    await dismantle(site, { keep });
    dismiss();
  }
}

async function onSite(options: RunOptions, site: Site): Promise<Outcome> {
  const { faults, seed, members, only, say } = options;
  const missing = findMissing(site);
  if (options.otherZkHome === undefined) missing.set('other release', 'no second release was given');
  const impossible = impossibleFaults(missing);
  for (const [kind, why] of impossible) say(`SKIPPED here: ${kind}: ${why}`);
  const names = new Set(impossible.keys());
  const kinds = allFaults.filter(({ name }) => only.length === 0 || only.includes(name));
  const plan = options.rounds ?? makePlan({ seed, faults, members, kinds, impossible: names });
  const stage = setStage(options, { site, missing });
  const history = new History(join(site.folder, 'history.jsonl'));
  const workload = new Workload({ addresses: stage.addresses, clients: CLIENTS, history, seed });
  const play = new Play({ stage, history, workload, plan, faults, say, site, impossible });
  return play.perform();
}

function setStage(options: RunOptions, { site, missing }: { site: Site; missing: Missing }): Stage {
  const { members, program, javaHome, zkHome, otherZkHome, seed } = options;
  const network = missing.has('network') ? loopbackNetwork(site.run) : namespaceNetwork(site.run, members);
  const mounted = !missing.has('volume');
  const { folder } = site;
  const around = { folder, network, members, mounted, program, javaHome, zkHome, otherZkHome };
  return new Stage(around, { seed });
}
