import { readFileSync } from 'node:fs';

/** Whose files and process these are. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The uid and gid of `name`, `1000` or `1000:1000`; undefined when the machine knows no such user. */
export function findAccount(user: string, passwdFile = '/etc/passwd'): Account | undefined {
  const [, uid, gid] = /^(\d+)(?::(\d+))?$/.exec(user) ?? [];
  const entries = passwdEntries(passwdFile);
  if (uid === undefined) return entries.find(({ name }) => name === user);
  const known = entries.find((entry) => entry.uid === Number(uid));
  return { uid: Number(uid), gid: gid === undefined ? (known?.gid ?? 0) : Number(gid) };
}

/** The name of a uid, or the number itself, for messages. */
export function nameOfUid(uid: number, passwdFile = '/etc/passwd'): string {
  return passwdEntries(passwdFile).find((entry) => entry.uid === uid)?.name ?? `uid ${uid}`;
}

function passwdEntries(path: string): (Account & { name: string })[] {
  const lines = readFileSync(path, { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}
