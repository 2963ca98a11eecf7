import { createHash } from 'node:crypto';

/** A node as a member tells it. */
export interface Node {
  readonly value: string;
  readonly version: number;
  /** The transactions that made it and last changed it, as hexadecimal digits. */
  readonly made: string;
  readonly changed: string;
}

/** Everything below the root of the run, by path, as one member has it. */
export type Tree = ReadonlyMap<string, Node>;

/** Equal for equal trees, whatever the order they were read in. */
export function digestOf(tree: Tree): string {
  const hash = createHash('sha256');
  for (const [path, node] of [...tree].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(JSON.stringify([path, node.value, node.version, node.made, node.changed]));
  }
  return hash.digest('hex').slice(0, 16);
}
