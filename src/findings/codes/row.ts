/** How much a finding matters: an error refuses the start, a warning and a note are only reported. */
export type Severity = 'error' | 'warning' | 'note';

/** One code of a finding. A code never changes its meaning. A new case gets a new code. */
export interface CodeRow {
  readonly severity: Severity;
  /** The problem, in one sentence. */
  readonly meaning: string;
  /** Why the problem matters and what to do, for `check --explain` and docs/errors.md. */
  readonly remedy: string;
  /** The source of the rule: a page of ZooKeeper's or Kubernetes' documentation, or an issue of ZooKeeper. */
  readonly link: `https://${string}`;
}

/** The pages that several rows point to. */
export const ADMIN = 'https://zookeeper.apache.org/doc/current/zookeeperAdmin.html';
export const KUBERNETES = 'https://kubernetes.io/docs';
