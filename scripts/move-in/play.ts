import { join } from 'node:path';
import { type LocalEnsemble, makeEnsemble } from '../local-ensemble/ensemble.ts';
import type { Launch } from '../local-ensemble/launch.ts';
import type { LocalMember } from '../local-ensemble/member.ts';
import { stop } from '../local-ensemble/volumes.ts';
import { judgeWrites } from '../torture/proof/judge-writes.ts';
import { readTree } from '../torture/proof/read-tree.ts';
import { COUNTER } from '../torture/workload/client.ts';
import { History, type Write } from '../torture/workload/history.ts';
import { Workload } from '../torture/workload/workload.ts';
import { ours, type Stage, theirs } from './launches.ts';
import type { Source } from './sources.ts';
import { addressOf, filesOf, makeNodes, missingNodes, moved, wrongId } from './volumes.ts';

/** What came of one take-over. */
export interface Played {
  readonly name: string;
  readonly acknowledged: number;
  readonly nodes: number;
  /** Everything that is not as promised; nothing when all is. */
  readonly problems: readonly string[];
}

const SERVING = { timeoutMs: 60_000 };
const CLIENTS = 4;
const SEED = 16;

/** An ensemble of another image is taken over member by member under a writer, and given back where the stage says so. */
export async function play(source: Source, stage: Stage): Promise<Played> {
  const ensemble = await makeEnsemble({ size: 3, launch: theirs(source, stage) });
  try {
    return await takeOver(source, stage, ensemble);
  } finally {
    await ensemble.close();
  }
}

async function takeOver(source: Source, stage: Stage, ensemble: LocalEnsemble): Promise<Played> {
  const { members, all } = ensemble;
  for (const member of members) member.start();
  await ensemble.waitUntilServing(SERVING);
  await makeNodes(members[0] as LocalMember, stage.nodes);
  const history = new History(join(ensemble.folder, 'history'));
  const addresses = members.map(({ host, port }) => ({ host, port }));
  const workload = new Workload({ addresses, clients: CLIENTS, history, seed: SEED });
  await workload.openChapter();
  let writes: readonly Write[] = [];
  const problems: string[] = [];
  try {
    const replace = async (member: LocalMember, launch: Launch) => {
      await stop(member);
      const before = filesOf(member);
      member.start({ all, launch });
      await ensemble.waitUntilServing(SERVING);
      problems.push(...moved(member, before), ...wrongId(member, source));
    };
    for (const member of members) await replace(member, ours(source, stage));
    // The kernel's name of the process: the JVM is below the program.
    for (const member of members)
      if (member.jvmPid() === member.pid) problems.push(`${member.name} still runs the other image's JVM`);
    if (stage.back) for (const member of members) await replace(member, theirs(source, stage));
  } finally {
    // Clients write into the ensemble's folder until they are stopped.
    writes = await workload.closeChapter();
  }
  const trees = new Map<string, Awaited<ReturnType<typeof readTree>>>();
  for (const member of members) {
    trees.set(member.name, await readTree(addressOf(member), [workload.folder, COUNTER]));
    problems.push(...(await missingNodes(member, stage.nodes)));
  }
  problems.push(
    ...judgeWrites({ writes, trees, counterPath: COUNTER }).map(({ promise, text }) => `${promise}: ${text}`),
  );
  return { name: source.name, acknowledged: history.acknowledged, nodes: stage.nodes, problems };
}
