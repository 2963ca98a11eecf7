import { parseArgs } from 'node:util';
import { allFaults } from './faults/all.ts';

/** What the command line asks for. */
export interface Flags {
  readonly faults: number;
  readonly seed: number;
  readonly members: number;
  readonly release: string;
  readonly selfTest: boolean;
  readonly elastic: boolean;
  /** The kinds of faults to draw from; all when empty. */
  readonly only: readonly string[];
  /** The folder of torture.json, torture.svg and table.md. */
  readonly out: string;
  /** Writes the table and the picture into docs/ as well. */
  readonly docs: boolean;
}

export const USAGE = `Usage: npm run torture -- [--faults N] [--seed N] [--members 3|5] [--release R] [--only KINDS] [--out DIR] [--docs]
       npm run torture -- --elastic [--faults N] [--seed N]
       npm run torture -- --self-test

Runs an ensemble under zk-entrypoint start and a stand-in for the kubelet, makes faults while clients write, and
proves at the end that nothing acknowledged is lost. As root it makes a network and a volume for each member; what
the machine cannot do is skipped, said and counted.

  --faults N     how many faults, 100 by default: about six seconds each
  --seed N       the same seed makes the same plan; by default one is drawn and printed
  --members N    3 or 5
  --release R    the ZooKeeper release, 3.9 by default
  --only K[,K]   faults of these kinds alone, as "volume full,jvm STOP"
  --out DIR      where torture.json, torture.svg and table.md go, .cache/torture by default
  --docs         writes the table and the picture into docs/reliability.md as well
  --elastic      the ensemble goes 1, 3, 5, 3, 1, 3 members all the while, by its own consensus
  --self-test    each broken build of scripts/torture/broken must be caught

Exit codes: 0 every promise was kept, 1 one was broken, 64 wrong flag, 130 interrupted

Examples:
  npm run torture -- --faults 300 --seed 7
  npm run torture -- --faults 20 --members 5`;

/** Reads the flags, or says what to print instead. */
export function readFlags(args: string[]): Flags | string {
  try {
    const { values } = parseArgs({ args, options: OPTIONS });
    if (values.help) return USAGE;
    const members = number('members', values.members, 3);
    if (members !== 3 && members !== 5) return '--members is 3 or 5';
    return {
      faults: number('faults', values.faults, 100),
      seed: number('seed', values.seed, Date.now() % 100_000),
      members,
      release: values.release ?? '3.9',
      selfTest: values['self-test'] ?? false,
      elastic: values.elastic ?? false,
      only: kinds(values.only),
      out: values.out ?? '.cache/torture',
      docs: values.docs ?? false,
    };
  } catch (error) {
    return `${(error as Error).message}; see --help`;
  }
}

const OPTIONS = {
  faults: { type: 'string' },
  seed: { type: 'string' },
  members: { type: 'string' },
  release: { type: 'string' },
  only: { type: 'string' },
  out: { type: 'string' },
  docs: { type: 'boolean' },
  'self-test': { type: 'boolean' },
  elastic: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

function kinds(text = ''): string[] {
  const wanted = text.split(',').filter((name) => name !== '');
  const known = allFaults.map(({ name }) => name);
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown === undefined) return wanted;
  throw new Error(`--only ${JSON.stringify(unknown)} is no kind of fault: ${known.join(', ')}`);
}

function number(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text))
    throw new Error(`--${name} is a whole number, and not ${JSON.stringify(text)}`);
  return Number(text);
}
