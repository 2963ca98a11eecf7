import { type Release, reaches } from './release.ts';

/** One thing that came with a release, or changed with it. */
interface Feature {
  /** The first releases that have it, one for each line that got it late, oldest first. */
  readonly since: readonly string[];
  /** ZooKeeper's issue, advisory or class that says so. */
  readonly source: string;
}

/** The release up to which this table has been held to ZooKeeper's release notes and history. */
export const FEATURES_REVIEWED_UP_TO = '3.9.6';

/** What differs between releases, beside keys of zoo.cfg (key-table.ts), defects (defects.ts) and exits (exits.ts). */
export const FEATURES = {
  /** An HTTP server with commands. */
  adminServer: { since: ['3.5.0'], source: 'ZOOKEEPER-1346' },
  /** A value of zoo.cfg that cannot be read ends the server; before, some were taken for something else. */
  refusesWrongValues: { since: ['3.5.0'], source: 'QuorumPeerConfig.parseProperties' },
  /** Accepting a connection is no line of the log any more. */
  acceptsQuietly: { since: ['3.5.0'], source: 'NIOServerCnxnFactory, ZOOKEEPER-2488' },
  /** A server that is killed while it changes currentEpoch goes on from currentEpoch.tmp, not from updatingEpoch. */
  goesOnFromEpochTmp: { since: ['3.5.0'], source: 'ZOOKEEPER-1653' },
  /** A server alone writes a snapshot when it starts, and ends with 10 where it cannot. */
  snapshotAtStart: { since: ['3.5.0'], source: 'ZooKeeperServer.takeSnapshot' },
  /** Logs without any snapshot are taken for lost snapshots. */
  needsSnapshot: { since: ['3.5.4'], source: 'ZOOKEEPER-2325' },
  readsPackedSnapshots: { since: ['3.6.0'], source: 'ZOOKEEPER-3179' },
  /** Snapshots and logs hold digests, which older releases do not know. */
  digestsInFiles: { since: ['3.6.0'], source: 'ZOOKEEPER-3114' },
  /** db.autocreate, and the file `initialize` by which an empty server may begin and vote. */
  autocreate: { since: ['3.6.0'], source: 'ZOOKEEPER-261' },
  /** Ships logback; before, log4j 1.x. */
  shipsLogback: { since: ['3.8.0'], source: 'ZOOKEEPER-4427' },
  /** FIPS mode is on unless fips-mode is false. */
  fipsByDefault: { since: ['3.9.0'], source: 'X509Util.getFipsMode, ZOOKEEPER-4393' },
  /** In FIPS mode members and clients that connect may not use DIGEST-MD5. */
  fipsForbidsDigestWhereConnecting: { since: ['3.8.5', '3.9.4'], source: 'ZOOKEEPER-4889' },
  /** In FIPS mode servers refuse clients that use DIGEST-MD5. */
  fipsForbidsDigestWhereAccepting: { since: ['3.9.6'], source: 'ZOOKEEPER-5043' },
  /** In FIPS mode members compare a certificate with its owner. */
  fipsComparesNames: { since: ['3.8.7', '3.9.6'], source: 'CVE-2026-59969' },
  /** Clients of the AdminServer can download and restore whole snapshots. */
  snapshotsOverAdminServer: { since: ['3.9.0'], source: 'ZOOKEEPER-4570, ZOOKEEPER-4571' },
  /** The stores of TLS for clients are read for every connection. */
  readsClientStoresEachTime: { since: ['3.9.0'], source: 'NettyServerCnxnFactory' },
  /** A newest log that is empty is removed instead of ending the server. */
  removesEmptyLog: { since: ['3.9.3'], source: 'ZOOKEEPER-2332' },
  /** A gap between two transactions of the log ends the server while it loads. */
  endsAtGap: { since: ['3.9.4'], source: 'ZKDatabase.addCommittedProposal' },
  /** Its classes are for Java 17; before, for Java 8. */
  needsJava17: { since: ['3.10.0'], source: 'ZOOKEEPER-5039' },
} as const satisfies Readonly<Record<string, Feature>>;

/** The name of a row of the table. */
export type FeatureName = keyof typeof FEATURES;

/** Whether the release has it. */
export function has(release: Release, feature: FeatureName): boolean {
  return reaches(release, FEATURES[feature].since);
}

/** The first releases that have it, as words: `3.8.5 and 3.9.4`. */
export function sinceOf(feature: FeatureName): string {
  return FEATURES[feature].since.join(' and ');
}
