import { type Keytab, principalsIn } from '../../checks/login/keytab.ts';
import { describeErrno } from '../errno.ts';
import { atMost, isReadableByAll, readBytes } from '../files/read-file.ts';

// Reads mounted certificates, keys and keytabs. A separate bundle (tsup.config.ts), because most members have none.
export { composeTls } from './compose.ts';
export { inspectTlsStore } from './tls-store.ts';
export { trustsCertificate } from './tls-trust.ts';

/** Looks into a mounted keytab. Never throws. */
export function inspectKeytab(path: string): Keytab {
  try {
    const bytes = readBytes(path, { maxBytes: atMost.textBytes });
    const principals = principalsIn(bytes);
    if (principals === undefined)
      return { ok: false, problem: bytes.length === 0 ? 'is empty' : 'is not a whole keytab' };
    return { ok: true, principals, isReadableByAll: isReadableByAll(path) };
  } catch (error) {
    return { ok: false, problem: describeErrno(error) };
  }
}
