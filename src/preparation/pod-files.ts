import type { JavaRelease, PodFiles } from '../checks/setting-facts.ts';
import { storesOf, type TlsFacts } from '../checks/tls/tls.ts';
import type { ComposedTls, StoreAsked, TlsStore, TlsStoreQuestion } from '../checks/tls/tls-store.ts';
import type { CertificateFact } from '../health/facts.ts';
import { jaasPath } from '../settings/logins.ts';
import { type TlsStores, tlsStoresOf } from '../settings/tls.ts';
import type { Machine } from './machine.ts';

/** What the files that settings name hold; nothing is opened that no setting asks for. */
export async function podFilesOf(machine: Machine, facts: Omit<TlsFacts, 'podFiles'>): Promise<PodFiles> {
  const stores = new Map<string, TlsStore>();
  const { texts, ...ofFolders } = await foldersOf(machine, facts.settings);
  const { keytab: path } = facts.settings;
  const keytab = path === undefined ? undefined : await machine.readKeytab?.(path);
  const podFiles = { readText: machine.readText, stores, keytab, ...ofFolders };
  const asked = storesOf({ ...facts, podFiles }).filter(({ named }) => named);
  const question = (store: StoreAsked) => ({
    ...questionOf(store, machine.readText),
    text: texts.get(store.path),
  });
  for (const store of asked) {
    if (machine.inspectTlsStore === undefined) continue;
    // A folder whose problems are already reported gets no further findings.
    if (ofFolders.madeOf.has(store.path) && !texts.has(store.path)) continue;
    stores.set(store.path, await machine.inspectTlsStore(question(store)));
  }
  const trustsItself = await trustOf(asked, (own, trust) =>
    machine.trustsCertificate?.(question(own), trust && question(trust)),
  );
  return { ...podFiles, trustsItself };
}

/** What the mounted folders come to, and the texts of the stores by their paths. */
async function foldersOf(machine: Machine, settings: TlsFacts['settings']) {
  const texts = new Map<string, string>();
  const madeOf = new Map<string, string>();
  const folders: ComposedTls[] = [];
  const made = tlsStoresOf(settings);
  for (const { side, folder, keyStore, trustStore } of made) {
    const composed = await machine.composeTls?.(folderQuestion(settings, { side, folder }));
    if (composed === undefined) continue;
    folders.push(composed);
    madeOf.set(keyStore, composed.names.certificate);
    madeOf.set(trustStore, composed.names.trust ?? folder);
    if (composed.key !== undefined) texts.set(keyStore, composed.key);
    if (composed.trust !== undefined) texts.set(trustStore, composed.trust);
  }
  const isUsed = made.length > 0 || jaasPath(settings) !== undefined;
  const inMemory = !isUsed ? undefined : machine.isInMemory?.(settings.tlsWorkDir);
  const workDirIs = inMemory === undefined ? undefined : inMemory ? ('memory' as const) : ('disk' as const);
  return { texts, madeOf, folders, workDirIs };
}

/** What to make of a mounted folder. */
export function folderQuestion(
  { tlsCaFile, tlsKeyPassword, clientCertificates }: TlsFacts['settings'],
  { side, folder }: Pick<TlsStores, 'side' | 'folder'>,
) {
  const needsTrust = side === 'quorum' || clientCertificates !== 'none';
  return { folder, caFile: tlsCaFile, password: tlsKeyPassword, needsTrust };
}

/** Members are of one kind, so that the quorum's two stores fit each other; clients may have a CA of their own. */
export function trustOf<Answer>(
  asked: readonly StoreAsked[],
  ask: (own: StoreAsked, trust: StoreAsked | undefined) => Answer,
): Answer | undefined {
  const named = asked.filter((store) => store.named);
  const own = named.find(({ key }) => key === 'ssl.quorum.keyStore');
  return (
    own &&
    ask(
      own,
      named.find(({ key }) => key === 'ssl.quorum.trustStore'),
    )
  );
}

/** What to look into, with the password that ZooKeeper would use: a file wins, and its last line break is no part of it. */
export function questionOf(asked: StoreAsked, readText: PodFiles['readText']): TlsStoreQuestion {
  const { path, type, passwordPath } = asked;
  const file = passwordPath === undefined ? undefined : readText(passwordPath);
  const inFile = file?.ok ? file.text.trimEnd() : undefined;
  return { path, type, password: passwordPath === undefined ? asked.password : inFile };
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

/** Reads a Java's file `release`: lines of NAME="value" (JEP 223; jlink writes it too). */
export function javaRelease(text: string | undefined): JavaRelease | undefined {
  if (text === undefined) return undefined;
  const value = (name: string) => new RegExp(`^${name}="(.*)"`, 'm').exec(text)?.[1];
  const modules = value('MODULES')
    ?.split(' ')
    .filter((name) => name !== '');
  const [, old, feature = old] = /^(?:1\.)?(\d+)/.exec(value('JAVA_VERSION') ?? '') ?? [];
  return {
    feature: feature === undefined ? undefined : Number(feature),
    modules: modules === undefined || modules.length === 0 ? undefined : new Set(modules),
    isHotSpot: !/openj9/i.test(`${value('JVM_VARIANT')} ${value('IMPLEMENTOR')}`),
  };
}
