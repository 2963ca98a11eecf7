import { cleanUp, type Place, place } from './place.ts';
import type { Answer, ClientAddress, Connected, Failed } from './session.ts';

/** A member to ask; the name is what reports call it. */
export interface SanityMember extends ClientAddress {
  readonly name: string;
}

/** What one member did; `tookMs` counts the write, or the sync and the read, without the connecting. */
export type MemberReport = SanityMember &
  (
    | { readonly kind: 'written' | 'read'; readonly connectMs: number; readonly tookMs: number }
    /** `out-of-reach`: it serves, as its supervisor says, but clients here do not get in. */
    | { readonly kind: 'failed' | 'not-asked' | 'out-of-reach'; readonly sentence: string }
  );

/** What came of it: `ok` only when every member was written to or read the value. */
export interface SanityReport {
  readonly ok: boolean;
  /** The node that was written, beside `--path` when that existed; absent when nothing was written. */
  readonly node?: string;
  readonly value: string;
  readonly members: readonly MemberReport[];
  /** What this run made and could not remove, each as a sentence. */
  readonly leftovers: readonly string[];
}

/** What the check needs: the members to ask, the node to write, and how to connect to a member. */
export interface SanityInput {
  readonly members: readonly SanityMember[];
  readonly path: string;
  /** Unique to this run, and fit to be a node's name. */
  readonly value: string;
  connect(to: ClientAddress): Promise<Connected | Failed>;
  /** The mode of a member that gave no session, as its supervisor reports it; undefined without such a report. */
  vouch?(member: SanityMember): Promise<string | undefined>;
  /** Milliseconds from any start. */
  now(): number;
}

interface Contact {
  readonly member: SanityMember;
  readonly session: Connected | Failed;
  /** Set for a member that serves without giving us a session. */
  readonly servesAs?: string | undefined;
  readonly connectMs: number;
}

/**
 * Writes a value to the first member that can be reached, reads it from every other after a sync, and removes it.
 * A member that is alone reads it back in a second session. All failures are in the report; nothing is thrown.
 */
export async function sanityCheck(input: SanityInput): Promise<SanityReport> {
  const contacts = await contactAll(input);
  try {
    const [writer, ...readers] = contacts.toSorted(reachableFirst);
    if (writer === undefined) return nothingWritten(input, []);
    return await writeAndRead(input, { writer, readers });
  } finally {
    await Promise.all(
      contacts.map(({ session }) => (session.kind === 'connected' ? session.close() : undefined)),
    );
  }
}

async function contactAll(input: SanityInput): Promise<Contact[]> {
  const contacts = await Promise.all(input.members.map((member) => contact(input, member)));
  const [only, second] = contacts;
  if (only === undefined || second !== undefined || only.session.kind === 'failed') return contacts;
  return [only, await contact(input, only.member)];
}

async function contact({ connect, vouch, now }: SanityInput, member: SanityMember): Promise<Contact> {
  const startMs = now();
  const session = await connect({ host: member.host, port: member.port });
  const connectMs = now() - startMs;
  return session.kind === 'connected'
    ? { member, session, connectMs }
    : { member, session, connectMs, servesAs: await vouch?.(member) };
}

function reachableFirst(a: Contact, b: Contact): number {
  return Number(b.session.kind === 'connected') - Number(a.session.kind === 'connected');
}

interface Roles {
  readonly writer: Contact;
  readonly readers: readonly Contact[];
}

async function writeAndRead(input: SanityInput, { writer, readers }: Roles): Promise<SanityReport> {
  const { session, member, connectMs } = writer;
  if (session.kind === 'failed') return nothingWritten(input, [writer, ...readers].map(notAsked));
  const startMs = input.now();
  const placed = await place(session, input);
  if (placed.kind === 'failed') {
    return nothingWritten(input, [failed(member, placed), ...readers.map(notAsked)]);
  }
  const written: MemberReport = { ...member, kind: 'written', connectMs, tookMs: input.now() - startMs };
  const read = await Promise.all(readers.map((reader) => readBack(input, reader, placed.value)));
  const leftovers = await cleanUp(session, placed.value);
  const ok = read.every(({ kind }) => kind === 'read');
  return { ok, node: placed.value.node, value: input.value, members: [written, ...read], leftovers };
}

async function readBack(
  { now, value }: SanityInput,
  reader: Contact,
  { node }: Place,
): Promise<MemberReport> {
  const { session, member, connectMs } = reader;
  if (session.kind === 'failed') return notReached(reader, session);
  const startMs = now();
  const answer = await getAfterSync(session, node);
  if (answer.kind === 'failed') return failed(member, answer);
  if (answer.value !== value) return { ...member, kind: 'failed', sentence: otherValue(answer.value, value) };
  return { ...member, kind: 'read', connectMs, tookMs: now() - startMs };
}

async function getAfterSync(session: Connected, node: string): Promise<Answer<string>> {
  const synced = await session.sync(node);
  if (synced.kind === 'failed') return { ...synced, sentence: `${synced.sentence} (sync)` };
  const answer = await session.get(node);
  if (answer.kind === 'done') return answer;
  if (answer.reason !== 'no-node') return { ...answer, sentence: `${answer.sentence} (reading ${node})` };
  return { ...answer, sentence: `does not have ${node}, even after a sync: is it of another ensemble?` };
}

function otherValue(found: string, written: string): string {
  return `has the value "${found}" where "${written}" was written: is it of another ensemble?`;
}

function nothingWritten({ value }: SanityInput, members: readonly MemberReport[]): SanityReport {
  return { ok: false, value, members, leftovers: [] };
}

function failed(member: SanityMember, { sentence }: Failed): MemberReport {
  return { ...member, kind: 'failed', sentence };
}

function notReached({ member, servesAs }: Contact, why: Failed): MemberReport {
  if (servesAs === undefined) return failed(member, why);
  const sentence = `cannot be asked from here, but its supervisor reports that it serves as ${servesAs}: it ${why.sentence}; check ZK_CLIENT_ADDRESS, and whether clients need TLS`;
  return { ...member, kind: 'out-of-reach', sentence };
}

function notAsked(contacted: Contact): MemberReport {
  const { member, session } = contacted;
  if (session.kind === 'failed') return notReached(contacted, session);
  return { ...member, kind: 'not-asked', sentence: 'was not asked, as nothing was written' };
}
