import fc from 'fast-check';

/** Any bytes as a socket may deliver them, read as UTF-8. */
export function anyText(): fc.Arbitrary<string> {
  return fc.uint8Array({ maxLength: 120, size: 'max' }).map((bytes) => Buffer.from(bytes).toString());
}

/** One of the real answers with a stretch of it replaced by any bytes. */
export function mutated(answers: readonly string[]): fc.Arbitrary<string> {
  const cut = fc.tuple(fc.constantFrom(...answers), fc.nat(), fc.nat(40), anyText());
  return cut.map(([text, at, length, put]) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + put + text.slice(from + length);
  });
}
