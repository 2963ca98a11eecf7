import type { Role } from '../settings/kinds/ensemble-list.ts';
import type { QuorumLogin } from '../settings/logins.ts';
import type { QuorumTls } from '../settings/tls.ts';
import type { EnsembleName } from './ensemble-name.ts';
import { isObject, parseJson } from './json.ts';
import { isStep, ways } from './quorum-steps.ts';

/** The file of ours beside myid. */
export const RECORD_FILE = 'zk-entrypoint.json';

/** A consent that was used; its token fits never again, since the record is part of what the next one is made of. */
export interface UsedConsent {
  readonly kind: string;
  readonly token: string;
  readonly at: string;
}

/** What a start began with. */
export interface Begun {
  /** The ids of the voters of its list. */
  readonly voters: readonly number[];
  /** The epoch on the volume, before anything was done. */
  readonly epoch: number;
  /** Where each voter was, by id; absent in records of before there was such a field. */
  readonly hosts?: Readonly<Record<string, string>>;
}

/** What a volume knows of itself; times are ISO 8601. */
export interface MemberRecord {
  readonly format: 1;
  readonly ensemble: EnsembleName;
  readonly id: number;
  readonly role: Role;
  /** The ids of the voters it last served with; empty until it has served. */
  readonly members: readonly number[];
  /** As of its last start; absent in records of before there was such a field. */
  readonly begun?: Begun;
  /** Lists of voters that starts since have told the peers, who may count on them, without starting a server. */
  readonly promised?: readonly (readonly number[])[];
  readonly firstStart: string;
  readonly lastCleanStop: string | null;
  /** When a JVM ended before it had answered; absent once one has served since. */
  readonly failedStart?: string | undefined;
  /** The release that last started on this volume. */
  readonly zookeeper: string;
  readonly dataLogDir: string;
  /** What the last start said to the other members; absent in records of before there was such a field. */
  readonly quorumTls?: QuorumTls;
  /** Whether it logged in to them; absent in records of before there was such a field. */
  readonly quorumLogin?: QuorumLogin;
  readonly consents: readonly UsedConsent[];
}

/** What stands at the record's path. */
export type RecordOnDisk =
  | { readonly kind: 'absent' }
  | { readonly kind: 'record'; readonly record: MemberRecord }
  | { readonly kind: 'unreadable'; readonly problem: string }
  /** Written by a later zk-entrypoint, whose rules are not known here. */
  | { readonly kind: 'newer'; readonly format: number };

/** Reads a record; a field that is not as it must be makes the whole unreadable, since a guess could cost data. */
export function parseRecord(text: string): RecordOnDisk {
  const json = parseJson(text);
  if (!isObject(json)) return unreadable(text.trim() === '' ? 'is empty' : 'is not a JSON object');
  const { format } = json;
  if (typeof format === 'number' && Number.isInteger(format) && format > 1) return { kind: 'newer', format };
  if (format !== 1) return unreadable('has no format');
  const wrong = Object.entries(FIELDS).find(([name, holds]) => !holds(json[name]));
  if (wrong !== undefined) return unreadable(`has no usable "${wrong[0]}"`);
  // Every field was looked at above.
  return { kind: 'record', record: json as unknown as MemberRecord };
}

/** The record as it is written. */
export function formatRecord(record: MemberRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

const FIELDS: Readonly<Record<Exclude<keyof MemberRecord, 'format'>, (value: unknown) => boolean>> = {
  ensemble: (value) => isObject(value) && isTextOrNull(value['name']) && isTextOrNull(value['domain']),
  id: isId,
  role: (value) => value === 'participant' || value === 'observer',
  members: isIds,
  begun: (value) =>
    value === undefined ||
    (isObject(value) &&
      isIds(value['voters']) &&
      Number.isSafeInteger(value['epoch']) &&
      (value['hosts'] === undefined ||
        (isObject(value['hosts']) && Object.values(value['hosts']).every(isText)))),
  promised: (value) => value === undefined || (Array.isArray(value) && value.every(isIds)),
  firstStart: isText,
  lastCleanStop: isTextOrNull,
  failedStart: (value) => value === undefined || isText(value),
  zookeeper: isText,
  dataLogDir: isText,
  quorumTls: (value) => value === undefined || isStep(ways.tls, value),
  quorumLogin: (value) => value === undefined || isStep(ways.login, value),
  consents: (value) => Array.isArray(value) && value.every(isObject),
};

function unreadable(problem: string): RecordOnDisk {
  return { kind: 'unreadable', problem };
}

/** True for a server's id. */
export function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;
}

function isIds(value: unknown): boolean {
  return Array.isArray(value) && value.every(isId);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string';
}
