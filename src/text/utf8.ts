/** The text of a file, or what keeps it from being one, in words that follow its path. */
export type DecodedText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: string };

/** Bytes as text, without the mark that some editors put before it (BOM); UTF-16 and other bytes are refused. */
export function decodeUtf8(bytes: Uint8Array): DecodedText {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return { ok: false, problem: 'is UTF-16' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? { ok: false, problem: 'holds a NUL byte' } : { ok: true, text };
  } catch {
    return { ok: false, problem: 'is not text in UTF-8' };
  }
}
