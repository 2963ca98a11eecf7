/** What a finding means. A code never changes its meaning; a new case gets a new code. */
export interface CatalogueEntry {
  readonly severity: 'error' | 'warning' | 'note';
  /** What has been found, in one sentence. */
  readonly meaning: string;
  /** Why it matters and what to do, for `check --explain` and docs/errors.md. */
  readonly remedy: string;
  /** Where the rule comes from: a page of ZooKeeper's or Kubernetes' documentation, or an issue of ZooKeeper's. */
  readonly link: `https://${string}`;
}

/** The pages that several entries point to. */
export const ADMIN = 'https://zookeeper.apache.org/doc/current/zookeeperAdmin.html';
export const KUBERNETES = 'https://kubernetes.io/docs';

/** One entry; the severity keeps its literal type, so that the catalogue knows each code's. */
export function entry<const Severity extends CatalogueEntry['severity']>(
  severity: Severity,
  words: Omit<CatalogueEntry, 'severity'>,
): CatalogueEntry & { readonly severity: Severity } {
  return { severity, ...words };
}
