import type { Failed, FailureReason } from '../../sanity/session.ts';

interface Meaning {
  readonly reason: FailureReason;
  readonly sentence: string;
}

/** The codes of KeeperException.Code that a plain client meets, as predicates of the member that answered. */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  [-4]: { reason: 'lost', sentence: 'closed the connection before it answered' },
  [-101]: { reason: 'no-node', sentence: 'has no such node' },
  [-102]: { reason: 'not-allowed', sentence: "refuses it: the node's ACL does not allow it" },
  [-108]: { reason: 'other', sentence: 'refuses it: an ephemeral node has no children' },
  [-110]: { reason: 'node-exists', sentence: 'has that node already' },
  [-111]: { reason: 'not-empty', sentence: 'refuses it: the node has children' },
  [-112]: { reason: 'lost', sentence: 'let the session expire' },
  [-115]: { reason: 'not-allowed', sentence: 'refuses it: authentication failed' },
  [-119]: { reason: 'other', sentence: 'serves read-only: it has no quorum' },
  [-120]: { reason: 'other', sentence: 'gives local sessions only, which cannot hold an ephemeral node' },
  [-124]: {
    reason: 'not-allowed',
    sentence: 'refuses clients that do not authenticate (enforce.auth.enabled)',
  },
  [-125]: { reason: 'other', sentence: 'refuses it: a quota is used up' },
  [-127]: { reason: 'other', sentence: 'refuses it: it throttles requests' },
};

/** What a code of KeeperException.Code means. */
export function refusal(code: number): Failed {
  return {
    kind: 'failed',
    ...(MEANINGS[code] ?? { reason: 'other', sentence: `answered with error ${code}` }),
  };
}

/** The failure in an error that the library passed on or threw: its code, or what its message says. */
export function failureFrom(error: unknown): Failed {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'number') return refusal(code);
  return { kind: 'failed', reason: 'other', sentence: `could not be asked: ${String(message ?? error)}` };
}

/** The library throws `Unknown code: -124` for every code that ZooKeeper got after 3.4. */
export function failureOfData(error: unknown): Failed {
  const code = /^Unknown code: (-\d+)$/.exec((error as Error).message)?.[1];
  if (code !== undefined) return refusal(Number(code));
  return { kind: 'failed', reason: 'other', sentence: 'answered, but not in the way of a ZooKeeper server' };
}

const SOCKET_SENTENCES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses the connection: nothing listens there',
  ECONNRESET: 'reset the connection',
  EHOSTUNREACH: 'cannot be reached: no route to that host',
  ENETUNREACH: 'cannot be reached: no route to that network',
  ENOTFOUND: 'cannot be found: its name does not resolve',
  EAI_AGAIN: 'cannot be found: the name server does not answer',
};

/** What a socket's error means, with the code of the operating system. */
export function failureOfSocket(error: NodeJS.ErrnoException): Failed {
  const sentence = SOCKET_SENTENCES[error.code ?? ''] ?? `cannot be reached: ${error.message}`;
  return { kind: 'failed', reason: 'lost', sentence: `${sentence}${error.code ? ` (${error.code})` : ''}` };
}
