import { Exception } from 'node-zookeeper-client';
import type { ClientAddress } from '../../../src/sanity/session.ts';
import { Session } from '../workload/session.ts';
import type { Node, Tree } from './tree.ts';

const REQUEST_MS = 20_000;
const AT_ONCE = 100;
const ATTEMPTS = 5;

/** Everything at and below some paths as one member has it, read from that member alone after it has caught up. @throws when it cannot be read. */
export async function readTree(address: ClientAddress, roots: readonly string[]): Promise<Tree> {
  let problem: unknown;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const session = new Session(address, REQUEST_MS);
    try {
      return await readOnce(session, roots);
    } catch (error) {
      problem = error;
    } finally {
      await session.close();
    }
  }
  throw problem;
}

async function readOnce(session: Session, roots: readonly string[]): Promise<Tree> {
  if (!(await session.open()) || !(await session.sync()))
    throw new Error('a member took no session to read its tree');
  const tree = new Map<string, Node>();
  let level = [...roots];
  while (level.length > 0) {
    const below: string[] = [];
    for (let at = 0; at < level.length; at += AT_ONCE) {
      const read = level.slice(at, at + AT_ONCE).map((path) => readNode(session, path));
      for (const found of (await Promise.all(read)).filter((each) => each !== undefined)) {
        tree.set(found.path, found.node);
        below.push(...found.children);
      }
    }
    level = below;
  }
  return tree;
}

interface Found {
  readonly path: string;
  readonly node: Node;
  readonly children: readonly string[];
}

/** Undefined when there is no such node: whoever judges knows whether there should be. */
async function readNode(session: Session, path: string): Promise<Found | undefined> {
  const data = await session.get(path);
  if (data.kind === 'refused' && data.code === Exception.NO_NODE) return undefined;
  if (data.kind !== 'done') throw new Error(`${path} could not be read: ${data.kind}`);
  const { value, stat } = data.value;
  const node: Node = { value, version: stat.version, made: hex(stat.czxid), changed: hex(stat.mzxid) };
  const children = stat.numChildren === 0 ? [] : await childrenOf(session, path);
  return { path, node, children };
}

async function childrenOf(session: Session, path: string): Promise<string[]> {
  const reply = await session.children(path);
  if (reply.kind !== 'done') throw new Error(`the children of ${path} could not be read: ${reply.kind}`);
  return reply.value.map((name) => `${path}/${name}`);
}

function hex(bytes: Buffer | number): string {
  return typeof bytes === 'number' ? bytes.toString(16) : bytes.toString('hex');
}
