import type { MemberFact } from '../health/facts.ts';
import { hasHidden } from '../text/visible.ts';
import { isObject, parseJson } from './json.ts';
import { isStep, ways } from './quorum-steps.ts';
import { isId } from './record.ts';

/** What a member waits for before it starts its server, as its /status reports it. */
export interface PeerWaiting {
  readonly for: string;
  /** ISO 8601. */
  readonly since: string;
  readonly remedy: string;
  /** A word for programs; absent in most. */
  readonly kind?: string;
}

/** What the /status of a peer reports: facts about itself, and the mode of its ZooKeeper. */
export interface PeerStatus {
  /** Undefined if the supervisor does not report it: an older one, or one whose start was refused. */
  readonly member: MemberFact | undefined;
  /** As `srvr` reports it; undefined while it does not serve. */
  readonly mode: string | undefined;
  readonly waiting: PeerWaiting | undefined;
  /** Reported also before it has read its volume. */
  readonly myid?: number | undefined;
  /** True when it was asked to stop. */
  readonly stops?: boolean;
  /** More facts about its ZooKeeper; undefined if no ZooKeeper runs. */
  readonly server?: PeerServer | undefined;
}

/** A peer's ZooKeeper as its supervisor sees it. A missing or invalid value is undefined. */
export interface PeerServer {
  /** Why it does not serve. */
  readonly problem: string | undefined;
  readonly clientPort: number | undefined;
  readonly zxid: string | undefined;
  readonly connections: number | undefined;
  readonly latencyMs: { readonly min: number; readonly avg: number; readonly max: number } | undefined;
  readonly synced: boolean | undefined;
  readonly version: string | undefined;
  readonly uptimeSeconds: number | undefined;
  /** True when it runs and looks for its quorum. */
  readonly withoutQuorum: boolean;
}

/** Reads the body of /status; undefined for any other text. Another member wrote it, so every value is checked. */
export function readPeerStatus(body: string): PeerStatus | undefined {
  const json = parseJson(body);
  if (!isObject(json) || !isObject(json['entrypoint'])) return undefined;
  const { zookeeper, member } = json;
  const { waiting, state, myid } = json['entrypoint'];
  const { mode } = isObject(zookeeper) ? zookeeper : {};
  return {
    mode: matching(mode, /^[a-z-]{1,32}$/),
    member: isMember(member) ? member : undefined,
    waiting: isWaiting(waiting) ? waiting : undefined,
    ...(isId(myid) ? { myid } : {}),
    stops: state === 'stopping',
    server: isObject(zookeeper) ? readServer(zookeeper, json['survey']) : undefined,
  };
}

function readServer(zookeeper: Fields, survey: unknown): PeerServer | undefined {
  const more: Fields = isObject(survey) ? survey : {};
  const { mode, zxid, connections, latencyMs, version, withoutQuorumSeconds } = zookeeper;
  const { problem, clientPort, synced, uptimeSeconds } = more;
  const withoutQuorum = typeof withoutQuorumSeconds === 'number';
  if (typeof mode !== 'string' && !isLine(problem) && !withoutQuorum) return undefined;
  return {
    problem: isLine(problem) ? (problem as string) : undefined,
    clientPort: count(clientPort),
    zxid: matching(zxid, /^0x[0-9a-f]{1,16}$/),
    connections: count(connections),
    latencyMs: isLatency(latencyMs) ? latencyMs : undefined,
    synced: typeof synced === 'boolean' ? synced : undefined,
    version: matching(version, /^[0-9A-Za-z.+-]{1,32}$/),
    uptimeSeconds: count(uptimeSeconds),
    withoutQuorum,
  };
}

type Fields = Readonly<Record<string, unknown>>;

function matching(value: unknown, pattern: RegExp): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined;
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function isLatency(value: unknown): value is NonNullable<PeerServer['latencyMs']> {
  return isObject(value) && [value['min'], value['avg'], value['max']].every(Number.isFinite);
}

function isMember(value: unknown): value is MemberFact {
  if (!isObject(value)) return false;
  const {
    id,
    instance,
    ensemble,
    domain,
    servers,
    voters,
    volume,
    known,
    committed,
    quorumTls,
    quorumLogin,
  } = value;
  return (
    isId(id) &&
    isShort(instance) &&
    isShortOrNull(ensemble) &&
    isShortOrNull(domain) &&
    isListOf(servers, isShort) &&
    isListOf(voters, isId) &&
    (volume === 'empty' || volume === 'data') &&
    isListOf(known, isId) &&
    (quorumTls === undefined || isStep(ways.tls, quorumTls)) &&
    (quorumLogin === undefined || isStep(ways.login, quorumLogin)) &&
    (committed === undefined || committed === null || isCommitted(committed))
  );
}

function isCommitted(value: unknown): boolean {
  if (!isObject(value)) return false;
  return matching(value['version'], /^[0-9a-f]{1,16}$/) !== undefined && isListOf(value['servers'], isShort);
}

function isWaiting(value: unknown): value is PeerWaiting {
  if (!isObject(value)) return false;
  const { kind } = value;
  return (
    [value['for'], value['since'], value['remedy']].every(isLine) && (kind === undefined || isLine(kind))
  );
}

/** A supervisor makes its sentences visible before it reports them. */
function isLine(value: unknown): boolean {
  return typeof value === 'string' && value.length < 4_000 && !hasHidden(value);
}

/** The most entries of a list, as there are ids, and the longest name. A longer answer is not read. */
const MOST = 256;
const LONGEST = 1_024;

function isListOf(value: unknown, holds: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= MOST && value.every(holds);
}

function isShort(value: unknown): boolean {
  return typeof value === 'string' && value.length <= LONGEST;
}

function isShortOrNull(value: unknown): boolean {
  return value === null || isShort(value);
}
