import type { FolderProblem } from '../../checks/tls/tls-store.ts';
import { folderQuestion } from '../../preparation/pod-files.ts';
import { clientProof } from '../../settings/logins.ts';
import type { Settings } from '../../settings/table.ts';
import { tlsStoresOf } from '../../settings/tls.ts';
import type { ClientWay } from './tunnel.ts';

/** How a client of these settings connects, or the problem with its certificates. */
export async function clientWay(settings: Settings): Promise<ClientWay | FolderProblem> {
  const [user] = clientProof(settings) === 'password' ? (settings.clientUsers ?? []) : [];
  const stores = tlsStoresOf(settings).find(({ side }) => side === 'client');
  if (stores === undefined) return { user };
  const { composeTls } = await import('../tls/compose.ts');
  const { key, trust, problems } = composeTls(folderQuestion(settings, stores));
  if (key !== undefined && trust !== undefined)
    return { tls: { key, certificates: key, authorities: trust }, user };
  return (
    problems.find(({ severity }) => severity === 'error') ?? {
      path: stores.folder,
      problem: 'holds no certificate',
      remedy: 'mount it',
      severity: 'error',
    }
  );
}
