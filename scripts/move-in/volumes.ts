import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalMember } from '../local-ensemble/member.ts';
import { readTree } from '../torture/proof/read-tree.ts';
import { Session } from '../torture/workload/session.ts';
import type { Source } from './sources.ts';

const READ_MS = 20_000;
const TREE = '/before';
const BATCH = 100;

export const addressOf = ({ host, port }: LocalMember) => ({ host, port });

/** Nodes that are there before anything is moved. */
export async function makeNodes(member: LocalMember, count: number): Promise<void> {
  const session = new Session(addressOf(member), READ_MS);
  if (!(await session.open())) throw new Error('no session to make the nodes');
  await session.create(TREE, 'root');
  for (let from = 0; from < count; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => nodeAt(from + index));
    const reply = await session.createAll(batch);
    if (reply.kind !== 'done') throw new Error(`the nodes from ${from} on were not made: ${reply.kind}`);
  }
  await session.close();
}

const nodeAt = (number: number) => ({ path: `${TREE}/n${number}`, value: `value ${number}` });

/** What a member lacks of them. */
export async function missingNodes(member: LocalMember, count: number): Promise<string[]> {
  const tree = await readTree(addressOf(member), [TREE]);
  const wrong = Array.from({ length: count }, (_, number) => nodeAt(number)).filter(
    ({ path, value }) => tree.get(path)?.value !== value,
  );
  return wrong.length === 0
    ? []
    : [`${member.name} lacks ${wrong.length} of ${count} nodes, such as ${wrong[0]?.path}`];
}

/** Where the member's volumes are on this machine. */
export const FOLDERS = ['volume', 'logs'];

/** Every snapshot, log and myid by its path, with the file itself; a copy would be another one. */
export function filesOf({ folder }: LocalMember): Map<string, number> {
  const paths = FOLDERS.flatMap((name) =>
    readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }).map((path) =>
      join(folder, name, path),
    ),
  );
  return new Map(
    paths.filter((path) => /\/(snapshot\.|log\.|myid$)/.test(path)).map((path) => [path, statSync(path).ino]),
  );
}

/** Files of before that are gone, or are other files now. */
export function moved(member: LocalMember, before: ReadonlyMap<string, number>): string[] {
  const now = filesOf(member);
  return [...before]
    .filter(([path, file]) => now.get(path) !== file)
    .map(([path]) => `${path} is gone or another file`);
}

/** Whether myid holds what it held. */
export function wrongId(member: LocalMember, { firstId }: Source): string[] {
  const [path = ''] = [...filesOf(member).keys()].filter((path) => path.endsWith('/myid'));
  const found = readFileSync(path, 'utf8').trim();
  const expected = String(member.id - 1 + firstId);
  return found === expected ? [] : [`${member.name} has the id ${found} instead of ${expected}`];
}
