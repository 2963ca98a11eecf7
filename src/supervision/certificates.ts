import type { SettingFacts } from '../checks/setting-facts.ts';
import { storesOf, tlsFindings } from '../checks/tls/tls.ts';
import { type FileMark, isUsable, reloadOf, staleFindings, takesUp } from '../checks/tls/tls-reload.ts';
import type { StoreAsked, TlsStore } from '../checks/tls/tls-store.ts';
import type { Finding } from '../findings/finding.ts';
import type { Ledger } from '../findings/ledger.ts';
import type { CertificateFact } from '../health/facts.ts';
import { markOf } from '../host/files/identity-of.ts';
import { certificatesOf, questionOf, trustOf } from '../preparation/pod-files.ts';

/** The files are read at most this often, for all requests together. */
const LOOK_EVERY_MS = 10_000;

interface Watch {
  readonly facts: SettingFacts;
  readonly ledger: Ledger;
  /** Until then, what is on the disk is what it will use; in epoch milliseconds. */
  jvmStartedAtMs(): number | undefined;
  clockMs(): number;
}

/** One store: what ZooKeeper uses, and the version of the file that it is. */
interface Watched {
  readonly asked: StoreAsked;
  readonly inUse: TlsStore;
  readonly readAs: FileMark | undefined;
  readonly seenAs: FileMark | undefined;
}

/**
 * The certificates that ZooKeeper uses, which are those of the start or of a renewed file, as it takes that up. Looks
 * when it is asked, and reports what a renewal has changed. Nothing is loaded where there is no TLS.
 */
export async function watchCertificates(watch: Watch): Promise<() => readonly CertificateFact[]> {
  const { podFiles } = watch.facts;
  const named = storesOf(watch.facts).filter((asked) => asked.named && podFiles?.stores.has(asked.path));
  if (podFiles === undefined || named.length === 0) return () => [];
  const { inspectTlsStore, trustsCertificate } = await import('../host/tls/mounted.ts');
  const inspect = (asked: StoreAsked) => inspectTlsStore(questionOf(asked, podFiles.readText));
  const trustsItself = () =>
    trustOf(storesOf(watch.facts), (own, trust) =>
      trustsCertificate(questionOf(own, podFiles.readText), trust && questionOf(trust, podFiles.readText)),
    );
  let stores = named.map((asked): Watched => {
    const mark = markOf(asked.path);
    return { asked, inUse: podFiles.stores.get(asked.path) as TlsStore, readAs: mark, seenAs: mark };
  });
  let told = tlsFindings(watch.facts);
  let lookedAtMs = watch.clockMs();
  return () => {
    if (watch.clockMs() - lookedAtMs >= LOOK_EVERY_MS) {
      lookedAtMs = watch.clockMs();
      const looked = stores.map((store) => look(store, { watch, inspect }));
      if (looked.some((store, place) => store !== stores[place])) {
        stores = looked;
        told = tellAnew(watch, { told, found: findingsNow(watch, { stores, inspect, trustsItself }) });
      }
    }
    return certificatesOf(filesOf(watch, stores), watch.facts);
  };
}

interface Look {
  readonly watch: Watch;
  inspect(asked: StoreAsked): TlsStore;
}

/** The same store where nothing has changed. */
function look(store: Watched, { watch, inspect }: Look): Watched {
  const now = markOf(store.asked.path);
  // A file that is missing for a moment is being replaced. ZooKeeper keeps its current one.
  if (now === undefined || now.content === store.seenAs?.content) return store;
  const reload = reloadOf(watch.facts, store.asked);
  const startedAtMs = watch.jvmStartedAtMs();
  const isOfTheStart = startedAtMs === undefined || now.changedAtMs < startedAtMs;
  const follows =
    isOfTheStart || store.readAs === undefined || takesUp(reload, { before: store.readAs, now });
  const onDisk = inspect(store.asked);
  if (!follows || (reload === 'watched' && !isUsable(onDisk))) return { ...store, seenAs: now };
  return { ...store, inUse: onDisk, readAs: now, seenAs: now };
}

function findingsNow(
  watch: Watch,
  {
    stores,
    inspect,
    trustsItself,
  }: { stores: readonly Watched[]; inspect: Look['inspect']; trustsItself: () => boolean | undefined },
): Finding[] {
  const stale = stores.filter(({ readAs, seenAs }) => readAs?.content !== seenAs?.content);
  return [
    ...tlsFindings({ ...watch.facts, podFiles: { ...filesOf(watch, stores), trustsItself: trustsItself() } }),
    ...stale.flatMap(({ asked, inUse }) => staleFindings(asked, { inUse, onDisk: inspect(asked) })),
  ];
}

function filesOf({ facts }: Watch, stores: readonly Watched[]): NonNullable<SettingFacts['podFiles']> {
  const { readText = () => ({ ok: false, problem: 'was not read' }) as const } = facts.podFiles ?? {};
  return { readText, stores: new Map(stores.map(({ asked, inUse }) => [asked.path, inUse])) };
}

function tellAnew(
  { ledger }: Watch,
  { told, found }: { told: readonly Finding[]; found: Finding[] },
): Finding[] {
  ledger.withdraw(told);
  ledger.report(found);
  return found;
}
