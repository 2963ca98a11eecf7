import type { FindingCode } from '../severities.ts';

/** What a finding means. A code never changes its meaning; a new case gets a new code. */
export interface CatalogueEntry {
  /** What has been found, in one sentence. */
  readonly meaning: string;
  /** Why it matters and what to do, for `check --explain` and docs/errors.md. */
  readonly remedy: string;
  /** Where the rule comes from: a page of ZooKeeper's or Kubernetes' documentation, or an issue of ZooKeeper's. */
  readonly link: `https://${string}`;
}

/** The entries of one room; a code without a severity does not compile. */
export type Entries = Partial<Readonly<Record<FindingCode, CatalogueEntry>>>;

/** The pages that several entries point to. */
export const ADMIN = 'https://zookeeper.apache.org/doc/current/zookeeperAdmin.html';
export const KUBERNETES = 'https://kubernetes.io/docs';
