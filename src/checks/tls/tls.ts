import { type Finding, finding } from '../../findings/finding.ts';
import { isTrue, property, systemProperty, written } from '../keys-in-effect.ts';
import type { SettingFacts } from '../setting-facts.ts';
import { folderFindings } from './tls-folder.ts';
import { clientNameFindings } from './tls-names.ts';
import type { StoreAsked, TlsStoreQuestion } from './tls-store.ts';
import { storeFindings } from './tls-store-findings.ts';

/** TLS that would not work while the server runs: no Netty, no key store, or one that cannot be used. */
export function tlsFindings(facts: SettingFacts): Finding[] {
  return [
    ...folderFindings(facts),
    ...nettyFindings(facts),
    ...storesOf(facts).flatMap((store) => storeFindings(facts, store)),
    ...trustFindings(facts),
    ...(clientTls(facts) === undefined ? [] : clientNameFindings(facts)),
  ];
}

/** Who connects and who accepts both ask for the other's certificate, and trust it by this store (X509Util). */
function trustFindings(facts: SettingFacts): Finding[] {
  const { podFiles } = facts;
  if (quorumTls(facts) === undefined || podFiles?.trustsItself !== false) return [];
  const stores = storesOf(facts);
  const own = stores.find(({ key }) => key === 'ssl.quorum.keyStore');
  const trust = stores.find(({ key }) => key === 'ssl.quorum.trustStore');
  const ofJava = systemProperty(facts, 'javax.net.ssl.trustStore') !== undefined;
  if (own === undefined || (trust === undefined && ofJava)) return [];
  const subject = trust?.shown ?? 'ZK_EXTRA_CONFIG';
  const which =
    trust === undefined
      ? 'ssl.quorum.trustStore.location is not set, and Java’s own list of CAs has none'
      : 'has no CA';
  return [
    finding('ZK-TLS-014', {
      subject,
      problem: `${which} that issued the certificate of ${own.shown}: members with the same trust store would refuse this member`,
      remedy:
        'put the CA that issued it into the file of ssl.quorum.trustStore.location, and its intermediates behind the certificate',
    }),
  ];
}

export type TlsFacts = Pick<SettingFacts, 'settings' | 'distribution' | 'jvm' | 'podFiles'>;
type Facts = TlsFacts;

/** What asks for TLS, in words; undefined when nothing does. */
export function usesTls(facts: Facts): string | undefined {
  return clientTls(facts) ?? quorumTls(facts);
}

function clientTls(facts: Facts): string | undefined {
  if (written(facts, 'secureClientPort') !== undefined) return 'secureClientPort';
  return isTrue(property(facts, 'client.portUnification')) ? 'client.portUnification' : undefined;
}

function quorumTls(facts: Facts): string | undefined {
  return ['sslQuorum', 'portUnification'].find((key) => isTrue(written(facts, key)));
}

/** ServerCnxnFactory: only Netty's knows TLS; with NIO the server ends with 1, or serves plain text. */
function nettyFindings(facts: SettingFacts): Finding[] {
  const what = clientTls(facts);
  const factory = property(facts, 'serverCnxnFactory');
  if (what === undefined || /Netty/.test(factory?.value ?? '')) return [];
  return [
    finding('ZK-TLS-001', {
      subject: factory?.subject ?? 'ZK_EXTRA_CONFIG',
      problem: `${what} is set, but serverCnxnFactory is ${factory?.value ?? 'not'}`,
      remedy: 'add serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory',
    }),
  ];
}

/** The stores that the configured TLS needs. Without a named trust store, the JVM's own is used. */
export function storesOf(facts: Facts): StoreAsked[] {
  const stores: StoreAsked[] = [];
  if (clientTls(facts)) stores.push(...pair(facts, 'ssl', false));
  if (quorumTls(facts)) stores.push(...pair(facts, 'ssl.quorum', true));
  return stores.filter(({ role, named }) => named || role === 'key');
}

function pair(facts: Facts, prefix: string, verifiesHost: boolean): StoreAsked[] {
  return [
    asked(facts, { key: `${prefix}.keyStore`, role: 'key', verifiesHost }),
    asked(facts, { key: `${prefix}.trustStore`, role: 'trust', verifiesHost: false }),
  ];
}

function asked(facts: Facts, store: Pick<StoreAsked, 'key' | 'role' | 'verifiesHost'>): StoreAsked {
  const read = (name: string) => property(facts, `${store.key}.${name}`)?.value;
  const path = read('location');
  const typeAsWritten = read('type');
  return {
    ...store,
    path: path ?? '',
    shown: facts.podFiles?.madeOf?.get(path ?? '') ?? path ?? '',
    named: path !== undefined,
    typeAsWritten,
    type: typeOf(path ?? '', typeAsWritten),
    password: read('password'),
    passwordPath: read('passwordPath'),
  };
}

/** KeyStoreFileType.fromPropertyValueOrFileName: the type that is given, or the end of the file's name. */
function typeOf(path: string, given: string | undefined): TlsStoreQuestion['type'] {
  const byName = { jks: 'JKS', pem: 'PEM', p12: 'PKCS12', bcfks: 'BCFKS' } as const;
  if (given !== undefined) return Object.values(byName).find((type) => type === given.toUpperCase());
  const [, end = ''] = /\.(\w+)$/.exec(path) ?? [];
  return Object.hasOwn(byName, end) ? byName[end as keyof typeof byName] : undefined;
}
