import { isKnownTo } from '../zookeeper/keys.ts';
import type { Release } from '../zookeeper/release.ts';
import type { Settings } from './table.ts';

/** What two kinds of connections are: those of clients, and those between members. */
export type TlsSide = 'client' | 'quorum';

/** A folder with certificates, and the two files that are made of it. */
export interface TlsStores {
  readonly side: TlsSide;
  /** The mounted folder. */
  readonly folder: string;
  /** The variable that names it. */
  readonly variable: string;
  readonly keyStore: string;
  readonly trustStore: string;
}

type TlsSettings = Pick<
  Settings,
  | 'tlsDir'
  | 'clientTlsDir'
  | 'quorumTlsDir'
  | 'clientTls'
  | 'clientAddress'
  | 'quorumTls'
  | 'secureClientPort'
  | 'clientCertificates'
  | 'tlsWorkDir'
>;

/** How far the members of an ensemble are on the way from plain text to TLS. */
export type QuorumTls = 'plain' | 'accept' | 'both' | 'tls';

/** What ZK_CLIENT_TLS comes to. */
export function clientTlsOf({ clientTls, clientTlsDir, tlsDir }: TlsSettings): 'plain' | 'both' | 'tls' {
  return clientTls ?? (clientTlsDir === undefined && tlsDir === undefined ? 'plain' : 'tls');
}

/** What ZK_QUORUM_TLS comes to. */
export function quorumTlsOf({ quorumTls, quorumTlsDir, tlsDir }: TlsSettings): QuorumTls {
  return quorumTls ?? (quorumTlsDir === undefined && tlsDir === undefined ? 'plain' : 'tls');
}

/** The folders that are used, with what is made of them. */
export function tlsStoresOf(settings: TlsSettings): TlsStores[] {
  const { tlsDir, clientTlsDir, quorumTlsDir, tlsWorkDir } = settings;
  const side = (name: TlsSide, own: string | undefined, isUsed: boolean): TlsStores[] => {
    const folder = own ?? tlsDir;
    if (folder === undefined || !isUsed) return [];
    const variable = own === undefined ? 'ZK_TLS_DIR' : `ZK_${name.toUpperCase()}_TLS_DIR`;
    const [keyStore, trustStore] = [`${tlsWorkDir}/${name}-key.pem`, `${tlsWorkDir}/${name}-trust.jks`];
    return [{ side: name, folder, variable, keyStore, trustStore }];
  };
  return [
    ...side('client', clientTlsDir, clientTlsOf(settings) !== 'plain'),
    ...side('quorum', quorumTlsDir, quorumTlsOf(settings) !== 'plain'),
  ];
}

/**
 * The lines of zoo.cfg that the settings of TLS come to, those that the release knows. Who connects compares names; who
 * accepts has only an address, and a certificate of a pod holds names alone, so it asks for none where that can be chosen
 * (3.9.4), and looks no address up (3.8.6, 3.9.5). Renewed files are taken up (FileChangeWatcher).
 */
export function tlsPairs(settings: TlsSettings, release: Release | undefined): Line[] {
  const pairs = tlsStoresOf(settings).flatMap((stores) =>
    stores.side === 'client' ? clientPairs(settings, stores) : quorumPairs(settings, stores),
  );
  if (release === undefined) return pairs;
  // Where who accepts cannot do without a name, a reverse look-up is its only way to one (3.8.6 and later 3.8).
  const needsLookUps = !isKnownTo(release, ACCEPTING);
  return pairs.filter(([key]) => isKnownTo(release, key) && !(needsLookUps && key === LOOKING_UP));
}

const ACCEPTING = 'ssl.quorum.clientHostnameVerification';
const LOOKING_UP = 'ssl.quorum.allowReverseDnsLookup';

type Line = readonly [key: string, value: string];

function clientPairs(settings: TlsSettings, { keyStore, trustStore }: TlsStores): Line[] {
  return [
    ['serverCnxnFactory', 'org.apache.zookeeper.server.NettyServerCnxnFactory'],
    ['secureClientPort', String(settings.secureClientPort)],
    ...(settings.clientAddress === undefined
      ? []
      : [['secureClientPortAddress', settings.clientAddress] as Line]),
    ['ssl.keyStore.location', keyStore],
    ['ssl.trustStore.location', trustStore],
    ['ssl.clientAuth', settings.clientCertificates],
    ['ssl.allowReverseDnsLookup', 'false'],
    ['client.certReload', 'true'],
  ];
}

function quorumPairs(settings: TlsSettings, { keyStore, trustStore }: TlsStores): Line[] {
  const mode = quorumTlsOf(settings);
  return [
    ...(mode === 'accept' ? [] : [['sslQuorum', 'true'] as Line]),
    ...(mode === 'tls' ? [] : [['portUnification', 'true'] as Line]),
    ['ssl.quorum.keyStore.location', keyStore],
    ['ssl.quorum.trustStore.location', trustStore],
    [ACCEPTING, 'false'],
    [LOOKING_UP, 'false'],
    ['sslQuorumReloadCertFiles', 'true'],
    ['leader.closeSocketAsync', 'true'],
    ['learner.closeSocketAsync', 'true'],
  ];
}

/** The variable that a line of zoo.cfg comes from, where it is one of TLS; undefined for all others. */
export function tlsVariableOf(settings: TlsSettings, key: string): string | undefined {
  const pairs = tlsStoresOf(settings).map((stores) => ({
    stores,
    pairs: stores.side === 'client' ? clientPairs(settings, stores) : quorumPairs(settings, stores),
  }));
  return pairs.find((each) => each.pairs.some(([name]) => name === key))?.stores.variable;
}

/** The settings with their lines of TLS among those of zoo.cfg, and the plain port on loopback where it must be. */
export function withTls(settings: Settings, release: Release | undefined): Settings {
  const pairs = tlsPairs(settings, release);
  if (pairs.length === 0) return settings;
  const given = new Set(settings.extraConfig.map(([key]) => key));
  const own = pairs.filter(([key]) => !given.has(key));
  const { clientAddress = '0.0.0.0' } = settings;
  // Four-letter words and the supervisor need a plain port that no other host can reach.
  const isHidden = clientTlsOf(settings) === 'tls' && !/^(127\.|::1$)/.test(clientAddress);
  return {
    ...settings,
    ...(isHidden ? { clientAddress: '127.0.0.1' } : {}),
    extraConfig: [...own, ...settings.extraConfig],
  };
}

/** The first release whose servers read certificates as Kubernetes mounts them (PEM, between members and for clients). */
export function knowsTls(release: Release): boolean {
  return isKnownTo(release, 'ssl.quorum.keyStore.location');
}
