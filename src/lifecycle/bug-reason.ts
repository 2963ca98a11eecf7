import type { Reason } from './reason.ts';
import { ownStatus } from './statuses.ts';

/** The reason of an end that a bug of ours caused; `message` is the error's. */
export function bugReason(message: string, what = 'zk-entrypoint ended by a bug of its own'): Reason {
  return {
    what,
    status: ownStatus.bug,
    meaning: message,
    remedy: 'please report it to the maintainers of zk-entrypoint, with the log up to here',
  };
}
