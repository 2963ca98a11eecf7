import { isObject, parseJson } from './json.ts';

/** The file whose lock tells that a server uses the directory; it is never removed. */
export const LOCK_FILE = 'zk-entrypoint.lock';

/** Who holds a directory, as it wrote into its lock file; other servers read it to say who they wait for. */
export interface LockHolder {
  readonly host: string;
  readonly pid: number;
  /** `pid:[4026531836]`, since a pid says nothing outside of its namespace; undefined where it is not known. */
  readonly pidNamespace: string | undefined;
  /** ISO 8601. */
  readonly since: string;
}

/** The lock file's content. */
export function formatHolder(holder: LockHolder): string {
  return `${JSON.stringify(holder)}\n`;
}

/** Reads what a holder wrote; undefined for anything that could not be shown to a person as it is. */
export function parseHolder(text: string): LockHolder | undefined {
  const json = parseJson(text);
  if (!isObject(json)) return undefined;
  const { host, pid, pidNamespace, since } = json;
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1) return undefined;
  if (!isWord(host) || !isWord(since)) return undefined;
  return { host, pid, since, pidNamespace: isWord(pidNamespace) ? pidNamespace : undefined };
}

/** What this process sees of the holder's pid: only inside one namespace do both mean the same by it. */
export interface Sight {
  readonly pidNamespace: string | undefined;
  isAlive(pid: number): boolean;
}

/** Who holds the lock, in words that go into brackets. */
export function holderWords(holder: LockHolder | undefined, { pidNamespace, isAlive }: Sight): string {
  if (holder === undefined) return 'its name is not known';
  const { host, pid, since } = holder;
  const near = holder.pidNamespace !== undefined && holder.pidNamespace === pidNamespace;
  const who = !near
    ? ''
    : isAlive(pid)
      ? `, process ${pid}`
      : `; its process ${pid} has ended, its JVM still runs`;
  return `started on ${host} at ${since}${who}`;
}

/** Host names, times and namespaces: nothing that could move a terminal's cursor. */
function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.:[\]-]{1,253}$/.test(value);
}
