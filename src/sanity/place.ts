import type { Answer, Connected, Failed } from './session.ts';
import { parents } from './znode-path.ts';

/** The node this run wrote, and the nodes it had to make above it, from the top. */
export interface Place {
  readonly node: string;
  readonly madeParents: readonly string[];
}

interface Wish {
  readonly path: string;
  /** Unique to this run; also the name beside `path` when that is taken. */
  readonly value: string;
}

/** Another run may take away, between two of our steps, a parent that we found and it had made. */
const ATTEMPTS = 3;

/**
 * Writes the value to a node that did not exist: `path` itself, or a sibling named after the value.
 * What exists is never touched. The node is ephemeral, so that it goes even if this program is killed.
 */
export async function place(session: Connected, { path, value }: Wish): Promise<Answer<Place>> {
  const candidates = path === '/' ? [`/${value}`] : [path, `${path}-${value}`];
  const madeParents: string[] = [];
  let answer: Answer<string> = { kind: 'failed', reason: 'no-node', sentence: 'has no such node' };
  for (let attempt = 0; attempt < ATTEMPTS && isRace(answer); attempt++) {
    answer = await placeOnce(session, { candidates, value, madeParents });
  }
  if (answer.kind === 'done') return { kind: 'done', value: { node: answer.value, madeParents } };
  await removeParents(session, madeParents);
  return answer;
}

function isRace(answer: Answer<string>): boolean {
  return answer.kind === 'failed' && answer.reason === 'no-node';
}

interface Attempt {
  readonly candidates: readonly string[];
  readonly value: string;
  /** Grows with every parent made. */
  readonly madeParents: string[];
}

async function placeOnce(session: Connected, attempt: Attempt): Promise<Answer<string>> {
  const { candidates, value, madeParents } = attempt;
  for (const path of parents(candidates[0] ?? '/')) {
    const made = await session.create({ path, value: '', ephemeral: false });
    if (made.kind === 'done') madeParents.push(path);
    else if (made.reason !== 'node-exists' && !(await isThere(session, path))) return told(made, path);
  }
  for (const node of candidates) {
    const made = await session.create({ path: node, value, ephemeral: true });
    if (made.kind === 'done') return { kind: 'done', value: node };
    if (made.reason !== 'node-exists') return told(made, node);
  }
  return { kind: 'failed', reason: 'node-exists', sentence: `has ${candidates.join(' and ')} already` };
}

/** Making a node that exists may be refused for its parent's ACL before it is refused for existing. */
async function isThere(session: Connected, path: string): Promise<boolean> {
  const answer = await session.exists(path);
  return answer.kind === 'done' && answer.value;
}

function told(failure: Failed, path: string): Failed {
  return { ...failure, sentence: `${failure.sentence} (making ${path})` };
}

/** Removes what `place` made; the answer lists what is left, each as a sentence. */
export async function cleanUp(session: Connected, { node, madeParents }: Place): Promise<string[]> {
  const answer = await session.remove(node);
  const left = answer.kind === 'done' || answer.reason === 'no-node' ? [] : [leftOver(node, answer)];
  return [...left, ...(await removeParents(session, madeParents))];
}

async function removeParents(session: Connected, madeParents: readonly string[]): Promise<string[]> {
  const left: string[] = [];
  for (const path of madeParents.toReversed()) {
    const answer = await session.remove(path);
    if (answer.kind === 'failed' && answer.reason !== 'no-node') left.push(leftOver(path, answer));
  }
  return left;
}

function leftOver(path: string, { reason, sentence }: Failed): string {
  return reason === 'not-empty'
    ? `${path} is not removed, though this run made it: other clients have made nodes below it`
    : `${path} could not be removed: the member ${sentence}`;
}
