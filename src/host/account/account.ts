import type { ExitFacts } from '../../ending/exit-facts.ts';
import { isId } from '../../settings/kinds/account-name.ts';
import { describeErrno } from '../errno.ts';
import { atMost, readText } from '../files/read-file.ts';

/** A user: the uid and gid of files and of a process. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The uid and gid of `name`, `1000` or `1000:1000`; undefined when the machine knows no such user. */
export function findAccount(user: string, passwdFile = PASSWD): Account | undefined {
  const [, uid, gid] = /^(\d+)(?::(\d+))?$/.exec(user) ?? [];
  const { entries } = readAccounts(passwdFile);
  if (uid === undefined) return entries.find(({ name }) => name === user);
  const known = entries.find((entry) => entry.uid === Number(uid));
  return { uid: Number(uid), gid: gid === undefined ? (known?.gid ?? 0) : Number(gid) };
}

/** The name of a uid, or the number itself, for messages. */
export function nameOfUid(uid: number, passwdFile = PASSWD): string {
  return readAccounts(passwdFile).entries.find((entry) => entry.uid === uid)?.name ?? `uid ${uid}`;
}

/** Why no name of a user can be looked up, in words that follow the file's path; undefined when it can be. */
export function whyNoNames(passwdFile = PASSWD): string | undefined {
  return readAccounts(passwdFile).problem;
}

/** Who we are, as the kernel counts it. */
export function ourAccount(): Pick<ExitFacts, 'ourUid' | 'ourGid'> {
  return { ourUid: process.getuid?.(), ourGid: process.getgid?.() };
}

/** The list of users that a machine has (passwd(5)); an image may have none. */
export const PASSWD = '/etc/passwd';

interface Accounts {
  readonly entries: readonly (Account & { readonly name: string })[];
  readonly problem?: string;
}

function readAccounts(path: string): Accounts {
  try {
    const lines = readText(path, { maxBytes: atMost.listBytes }).split('\n');
    return { entries: lines.flatMap(accountOf) };
  } catch (error) {
    return { entries: [], problem: describeErrno(error) };
  }
}

function accountOf(line: string): (Account & { name: string })[] {
  const [name, , uid, gid] = line.split(':');
  return name && isId(uid) && isId(gid) ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
}
