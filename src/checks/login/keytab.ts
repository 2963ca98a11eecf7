/** The content of a keytab, or its problem in words that follow its path. */
export type Keytab =
  | { readonly ok: true; readonly principals: readonly string[]; readonly isReadableByAll: boolean }
  | { readonly ok: false; readonly problem: string };

/**
 * The principals of a keytab, each once, as `name/host@REALM`: version 0x502 of the format that every Kerberos has written since
 * (MIT, "keytab file format"). Undefined for other bytes.
 */
export function principalsIn(bytes: Uint8Array): string[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 2 || view.getUint16(0) !== 0x0502) return undefined;
  const found = new Set<string>();
  try {
    for (let at = 2; at + 4 <= bytes.length; ) {
      const size = view.getInt32(at);
      at += 4;
      // A hole, where an entry was removed; a length of 0 ends the file.
      if (size === 0) break;
      if (size > 0) found.add(principalAt(view, at));
      at += Math.abs(size);
      if (at > bytes.length) return undefined;
    }
  } catch {
    return undefined;
  }
  return [...found];
}

/** @throws RangeError where the bytes end before. */
function principalAt(view: DataView, start: number): string {
  let at = start;
  const count = view.getUint16(at);
  at += 2;
  const text = () => {
    const length = view.getUint16(at);
    const bytes = new Uint8Array(view.buffer, view.byteOffset + at + 2, length);
    at += 2 + length;
    return new TextDecoder().decode(bytes);
  };
  const realm = text();
  const components = Array.from({ length: count }, text);
  return `${components.join('/')}@${realm}`;
}
