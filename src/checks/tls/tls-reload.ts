import { type Finding, finding } from '../../findings/finding.ts';
import { has } from '../../zookeeper/features.ts';
import { isKnownTo } from '../../zookeeper/keys.ts';
import { isTrue, property, written } from '../keys-in-effect.ts';
import type { SettingFacts } from '../setting-facts.ts';
import type { StoreAsked, TlsCertificate, TlsStore } from './tls-store.ts';

/** What tells one version of a file from the next. */
export interface FileMark {
  /** Of the bytes, links followed. */
  readonly content: string;
  /** Of the name itself in its folder, which is another one when the file is written or replaced there. */
  readonly entry: string;
  /** Of the folder, links followed. */
  readonly folder: string;
  /** When bytes or name were last changed, in epoch milliseconds. */
  readonly changedAtMs: number;
}

/**
 * When a running ZooKeeper takes up a new store, seen on 3.8.0, 3.9.3 and 3.9.6. `always`: it is read for every
 * connection (clients of newer releases). `watched`: when the file's name is written or replaced in its
 * folder (X509Util.handleWatchEvent), so not when a link moves that the name goes through, as in a Secret of Kubernetes.
 */
export type Reload = 'always' | 'watched' | 'never';

export function reloadOf(facts: SettingFacts, { key }: Pick<StoreAsked, 'key'>): Reload {
  const { distribution } = facts;
  if (distribution === undefined) return 'never';
  if (key.startsWith('ssl.quorum.'))
    return isTrue(written(facts, 'sslQuorumReloadCertFiles')) ? 'watched' : 'never';
  if (has(distribution.release, 'readsClientStoresEachTime')) return 'always';
  const canReload = isKnownTo(distribution.release, 'client.certReload');
  return canReload && isTrue(property(facts, 'client.certReload')) ? 'watched' : 'never';
}

/** Whether ZooKeeper uses what stands on the disk now, given what stood there when it last read it. */
export function takesUp(reload: Reload, { before, now }: { before: FileMark; now: FileMark }): boolean {
  if (reload !== 'watched') return reload === 'always';
  return before.folder === now.folder && before.entry !== now.entry;
}

/** A store that ZooKeeper would go on with: it keeps the old one when the new one cannot be read. */
export function isUsable(store: TlsStore): boolean {
  if (store.kind === 'unreadable') return false;
  return (
    store.kind === 'opaque' ||
    (store.kind === 'sealed' ? store.opens !== false : store.certificates.length > 0)
  );
}

/** What is said of a store whose file has changed under a ZooKeeper that does not take it up. */
export function staleFindings(
  asked: StoreAsked,
  { inUse, onDisk }: { inUse: TlsStore; onDisk: TlsStore },
): Finding[] {
  const [used] = certificatesIn(inUse);
  const [found] = certificatesIn(onDisk);
  if (used?.validTo === found?.validTo && used?.validFrom === found?.validFrom) return [];
  const ends = (one: TlsCertificate | undefined) =>
    one === undefined ? 'cannot be read' : `ends at ${one.validTo}`;
  return [
    finding('ZK-TLS-011', {
      subject: asked.shown,
      problem: `holds another certificate than ZooKeeper uses: the one in use ${ends(used)}, the one on the disk ${ends(found)}`,
      remedy: 'restart this member when all others serve: ZooKeeper does not reload this file by itself',
    }),
  ];
}

function certificatesIn(store: TlsStore): readonly TlsCertificate[] {
  return 'certificates' in store ? store.certificates : [];
}
