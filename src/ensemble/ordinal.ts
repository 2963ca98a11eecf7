/** The ordinal of a StatefulSet pod (`zk-2` has 2) and the name before it, or undefined; decimal always. */
export function ordinalOf(podName: string): { readonly base: string; readonly ordinal: number } | undefined {
  const [, base, digits] = /^(.+)-(\d{1,9})$/.exec(podName) ?? [];
  return base === undefined || digits === undefined
    ? undefined
    : { base, ordinal: Number.parseInt(digits, 10) };
}

/** A host name split at its first dot: `zk-1.zk-headless.default` has the domain `zk-headless.default`. */
export function splitHostName(hostName: string): {
  readonly name: string;
  readonly domain: string | undefined;
} {
  const clean = hostName.trim().replace(/\.$/, '');
  const dot = clean.indexOf('.');
  return dot < 0
    ? { name: clean, domain: undefined }
    : { name: clean.slice(0, dot), domain: clean.slice(dot + 1) };
}
