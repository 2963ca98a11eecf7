import { atMost, readText } from '../files/read-file.ts';

/** What root needs to give files away and to become another user, by its bit (capabilities(7)). */
const BITS = { CHOWN: 0, SETGID: 6, SETUID: 7 } as const;
export type Capability = keyof typeof BITS;

/** Those of the wanted that this process lacks; none where the system does not tell. */
export function missingCapabilities(
  wanted: readonly Capability[],
  status = '/proc/self/status',
): Capability[] {
  const [, digits] = /^CapEff:\s*([0-9a-f]+)$/m.exec(textOf(status)) ?? [];
  if (digits === undefined) return [];
  const held = BigInt(`0x${digits}`);
  return wanted.filter((name) => ((held >> BigInt(BITS[name])) & 1n) === 0n);
}

/** True unless this user namespace has no such number: `uid_map` and `gid_map` (user_namespaces(7)). */
export function isMapped(id: number, map: string): boolean {
  const ranges = [...textOf(map).matchAll(/^\s*(\d+)\s+\d+\s+(\d+)\s*$/gm)];
  return (
    ranges.length === 0 ||
    ranges.some(([, first, count]) => id >= Number(first) && id < Number(first) + Number(count))
  );
}

function textOf(path: string): string {
  try {
    return readText(path, { maxBytes: atMost.textBytes });
  } catch {
    return '';
  }
}
