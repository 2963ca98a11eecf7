import type { PodFiles } from '../checks/facts.ts';
import { storesOf, type TlsFacts } from '../checks/tls.ts';
import type { TlsStore } from '../checks/tls-store.ts';
import type { CertificateFact } from '../health/facts.ts';
import type { Machine } from './machine.ts';

/** What the files that settings name hold; nothing is opened that no setting asks for. */
export async function podFilesOf(machine: Machine, facts: Omit<TlsFacts, 'podFiles'>): Promise<PodFiles> {
  const stores = new Map<string, TlsStore>();
  const podFiles = { readText: machine.readText, stores };
  for (const { path, type, password, passwordPath, named } of storesOf({ ...facts, podFiles })) {
    if (!named || machine.inspectTlsStore === undefined) continue;
    const secret = passwordPath === undefined ? password : passwordIn(machine, passwordPath);
    stores.set(path, await machine.inspectTlsStore({ path, type, password: secret }));
  }
  return podFiles;
}

/** A line break at the end is not part of it (X509Util). */
function passwordIn(machine: Machine, path: string): string | undefined {
  const file = machine.readText(path);
  return file.ok ? file.text.trimEnd() : undefined;
}

/** When the server's own certificates end, and the first of those it trusts, by the property that names their store. */
export function certificatesOf({ stores }: PodFiles, facts: TlsFacts): CertificateFact[] {
  return storesOf(facts).flatMap(({ key, role, path }) => {
    const store = stores.get(path);
    const held = store !== undefined && 'certificates' in store ? store.certificates : [];
    const ends = held.map(({ validTo }) => Date.parse(validTo)).filter((ms) => !Number.isNaN(ms));
    // The first of a key store is the server's own; what follows is its chain.
    const expiresAtMs = role === 'key' ? ends[0] : ends.toSorted((one, other) => one - other)[0];
    return expiresAtMs === undefined ? [] : [{ name: key, expiresAtMs }];
  });
}
