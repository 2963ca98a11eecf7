import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { carryOut } from '../files/carry-out.ts';
import { atMost, readText } from '../files/read-file.ts';

/** The file with a consent for the waiting start of this member. */
export const CONSENT_FILE = 'zk-entrypoint.consent';

/** Writes a token to the file that the waiting start of this member reads. @throws WriteFailure */
export function leaveConsent(directory: string, token: string): void {
  const path = join(directory, CONSENT_FILE);
  carryOut({ directories: [], files: [{ path, mode: 0o600, content: `${token}\n`, onlyIfAbsent: false }] });
}

/** Reads and removes the token; undefined if there is no token, or if it cannot be removed. */
export function takeConsent(directory: string): string | undefined {
  const path = join(directory, CONSENT_FILE);
  const token = tokenIn(path);
  try {
    unlinkSync(path);
    return token;
  } catch {
    return undefined;
  }
}

function tokenIn(path: string): string | undefined {
  try {
    return readText(path, { maxBytes: atMost.lineBytes, lies: 'volume' }).trim();
  } catch {
    return undefined;
  }
}
