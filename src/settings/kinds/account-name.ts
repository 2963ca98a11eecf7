import { type Kind, parsed, rejected } from './kind.ts';

/** The largest uid and gid; the number after it, which is -1, means "leave it as it is" (chown(2), credentials(7)). */
const LARGEST_ID = 4_294_967_294;

/** True for the decimal number of a user or group. */
export function isId(text: string | undefined): boolean {
  return text !== undefined && /^\d{1,10}$/.test(text) && Number(text) <= LARGEST_ID;
}

/** A user by name or number, with an optional group: `zookeeper`, `1000`, `1000:1000`. */
export const userName: Kind<string> = {
  description: 'user name, or uid, or uid:gid',
  format: String,
  parse(text) {
    if (/^[A-Za-z_][A-Za-z0-9_.-]*\$?$/.test(text)) return parsed(text);
    if (!/^\d+(:\d+)?$/.test(text)) return rejected('is not a user', 'give a user name, a uid, or uid:gid');
    return text.split(':').every(isId)
      ? parsed(text)
      : rejected(`has a number above ${LARGEST_ID}`, `give a uid and gid from 0 to ${LARGEST_ID}`);
  },
};
