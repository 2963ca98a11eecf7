import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { impossibleFaults } from '../faults/all.ts';
import { findMissing } from '../machine/abilities.ts';
import { dismantle, type Site } from '../machine/dismantle.ts';
import { loopbackNetwork, namespaceNetwork } from '../machine/network.ts';
import { watchOver } from '../machine/watch-over.ts';
import { randomFrom } from '../plan/random.ts';
import { Stage } from '../stage/stage.ts';
import { History } from '../workload/history.ts';
import { Workload } from '../workload/workload.ts';
import { type ElasticOutcome, ElasticPlay } from './elastic-play.ts';
import { watchLeaders } from './watch-leaders.ts';

/** What to run. */
export interface ElasticRun {
  readonly faults: number;
  readonly seed: number;
  readonly javaHome: string;
  readonly zkHome: string;
  readonly program: string;
  /** Removes the folder of the run even when a promise was broken. */
  readonly forget?: true;
  say(line: string): void;
}

const MEMBERS = 5;
const CLIENTS = 3;

/** Runs it from one member to the proof. */
export async function elasticTorture(
  options: ElasticRun,
): Promise<ElasticOutcome & { readonly acknowledged: number }> {
  const site: Site = { folder: mkdtempSync(join(tmpdir(), 'zk-torture-')), run: process.pid & 0xffff };
  const dismiss = watchOver(site);
  options.say(`in ${site.folder}`);
  let keep = options.forget !== true;
  try {
    const outcome = await onSite(options, site);
    keep &&= outcome.violations.length > 0;
    return outcome;
  } finally {
    await dismantle(site, { keep });
    dismiss();
  }
}

async function onSite({ faults, seed, javaHome, zkHome, program, say }: ElasticRun, site: Site) {
  const { folder, run } = site;
  const missing = findMissing(site);
  const impossible = impossibleFaults(missing);
  const network = missing.has('network') ? loopbackNetwork(run) : namespaceNetwork(run, MEMBERS);
  const mounted = !missing.has('volume');
  const stage = new Stage(
    { folder, network, members: MEMBERS, mounted, program, javaHome, zkHome, otherZkHome: undefined },
    { present: 0, extra: { ZK_MEMBERSHIP: 'dynamic', ZK_STOP_WAIT: '2s' } },
  );
  // The first begins alone; whoever comes later has a list with itself, which names nobody that is let in by it.
  const [first] = stage.members;
  if (first === undefined) throw new Error('an ensemble without members');
  first.extra = { ...first.extra, ZK_ENSEMBLE: first.listOf(1) };
  first.arrive();
  const history = new History(join(folder, 'history.jsonl'));
  const workload = new Workload({ addresses: stage.addresses, clients: CLIENTS, history, seed });
  const isOver = new AbortController();
  const watching = watchLeaders(stage, isOver.signal);
  const names = new Set(impossible.keys());
  const play = new ElasticPlay({
    stage,
    workload,
    history,
    faults,
    random: randomFrom(seed),
    impossible: names,
    say,
  });
  const outcome = await play.perform();
  isOver.abort();
  const two = (await watching).map((text) => ({
    promise: 'two leaders' as const,
    text: `both commit: ${text}`,
  }));
  return { ...outcome, violations: [...outcome.violations, ...two], acknowledged: history.acknowledged };
}
