import { X509Certificate } from 'node:crypto';
import { watch } from 'node:fs';
import { dirname } from 'node:path';
import type { ComposedTls, FolderProblem } from '../checks/tls/tls-store.ts';
import { type Finding, finding } from '../findings/finding.ts';
import type { Ledger } from '../findings/ledger.ts';
import { describeErrno } from '../host/errno.ts';
import { carryOut } from '../host/files/carry-out.ts';
import type { Log } from '../host/output/log.ts';
import { composeTls } from '../host/tls/compose.ts';
import { trustStoreJks } from '../host/tls/jks.ts';
import { CERTIFICATE, readCertificate } from '../host/tls/tls-store.ts';
import { folderQuestion } from '../preparation/pod-files.ts';
import type { Ready } from '../preparation/prepare.ts';
import type { Settings } from '../settings/table.ts';
import { type TlsStores, tlsStoresOf } from '../settings/tls.ts';
import { has } from '../zookeeper/features.ts';
import { isKnownTo } from '../zookeeper/keys.ts';
import type { Release } from '../zookeeper/release.ts';

/** The kubelet puts all files of a Secret in place by one link; tools may write one after the other. */
const SETTLES_MS = 500;
/** For file systems without change events, such as some network file systems. */
const LOOK_EVERY_MS = 60_000;

interface Keeping {
  readonly ledger: Ledger;
  readonly log: Log;
  /** Aborted at the end of this life. */
  readonly signal: AbortSignal;
}

/**
 * Writes the files that ZooKeeper reads from the mounted certificates, and writes them again whenever the certificates change.
 * All files are written together, and only if they can be used: a certificate waits for its key. Newer releases of ZooKeeper
 * reload them. A separate bundle (tsup.config.ts). False if the files cannot be used at the start. @throws WriteFailure
 */
export function keepTlsFiles(
  { settings, distribution: { release } }: Pick<Ready, 'settings' | 'distribution'>,
  { ledger, log, signal }: Keeping,
): boolean {
  const all = tlsStoresOf(settings);
  const composed = all.map((stores) => ({ stores, made: composeTls(folderQuestion(settings, stores)) }));
  const broken = composed.flatMap(({ made }) => errorsOf(made));
  if (broken.length > 0) {
    ledger.report(broken.map((each) => finding('ZK-TLS-015', shown(each))));
    return false;
  }
  for (const { stores, made } of composed) write(settings, stores, made);
  let told: readonly Finding[] = [];
  const look = () => {
    if (signal.aborted) return;
    const problems: Finding[] = [];
    for (const stores of all) {
      const made = composeTls(folderQuestion(settings, stores));
      const errors = errorsOf(made);
      problems.push(...errors.map((each) => finding('ZK-TLS-020', shown(each))));
      if (errors.length > 0) continue;
      try {
        if (write(settings, stores, made)) log.write('info', renewed(stores, made, release));
      } catch (error) {
        log.write('warn', `${(error as Error).message}; renewed certificates are not used`);
      }
    }
    ledger.replace(told, problems);
    told = problems;
  };
  watchAll(foldersOf(settings, all), look, { log, signal });
  return true;
}

const errorsOf = ({ problems }: ComposedTls) => problems.filter(({ severity }) => severity === 'error');

function shown({ path, problem, remedy }: FolderProblem) {
  return { subject: path, problem, remedy };
}

/** True when something has changed. */
function write({ tlsWorkDir }: Settings, { keyStore, trustStore }: TlsStores, made: ComposedTls): boolean {
  const file = (path: string, content: string, encoding?: 'latin1') => ({
    path,
    ...(encoding === undefined ? {} : { encoding }),
    mode: 0o600,
    content,
    onlyIfAbsent: false,
    remade: true,
  });
  // The authorities first: who is shown a new certificate must be able to trust it.
  const written = carryOut({
    directories: [tlsWorkDir],
    files: [file(trustStore, authoritiesOf(made), 'latin1'), file(keyStore, made.key ?? '')],
  });
  return written.some((each) => each.written === 'written');
}

function authoritiesOf({ trust = '' }: ComposedTls): string {
  const certificates = (trust.match(CERTIFICATE) ?? []).map((pem) => new X509Certificate(pem).raw);
  return trustStoreJks(certificates).toString('latin1');
}

function renewed({ side, folder }: TlsStores, { key = '' }: ComposedTls, release: Release): string {
  const [certificate] = key.match(CERTIFICATE) ?? [];
  const [own] = certificate === undefined ? [] : readCertificate(certificate, Date.now());
  const ends = own === undefined ? '' : `, which ends at ${own.validTo}`;
  const whom = side === 'client' ? 'clients' : 'the other members';
  const takesUp =
    side === 'quorum' || has(release, 'readsClientStoresEachTime') || isKnownTo(release, 'client.certReload');
  const until = takesUp ? '' : ' once this member is restarted, which its release needs';
  return `${folder} has changed: ${whom} now get the certificate of ${own?.subject ?? 'no name'}${ends}${until}`;
}

function foldersOf({ tlsCaFile }: Settings, all: readonly TlsStores[]): string[] {
  const folders = all.map(({ folder }) => folder);
  return [...new Set(tlsCaFile === undefined ? folders : [...folders, dirname(tlsCaFile)])];
}

function watchAll(
  folders: readonly string[],
  look: () => void,
  { log, signal }: Pick<Keeping, 'log' | 'signal'>,
): void {
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, SETTLES_MS).unref();
  };
  const failed = (folder: string, error: unknown) =>
    log.write('warn', `${folder} ${describeErrno(error)}; it is looked at once a minute`);
  for (const folder of folders) {
    try {
      watch(folder, { persistent: false, signal }, soon).on('error', (error) => failed(folder, error));
    } catch (error) {
      failed(folder, error);
    }
  }
  const again = setInterval(look, LOOK_EVERY_MS).unref();
  signal.addEventListener('abort', () => clearInterval(again), { once: true });
}
