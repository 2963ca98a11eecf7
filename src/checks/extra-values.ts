import { type Finding, finding } from '../findings/finding.ts';
import { bindAddress } from '../settings/kinds/hosts.ts';
import { withoutCredentials } from '../settings/mask.ts';
import { shortened } from '../text/some-of.ts';
import { isAtLeast } from '../zookeeper/release.ts';
import type { SettingFacts } from './facts.ts';

/** Keys that take true or false: QuorumPeerConfig.parseBoolean and Boolean.getBoolean. */
const BOOLEANS = new Set(
  (
    'syncEnabled localSessionsEnabled localSessionsUpgradingEnabled standaloneEnabled reconfigEnabled sslQuorum ' +
    'portUnification sslQuorumReloadCertFiles quorum.auth.enableSasl quorum.auth.learnerRequireSasl ' +
    'quorum.auth.serverRequireSasl multiAddress.enabled multiAddress.reachabilityCheckEnabled jvm.pause.monitor ' +
    'tcpKeepAlive clientTcpKeepAlive client.portUnification client.certReload fips-mode db.autocreate ' +
    'datadir.autocreate snapshot.trust.empty audit.enable digest.enabled extendedTypesEnabled enforceQuota ' +
    'enforce.auth.enabled sessionRequireClientSASLAuth ssl.hostnameVerification ssl.quorum.hostnameVerification ' +
    'ssl.clientHostnameVerification ssl.quorum.clientHostnameVerification ssl.allowReverseDnsLookup ' +
    'ssl.quorum.allowReverseDnsLookup emulate353TTLNodes ssl.crl ssl.ocsp ssl.quorum.crl ssl.quorum.ocsp admin.portUnification ' +
    'admin.forceHttps admin.needClientAuth admin.snapshot.enabled admin.restore.enabled leader.closeSocketAsync ' +
    'learner.closeSocketAsync learner.asyncSending serializeLastProcessedZxid.enabled closeSessionTxn.enabled ' +
    'DigestAuthenticationProvider.enabled'
  ).split(' '),
);

/** Keys that take yes or no: compared with these words alone, so `forceSync=false` still is yes (FileTxnLog). */
const YES_OR_NO = new Set(['forceSync', 'skipACL', 'leaderServes']);

/** Keys that take a whole number without a unit: Integer.parseInt and Integer.getInteger. */
const NUMBERS = new Set(
  (
    'connectToLearnerMasterLimit clientPortListenBacklog electionAlg observerMasterPort secureClientPort ' +
    'quorum.cnxn.threads.size multiAddress.reachabilityCheckTimeoutMs jvm.pause.info-threshold.ms ' +
    'jvm.pause.warn-threshold.ms jvm.pause.sleep.time.ms admin.idleTimeout snapCount preAllocSize ' +
    'snapSizeLimitInKb txnLogSizeLimitInKb commitLogCount globalOutstandingLimit maxCnxns ' +
    'fsync.warningthresholdms cnxTimeout quorumCnxnTimeoutMs electionPortBindRetry maxResponseCacheSize ' +
    'maxGetChildrenResponseCacheSize fastleader.minNotificationInterval fastleader.maxNotificationInterval ' +
    'flushDelay maxBatchSize maxWriteQueuePollTime observer.reconnectDelayMs observer.election.DelayMs ' +
    'metricsProvider.httpPort nio.numSelectorThreads nio.numWorkerThreads nio.sessionlessCnxnTimeout'
  ).split(' '),
);

/** Keys that take an address to bind to: InetAddress.getByName. */
const ADDRESSES = new Set(['secureClientPortAddress', 'admin.serverAddress', 'metricsProvider.httpHost']);

/** Values of ZK_EXTRA_CONFIG that ZooKeeper refuses, or takes for something else without a word. */
export function extraValueFindings({ settings, distribution }: SettingFacts): Finding[] {
  const strict = distribution === undefined || isAtLeast(distribution.release, '3.5.0');
  return settings.extraConfig.flatMap(([key, value]) => {
    const wanted = wantedValue(key, value);
    return wanted === undefined ? [] : [wrongValue({ key, value, wanted, strict })];
  });
}

function wantedValue(key: string, value: string): string | undefined {
  if (BOOLEANS.has(key)) return /^(true|false)$/i.test(value) ? undefined : 'true or false';
  if (YES_OR_NO.has(key)) return /^(yes|no)$/.test(value) ? undefined : 'yes or no';
  if (ADDRESSES.has(key)) return bindAddress.parse(value).ok ? undefined : bindAddress.description;
  if (NUMBERS.has(key)) return /^-?\d{1,18}$/.test(value) ? undefined : 'a whole number without a unit';
  return undefined;
}

function wrongValue({
  key,
  value,
  wanted,
  strict,
}: {
  key: string;
  value: string;
  wanted: string;
  strict: boolean;
}): Finding {
  const comment = /\s#/.test(value) ? '; a comment needs a line of its own' : '';
  const harm = strict ? 'ends ZooKeeper or is read as something else' : 'is read as something else';
  return finding('ZK-CONFIG-001', {
    subject: 'ZK_EXTRA_CONFIG',
    problem: `${key} is "${shortened(withoutCredentials(value))}", which ${harm}`,
    remedy: `give ${wanted}${comment}`,
  });
}
