import { fileURLToPath } from 'node:url';
import { elasticTorture } from './elastic/run.ts';
import { homes } from './homes.ts';
import type { Round, Strike } from './plan/plan.ts';
import type { Violation } from './proof/violation.ts';
import { torture } from './run.ts';

/** A build that is broken on purpose, what is done to it, and the promise that must be seen to be broken. */
interface BrokenBuild {
  readonly name: string;
  readonly rounds: readonly Round[];
  readonly promise: Violation['promise'];
}

const all = [0, 1, 2];

const builds: readonly BrokenBuild[] = [
  {
    name: 'loses-writes',
    promise: 'lost write',
    rounds: Array.from({ length: 3 }, () => round({ kind: 'all members KILL', members: all, lastsMs: 200 })),
  },
  {
    name: 'leaks-jvm',
    promise: 'left behind',
    rounds: [round({ kind: 'supervisor TERM', members: [1], lastsMs: 200 })],
  },
  {
    name: 'shares-volumes',
    promise: 'not refused',
    rounds: [round({ kind: 'second server on the volume', members: [1], lastsMs: 200 })],
  },
  {
    name: 'restarts-needlessly',
    promise: 'needless restart',
    rounds: [
      round(
        { kind: 'jvm STOP', members: [0], lastsMs: 6_000 },
        { kind: 'jvm STOP', members: [1], lastsMs: 6_000 },
      ),
    ],
  },
];

/** Whether torture finds what it is there to find: 0 when each broken build was caught by the right promise. */
export async function selfTest({ seed, say }: { seed: number; say(line: string): void }): Promise<number> {
  let missed = 0;
  for (const { name, rounds, promise } of builds) {
    say(`broken build ${name}`);
    const program = fileURLToPath(new URL(`broken/${name}`, import.meta.url));
    const options = { ...homes(), members: 3, faults: 3, only: [], seed, program, rounds, say };
    const { violations } = await torture({ ...options, forget: true });
    const caught = violations.find((each) => each.promise === promise);
    say(caught === undefined ? `MISSED: ${name}` : `caught: ${promise}: ${caught.text}`);
    if (caught === undefined) missed += 1;
  }
  say(`${builds.length - missed} of ${builds.length} broken builds caught`);
  return missed === 0 ? 0 : 1;
}

/** The same for the rules of a dynamic membership. */
export async function elasticSelfTest({
  seed,
  say,
}: {
  seed: number;
  say(line: string): void;
}): Promise<number> {
  const broken = ['joiner-votes', 'renders-members'];
  let missed = 0;
  for (const name of broken) {
    say(`broken build ${name}`);
    const program = fileURLToPath(new URL(`broken/${name}`, import.meta.url));
    const { violations } = await elasticTorture({ ...homes(), faults: 12, seed, program, say, forget: true });
    const [caught] = violations;
    say(caught === undefined ? `MISSED: ${name}` : `caught: ${caught.promise}: ${caught.text}`);
    if (caught === undefined) missed += 1;
  }
  say(`${broken.length - missed} of ${broken.length} broken builds caught`);
  return missed === 0 ? 0 : 1;
}

function round(...strikes: Strike[]): Round {
  return { strikes, skipped: [] };
}
