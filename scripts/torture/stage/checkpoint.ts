import { judgeWrites } from '../proof/judge-writes.ts';
import { readTree } from '../proof/read-tree.ts';
import type { Tree } from '../proof/tree.ts';
import type { Violation } from '../proof/violation.ts';
import { COUNTER } from '../workload/client.ts';
import type { Write } from '../workload/history.ts';
import type { Stage } from './stage.ts';
import { CLIENT_PORT } from './staged-member.ts';

/** Reads what every member has below some paths, and judges it and the members' ids. */
export async function checkpoint(
  stage: Stage,
  { roots, writes }: { roots: readonly string[]; writes: readonly Write[] },
): Promise<Violation[]> {
  const trees = new Map<string, Tree>();
  for (const { name, address } of stage.present)
    trees.set(name, await readTree({ host: address, port: CLIENT_PORT }, roots));
  return [...judgeWrites({ writes, trees, counterPath: COUNTER }), ...(await wrongIds(stage))];
}

async function wrongIds(stage: Stage): Promise<Violation[]> {
  const found: Violation[] = [];
  for (const { name, id, servedId } of stage.present.map(withId)) {
    const served = await servedId();
    if (served !== id)
      found.push({ promise: 'wrong id', text: `${name} should be ${id} and serves as ${served}` });
  }
  return found;
}

function withId(member: Stage['members'][number]) {
  return { name: member.name, id: member.id, servedId: () => member.servedId() };
}
