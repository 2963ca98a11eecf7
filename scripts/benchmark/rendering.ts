import type { Machine } from '../../src/preparation/machine.ts';
import { planAsText } from '../../src/preparation/masked-plan.ts';
import { prepare } from '../../src/preparation/prepare.ts';
import type { Bench, Comparison } from './bench.ts';
import { type Row, ratioTarget } from './row.ts';
import { interleave, median } from './statistics.ts';

const ROUNDS = 60;
const RENDERINGS_A_ROUND = 10;
/** Linear is 1.00 and better: a part of the work is the same for any size. A square would be 8.5. */
const LINEAR = 1.2;

/** From variables to the text of every file, for ensembles of growing size. */
export const rendering: Comparison = { title: 'rendering', measure };

async function measure({ rounds }: Bench): Promise<Row[]> {
  const times = await interleave(rounds(ROUNDS), {
    few: () => render(3),
    some: () => render(30),
    most: () => render(255),
  });
  const row = (members: number, taken: readonly number[]) => {
    const value = median(taken);
    const each = ((value / members) * 1_000).toFixed(1);
    return {
      what: `rendering ${members} members, ${each} µs each`,
      unit: 'ms',
      value,
      runs: taken.length * RENDERINGS_A_ROUND,
    } as const;
  };
  const [few, some, most] = [row(3, times.few), row(30, times.some), row(255, times.most)];
  const target = ratioTarget('at most', LINEAR);
  return [
    few,
    { ...some, reference: { what: '10 times 3 members', value: few.value * 10 }, target },
    { ...most, reference: { what: '8.5 times 30 members', value: some.value * 8.5 }, target },
  ];
}

async function render(members: number): Promise<number> {
  const machine = machineOf(members);
  const begunMs = performance.now();
  for (let count = 0; count < RENDERINGS_A_ROUND; count++) {
    const { ready } = await prepare(machine, { assume: { kind: 'newest' } });
    if (ready === undefined) throw new Error(`an ensemble of ${members} is refused`);
    planAsText(ready.plan);
  }
  return (performance.now() - begunMs) / RENDERINGS_A_ROUND;
}

/** A pod of a StatefulSet, with nothing to read. */
function machineOf(members: number): Machine {
  return {
    variables: { ZK_REPLICAS: String(members) },
    hostName: 'zk-0.zk-headless.default.svc.cluster.local',
    memory: { memoryBytes: 2 ** 31, memoryIs: 'limit' },
    readText: () => ({ ok: false, problem: 'does not exist' }),
    findDomain: async () => undefined,
    findDistribution: () => ({ kind: 'absent' }),
    findClassArchive: () => ({ kind: 'absent' }),
    findJava: () => '/usr/bin/java',
  };
}
