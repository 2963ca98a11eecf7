/** How much a finding matters: an error refuses the start, a warning and a note are only reported. */
export type Severity = 'error' | 'warning' | 'note';

/** All that is known of a code. It never changes its meaning; a new case gets a new code. */
export interface CodeRow {
  readonly severity: Severity;
  /** What has been found, in one sentence. */
  readonly meaning: string;
  /** Why it matters and what to do, for `check --explain` and docs/errors.md. */
  readonly remedy: string;
  /** Where the rule comes from: a page of ZooKeeper's or Kubernetes' documentation, or an issue of ZooKeeper's. */
  readonly link: `https://${string}`;
}

/** The pages that several rows point to. */
export const ADMIN = 'https://zookeeper.apache.org/doc/current/zookeeperAdmin.html';
export const KUBERNETES = 'https://kubernetes.io/docs';
