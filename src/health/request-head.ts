/** What the first bytes of a connection to the health endpoint are. */
export type RequestHead =
  /** The head is not whole yet. */
  | { readonly kind: 'more' }
  | { readonly kind: 'request'; readonly method: string; readonly url: string }
  /** No HTTP, or more than a head may be: the status says which. */
  | { readonly kind: 'refused'; readonly status: 400 | 431 };

/** Far more than a kubelet or Prometheus sends. */
export const LONGEST_HEAD_BYTES = 8 * 1024;

const REQUEST_LINE = /^([A-Z]{1,20}) ([!-~]+) HTTP\/1\.[01]\r?\n/;
/** RFC 9112, 3.2.2: a server must take the absolute form too. */
const SCHEME_AND_AUTHORITY = /^https?:\/\/[^/?#]*/i;

/**
 * Reads the request line, and looks for the end of the head; the headers are not read, since the answer does not depend
 * on them and closes the connection (RFC 9112). `text` has one character a byte.
 */
export function readRequestHead(text: string): RequestHead {
  const end = /\n\r?\n/.exec(text);
  if (Math.min(text.length, end?.index ?? text.length) > LONGEST_HEAD_BYTES) return refused(431);
  // Neither TLS nor a four-letter word is waited for: no end of a head would come.
  if (!/^[A-Z]*(?:$| )/.test(text.slice(0, 21))) return refused(400);
  if (end === null) return { kind: 'more' };
  const [, method, target] = REQUEST_LINE.exec(text) ?? [];
  if (method === undefined || target === undefined) return refused(400);
  return { kind: 'request', method, url: target.replace(SCHEME_AND_AUTHORITY, '') || '/' };
}

function refused(status: 400 | 431): RequestHead {
  return { kind: 'refused', status };
}
