import type { MemberFact } from '../health/facts.ts';
import { hasHidden } from '../text/visible.ts';
import { isId, isObject } from './record.ts';

/** What a member waits for before it starts its server, as its /status tells it. */
export interface ToldWaiting {
  readonly for: string;
  /** ISO 8601. */
  readonly since: string;
  readonly remedy: string;
}

/** What a peer's /status tells: of itself, and of its ZooKeeper's mode. */
export interface Told {
  /** Undefined for a supervisor that does not tell it: an older one, or one whose start was refused. */
  readonly member: MemberFact | undefined;
  /** As `srvr` says it; undefined while it does not serve. */
  readonly mode: string | undefined;
  readonly waiting: ToldWaiting | undefined;
}

/** Reads the body of /status; undefined when it is none. Another member wrote it, so nothing of it is trusted unseen. */
export function readTold(body: string): Told | undefined {
  const json = parseJson(body);
  if (!isObject(json) || !isObject(json['entrypoint'])) return undefined;
  const { zookeeper, member } = json;
  const { waiting } = json['entrypoint'];
  const mode = isObject(zookeeper) && typeof zookeeper['mode'] === 'string' ? zookeeper['mode'] : undefined;
  return {
    mode,
    member: isMember(member) ? member : undefined,
    waiting: isWaiting(waiting) ? waiting : undefined,
  };
}

function isMember(value: unknown): value is MemberFact {
  if (!isObject(value)) return false;
  const { id, instance, ensemble, domain, servers, voters, volume, known } = value;
  return (
    isId(id) &&
    isShort(instance) &&
    isShortOrNull(ensemble) &&
    isShortOrNull(domain) &&
    isListOf(servers, isShort) &&
    isListOf(voters, isId) &&
    (volume === 'empty' || volume === 'data') &&
    isListOf(known, isId)
  );
}

function isWaiting(value: unknown): value is ToldWaiting {
  return isObject(value) && [value['for'], value['since'], value['remedy']].every(isLine);
}

/** A supervisor makes its sentences visible before it tells them. */
function isLine(value: unknown): boolean {
  return typeof value === 'string' && value.length < 4_000 && !hasHidden(value);
}

/** More servers than there are ids are no list, and no name of one is longer: an endless answer is no answer. */
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
