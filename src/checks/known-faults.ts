import { type Finding, finding } from '../findings/finding.ts';
import { has } from '../zookeeper/features.ts';
import { type Exposure, faultsOf, type KnownFault, withoutFault } from '../zookeeper/known-faults.ts';
import { formatRelease, type Release } from '../zookeeper/release.ts';
import { fipsMode, isFalse, isTrue, property, providers, written } from './keys-in-effect.ts';
import type { SettingFacts } from './setting-facts.ts';

/** One warning for each published weakness of the release that this configuration lets others reach. */
export function knownFaultFindings(facts: SettingFacts): Finding[] {
  const release = facts.distribution?.release;
  if (release === undefined) return [];
  return faultsOf(release)
    .filter(({ exposedBy }) => isExposed[exposedBy](facts, release))
    .map((fault) => known(fault, release));
}

function known(fault: KnownFault, release: Release): Finding {
  const { id, what, instead } = fault;
  return finding('ZK-DISTRIBUTION-008', {
    subject: id,
    problem: `ZooKeeper ${formatRelease(release)} has this published fault, and this configuration lets others reach it: ${what}`,
    remedy: `upgrade to ${withoutFault(fault, release)} or newer; until then ${instead}`,
  });
}

type Judge = (facts: SettingFacts, release: Release) => boolean;

const isExposed: Readonly<Record<Exposure, Judge>> = {
  sessions: opensToAll,
  words: () => true,
  peers: hasPeers,
  'quorum-sasl': (facts) => hasPeers(facts) && isTrue(written(facts, 'quorum.auth.enableSasl')),
  'admin-server': adminIsOpen,
  'quorum-certificates': (facts) => comparesNames(facts) && !fipsMode(facts),
  'fips-quorum-certificates': (facts) => comparesNames(facts) && fipsMode(facts),
  'audit-log': (facts) => isTrue(property(facts, 'audit.enable')),
  'ensemble-provider': (facts) =>
    providers(facts).some(({ className }) => className.endsWith('.EnsembleAuthenticationProvider')) &&
    property(facts, 'ensembleAuthName') !== undefined,
};

const LOOPBACK = /^(127\.|::1$|\[::1\]$)/;

/** True if everybody who reaches the pod may open a session: the plain port is not on loopback, or TLS asks for no certificate. */
function opensToAll(facts: SettingFacts): boolean {
  const isPlainOpen = !LOOPBACK.test(facts.settings.clientAddress ?? '');
  const isSecureOpen = written(facts, 'secureClientPort') !== undefined;
  // X509Util.ClientAuth: need by default.
  const asks = (property(facts, 'ssl.clientAuth')?.value ?? 'need').toLowerCase() === 'need';
  return isPlainOpen || (isSecureOpen && !asks);
}

function hasPeers({ ensemble }: SettingFacts): boolean {
  return ensemble !== undefined && ensemble.members.length > 1;
}

/** QuorumX509Util compares names unless a property turns it off. */
function comparesNames(facts: SettingFacts): boolean {
  const isOn = ['sslQuorum', 'portUnification'].some((key) => isTrue(written(facts, key)));
  return hasPeers(facts) && isOn && !isFalse(property(facts, 'ssl.quorum.hostnameVerification'));
}

/** Both faults of the AdminServer give snapshots away. */
function adminIsOpen(facts: SettingFacts, release: Release): boolean {
  const address = property(facts, 'admin.serverAddress')?.value ?? '';
  const gives = ['admin.snapshot.enabled', 'admin.restore.enabled'].some(
    (key) => !isFalse(property(facts, key)),
  );
  return (
    facts.settings.adminPort > 0 &&
    has(release, 'snapshotsOverAdminServer') &&
    !LOOPBACK.test(address) &&
    gives
  );
}
