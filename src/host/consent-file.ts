import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeRendered } from './write-file.ts';

const CONSENT_FILE = 'zk-entrypoint.consent';

/** Leaves a token where the waiting start of this member looks for it. */
export function leaveConsent(directory: string, token: string): void {
  const path = join(directory, CONSENT_FILE);
  writeRendered({ path, mode: 0o600, content: `${token}\n`, onlyIfAbsent: false });
}

/** The token that was left, which is gone thereafter; undefined where there is none. */
export function takeConsent(directory: string): string | undefined {
  const path = join(directory, CONSENT_FILE);
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  } finally {
    rmSync(path, { force: true });
  }
}
