import type { Write } from '../workload/history.ts';
import { digestOf, type Tree } from './tree.ts';
import type { Violation } from './violation.ts';

/** As many as a person looks at. */
const MOST_PATHS = 5;

/** What is judged: the writes below some root, and what each member has there. */
export interface Evidence {
  readonly writes: readonly Write[];
  readonly trees: ReadonlyMap<string, Tree>;
  readonly counterPath: string;
}

/** Every promise about data, against each member's tree; nothing when all are kept. */
export function judgeWrites({ writes, trees, counterPath }: Evidence): Violation[] {
  const found = [...trees].flatMap(([member, tree]) => [
    ...lostWrites(writes, tree, member),
    ...inventedNodes(writes, tree, { member, counterPath }),
    ...counterOff(writes, tree, { member, counterPath }),
  ]);
  return [...found, ...differentTrees(trees)];
}

function lostWrites(writes: readonly Write[], tree: Tree, member: string): Violation[] {
  return writes.flatMap((write): Violation[] => {
    if (write.kind === 'increment') return [];
    const missing = pathsOf(write).filter((path) => tree.get(path)?.value !== write.id);
    if (write.outcome === 'acknowledged' && missing.length > 0)
      return [
        {
          promise: 'lost write',
          text: `${member} lacks ${missing.join(' and ')} of ${write.id}, acknowledged at ${write.atMs}`,
        },
      ];
    if (write.kind === 'multi' && missing.length === 1)
      return [{ promise: 'half a transaction', text: `${member} lacks only ${missing[0]} of ${write.id}` }];
    return [];
  });
}

/** A sequential node is where the server said. */
function pathsOf({ made, paths }: Write): readonly string[] {
  return made === undefined ? paths : [made];
}

interface Place {
  readonly member: string;
  readonly counterPath: string;
}

function inventedNodes(writes: readonly Write[], tree: Tree, { member, counterPath }: Place): Violation[] {
  const sent = new Map(writes.map((write) => [write.id, write]));
  return [...tree].flatMap(([path, { value }]): Violation[] => {
    if (path === counterPath) return [];
    const write = sent.get(value);
    if (write !== undefined && write.outcome !== 'refused' && asked(write, path)) return [];
    const why = write === undefined ? 'nobody sent that' : `${value} was ${write.outcome}`;
    return [{ promise: 'invented node', text: `${member} has ${path} with ${value}: ${why}` }];
  });
}

function asked({ kind, made, paths }: Write, path: string): boolean {
  if (kind !== 'sequential') return paths.includes(path);
  if (made !== undefined) return path === made;
  const [prefix = ''] = paths;
  return path.startsWith(prefix) && /^\d{10}$/.test(path.slice(prefix.length));
}

function counterOff(writes: readonly Write[], tree: Tree, { member, counterPath }: Place): Violation[] {
  const increments = writes.filter(({ kind }) => kind === 'increment');
  const node = tree.get(counterPath);
  const count = (outcomes: readonly string[]) =>
    increments.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const least = count(['acknowledged']);
  const most = least + count(['unknown', 'pending']);
  if (node === undefined && most === 0) return [];
  if (node === undefined) return [{ promise: 'counter', text: `${member} has no ${counterPath}` }];
  const value = Number(node.value);
  if (value >= least && value <= most && value === node.version) return [];
  const text = `${member} has ${node.value} in version ${node.version}, between ${least} and ${most} were counted`;
  return [{ promise: 'counter', text }];
}

function differentTrees(trees: ReadonlyMap<string, Tree>): Violation[] {
  const digests = [...trees].map(([member, tree]) => ({ member, digest: digestOf(tree) }));
  if (new Set(digests.map(({ digest }) => digest)).size <= 1) return [];
  const text = digests.map(({ member, digest }) => `${member} ${digest}`).join(', ');
  return [{ promise: 'different trees', text: `${text}; ${firstDifferences(trees)}` }];
}

/** Where to look: a few paths that not all members have, or not all alike. */
function firstDifferences(trees: ReadonlyMap<string, Tree>): string {
  const paths = new Set([...trees.values()].flatMap((tree) => [...tree.keys()]));
  const different = [...paths].filter((path) => {
    const [first, ...others] = [...trees.values()].map((tree) => JSON.stringify(tree.get(path)));
    return others.some((other) => other !== first);
  });
  const shown = different.slice(0, MOST_PATHS).map((path) => {
    const made = [...trees].map(([member, tree]) => `${member} ${tree.get(path)?.made ?? 'without'}`);
    return `${path} (made by ${made.join(', ')})`;
  });
  return `${different.length} paths differ: ${shown.join('; ')}`;
}
