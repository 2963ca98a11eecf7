import type { Role } from '../settings/kinds/ensemble-list.ts';
import type { QuorumLogin } from '../settings/logins.ts';
import type { QuorumTls } from '../settings/tls.ts';
import type { EnsembleName } from './ensemble-name.ts';
import { isObject, parseJson } from './json.ts';
import { isStep, ways } from './quorum-steps.ts';

/** Our file beside myid. */
export const RECORD_FILE = 'zk-entrypoint.json';

/** A used consent. Its token never fits again, because each token is made from the record, which has changed. */
export interface UsedConsent {
  readonly kind: string;
  readonly token: string;
  readonly at: string;
}

/** The state at the beginning of a start. */
export interface Begun {
  /** The ids of the voters of its list. */
  readonly voters: readonly number[];
  /** The epoch on the volume, before anything was done. */
  readonly epoch: number;
  /** The address of each voter, by id; absent in older records. */
  readonly hosts?: Readonly<Record<string, string>>;
}

/** The record of a volume; times are ISO 8601. */
export interface MemberRecord {
  readonly format: 1;
  readonly ensemble: EnsembleName;
  readonly id: number;
  readonly role: Role;
  /** The ids of the voters it last served with; empty until it has served. */
  readonly members: readonly number[];
  /** As of its last start; absent in older records. */
  readonly begun?: Begun;
  /** Lists of voters that later starts reported to peers, which may count on them, although no server was started. */
  readonly promised?: readonly (readonly number[])[];
  readonly firstStart: string;
  readonly lastCleanStop: string | null;
  /** When a JVM ended before it had answered; absent once one has served since. */
  readonly failedStart?: string | undefined;
  /** The release that last started on this volume. */
  readonly zookeeper: string;
  readonly dataLogDir: string;
  /** The TLS step of the last start towards the other members; absent in older records. */
  readonly quorumTls?: QuorumTls;
  /** Whether it logged in to them; absent in older records. */
  readonly quorumLogin?: QuorumLogin;
  readonly consents: readonly UsedConsent[];
}

/** What is at the path of the record. */
export type RecordOnDisk =
  | { readonly kind: 'absent' }
  | { readonly kind: 'record'; readonly record: MemberRecord }
  | { readonly kind: 'unreadable'; readonly problem: string }
  /** Written by a later zk-entrypoint, whose rules are not known here. */
  | { readonly kind: 'newer'; readonly format: number };

/** Reads a record. One invalid field makes the whole record unreadable, because a guess could lose data. */
export function parseRecord(text: string): RecordOnDisk {
  const json = parseJson(text);
  if (!isObject(json)) return unreadable(text.trim() === '' ? 'is empty' : 'is not a JSON object');
  const { format } = json;
  if (typeof format === 'number' && Number.isInteger(format) && format > 1) return { kind: 'newer', format };
  if (format !== 1) return unreadable('has no format');
  const wrong = Object.entries(FIELDS).find(([name, holds]) => !holds(json[name]));
  if (wrong !== undefined) return unreadable(`has no usable "${wrong[0]}"`);
  // Every field was checked above.
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
