import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { carryOut } from '../files/carry-out.ts';
import { atMost, readText } from '../files/read-file.ts';

/** Where a person's yes is left for the waiting start of this member. */
export const CONSENT_FILE = 'zk-entrypoint.consent';

/** Leaves a token where the waiting start of this member looks for it. @throws WriteFailure */
export function leaveConsent(directory: string, token: string): void {
  const path = join(directory, CONSENT_FILE);
  carryOut({ directories: [], files: [{ path, mode: 0o600, content: `${token}\n`, onlyIfAbsent: false }] });
}

/** The token that was left, which is gone thereafter; undefined where there is none, or it cannot be taken away. */
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
