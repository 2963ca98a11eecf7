/** The four-letter words this program sends (`ZK_4LW_WHITELIST` always lets them in). */
export type Word = 'ruok' | 'srvr' | 'mntr';

type Ending =
  | { readonly kind: 'answer'; readonly text: string }
  /** Nothing listens on the port (ECONNREFUSED). */
  | { readonly kind: 'refused' }
  /** No way to the host: EHOSTUNREACH, ENETUNREACH, ENOTFOUND and the like. */
  | { readonly kind: 'unreachable'; readonly code: string }
  /** This machine has no socket or port left to ask with: EMFILE, ENFILE, EADDRNOTAVAIL, ENOBUFS. */
  | { readonly kind: 'no-socket'; readonly code: string }
  /** The one deadline over connecting and answering passed; `received` is what had dripped in. */
  | {
      readonly kind: 'timeout';
      readonly stage: 'connect' | 'answer';
      readonly timeoutMs: number;
      readonly received: string;
    }
  | { readonly kind: 'reset'; readonly received: string }
  /** Closed without a byte. */
  | { readonly kind: 'empty' }
  /** Closed without a byte, but a TLS record is answered by one. */
  | { readonly kind: 'tls' }
  /** More than the limit of `bytes` came, beginning with `received`. */
  | { readonly kind: 'too-long'; readonly bytes: number; readonly received: string };

/** What one four-letter exchange ended in, and after how many milliseconds. */
export type Exchange = Ending & { readonly tookMs: number };

/** True when the answer is ZooKeeper's refusal of a word outside `4lw.commands.whitelist` (NIOServerCnxn). */
export function isWhitelistRefusal(text: string): boolean {
  return /^\S{1,16} is not executed because it is not in the whitelist\.\s*$/.test(text);
}
