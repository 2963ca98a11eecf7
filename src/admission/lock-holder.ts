import { isObject, parseJson } from './json.ts';

/** The file whose lock shows that a server uses the directory. It is never removed. */
export const LOCK_FILE = 'zk-entrypoint.lock';

/** The server that holds a directory, as it wrote into the lock file. Other servers read it to say whom they wait for. */
export interface LockHolder {
  readonly host: string;
  readonly pid: number;
  /** `pid:[4026531836]`, because a pid has a meaning only in its namespace; undefined if it is not known. */
  readonly pidNamespace: string | undefined;
  /** ISO 8601. */
  readonly since: string;
}

/** The lock file's content. */
export function formatHolder(holder: LockHolder): string {
  return `${JSON.stringify(holder)}\n`;
}

/** Reads the text of a holder; undefined for a text that cannot be shown to people unchanged. */
export function parseHolder(text: string): LockHolder | undefined {
  const json = parseJson(text);
  if (!isObject(json)) return undefined;
  const { host, pid, pidNamespace, since } = json;
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1) return undefined;
  if (!isWord(host) || !isWord(since)) return undefined;
  return { host, pid, since, pidNamespace: isWord(pidNamespace) ? pidNamespace : undefined };
}

/** How this process sees pids. A pid of the holder means the same process only in the same namespace. */
export interface Sight {
  readonly pidNamespace: string | undefined;
  isAlive(pid: number): boolean;
}

/** The holder of the lock, as words in brackets. */
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

/** Host names, times and namespaces, without characters that could move the cursor of a terminal. */
function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.:[\]-]{1,253}$/.test(value);
}
