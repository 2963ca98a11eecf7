import { has } from '../zookeeper/features.ts';
import { isKnownTo } from '../zookeeper/keys.ts';
import type { Release } from '../zookeeper/release.ts';
import type { Settings } from './table.ts';
import { clientTlsOf } from './tls.ts';

/** How far the members of an ensemble are on the way from no logins to logins that are required. */
export type QuorumLogin = 'off' | 'accept' | 'both' | 'require';

/** By what somebody proves who he is: a password (DIGEST-MD5), a key of Kerberos, or a certificate. */
export type Proof = 'password' | 'kerberos' | 'certificate';

/** What ZK_QUORUM_LOGIN comes to. */
export function quorumLoginOf({ quorumLogin, quorumUser, keytab }: Settings): QuorumLogin {
  return quorumLogin ?? (quorumUser === undefined && keytab === undefined ? 'off' : 'require');
}

/** What ZK_CLIENT_LOGIN comes to. */
export function clientLoginOf({ clientLogin, clientUsers, keytab }: Settings): 'off' | 'accept' | 'require' {
  return clientLogin ?? (clientUsers === undefined && keytab === undefined ? 'off' : 'require');
}

/** By what members log in to each other; undefined where they do not, or have nothing for it. */
export function quorumProof(settings: Settings): Exclude<Proof, 'certificate'> | undefined {
  if (quorumLoginOf(settings) === 'off') return undefined;
  if (settings.quorumUser !== undefined) return 'password';
  return settings.keytab === undefined ? undefined : 'kerberos';
}

/** By what clients log in; undefined where they do not, or have nothing for it. */
export function clientProof(settings: Settings): Proof | undefined {
  if (clientLoginOf(settings) === 'off') return undefined;
  if (settings.clientUsers !== undefined) return 'password';
  if (settings.keytab !== undefined) return 'kerberos';
  const isAsked = clientTlsOf(settings) !== 'plain' && settings.clientCertificates !== 'none';
  return isAsked ? 'certificate' : undefined;
}

/** Whether the port for TLS is the only one where a client is let in who shows a certificate. */
export function needsCertificate(settings: Settings): boolean {
  return clientProof(settings) === 'certificate' && clientLoginOf(settings) === 'require';
}

/** The path of the JAAS file: with the keys of TLS, in memory. Undefined if no login needs it. */
export function jaasPath(settings: Settings): string | undefined {
  const clients = clientProof(settings);
  const needsOne =
    quorumProof(settings) !== undefined || (clients !== undefined && clients !== 'certificate');
  return needsOne ? `${settings.tlsWorkDir}/jaas.conf` : undefined;
}

type Line = readonly [key: string, value: string];

/** The variable behind each line of zoo.cfg that the settings of logins come to, and the line. */
interface LoginLine {
  readonly variable: string;
  readonly line: Line;
}

/** The lines of zoo.cfg that the settings of logins come to. */
export function loginLines(settings: Settings, release: Release | undefined): LoginLine[] {
  const lines = [
    ...quorumLines(settings),
    ...clientLines(settings),
    ...of('ZK_SUPER_USER', settings.superUser === undefined ? [] : [['superUser', settings.superUser]]),
    ...of(
      'ZK_SUPER_DIGEST',
      settings.superDigest === undefined ? [] : [[SUPER_DIGEST, settings.superDigest]],
    ),
    ...fipsLines(settings, release),
  ];
  return lines.filter(({ line: [key] }) => release === undefined || isKnownTo(release, key));
}

const SUPER_DIGEST = 'DigestAuthenticationProvider.superDigest';
const SASL_PROVIDER = 'org.apache.zookeeper.server.auth.SASLAuthenticationProvider';
const X509_PROVIDER = 'org.apache.zookeeper.server.auth.X509AuthenticationProvider';

function of(variable: string, lines: readonly Line[]): LoginLine[] {
  return lines.map((line) => ({ variable, line }));
}

/** QuorumAuth: a server that accepts logins, a learner that logs in, a server that refuses peers without a login. */
function quorumLines(settings: Settings): LoginLine[] {
  const proof = quorumProof(settings);
  if (proof === undefined) return [];
  const step = quorumLoginOf(settings);
  const service = settings.kerberosPrincipal.replace(/@.*$/, '');
  return of(proof === 'password' ? 'ZK_QUORUM_USER' : 'ZK_KERBEROS_KEYTAB', [
    ['quorum.auth.enableSasl', 'true'],
    ['quorum.auth.learnerRequireSasl', String(step === 'both' || step === 'require')],
    ['quorum.auth.serverRequireSasl', String(step === 'require')],
    ...(proof === 'kerberos' ? [['quorum.auth.kerberos.servicePrincipal', service] as Line] : []),
  ]);
}

/** ProviderRegistry and AuthenticationHelper: a scheme that is enforced needs its provider by name. */
function clientLines(settings: Settings): LoginLine[] {
  const proof = clientProof(settings);
  if (proof === undefined) return [];
  const isForced = clientLoginOf(settings) === 'require';
  const [scheme, provider] =
    proof === 'certificate' ? (['x509', X509_PROVIDER] as const) : (['sasl', SASL_PROVIDER] as const);
  return of(CLIENT_VARIABLE[proof], [
    [`authProvider.${scheme}`, provider],
    ...(isForced
      ? ([
          ['enforce.auth.enabled', 'true'],
          ['enforce.auth.schemes', scheme],
        ] as const)
      : []),
  ]);
}

const CLIENT_VARIABLE: Readonly<Record<Proof, string>> = {
  password: 'ZK_CLIENT_USERS',
  kerberos: 'ZK_KERBEROS_KEYTAB',
  certificate: 'ZK_CLIENT_LOGIN',
};

/** FIPS mode forbids DIGEST-MD5; who sets a password wants it, so that FIPS mode is off unless it is asked for by name. */
function fipsLines(settings: Settings, release: Release | undefined): LoginLine[] {
  const [quorum, clients] = [quorumProof(settings) === 'password', clientProof(settings) === 'password'];
  if (release === undefined || !(quorum || clients)) return [];
  const isForbidden =
    (quorum && has(release, 'fipsForbidsDigestWhereConnecting')) ||
    (clients && has(release, 'fipsForbidsDigestWhereAccepting'));
  const flags = [...settings.jvmFlags, ...settings.serverJvmFlags];
  const isGiven = flags.some((flag) => flag.startsWith('-Dzookeeper.fips-mode='));
  return isForbidden && !isGiven
    ? of(quorum ? 'ZK_QUORUM_USER' : 'ZK_CLIENT_USERS', [['fips-mode', 'false']])
    : [];
}

/** The settings with what the logins come to among the lines of zoo.cfg and the flags of the server's JVM. */
export function withLogins(settings: Settings, release: Release | undefined): Settings {
  const given = new Set(settings.extraConfig.map(([key]) => key));
  const own = loginLines(settings, release).filter(({ line: [key] }) => !given.has(key));
  const flags = loginFlags(settings);
  if (own.length === 0 && flags.length === 0) return settings;
  return {
    ...settings,
    extraConfig: [...own.map(({ line }) => line), ...settings.extraConfig],
    serverJvmFlags: [...flags, ...settings.serverJvmFlags],
  };
}

/** The flag by which Java finds a JAAS file; a path, so that no secret is in a list of processes. */
export const JAAS_FLAG = '-Djava.security.auth.login.config';

function loginFlags(settings: Settings): string[] {
  const path = jaasPath(settings);
  const usesKerberos = quorumProof(settings) === 'kerberos' || clientProof(settings) === 'kerberos';
  return [
    ...(path === undefined ? [] : [`${JAAS_FLAG}=${path}`]),
    ...(usesKerberos && settings.kerberosConf !== undefined
      ? [`-Djava.security.krb5.conf=${settings.kerberosConf}`]
      : []),
  ];
}

/** The variable that a line of zoo.cfg comes from, where it is one of the logins; undefined for all others. */
export function loginVariableOf(settings: Settings, [key, value]: Line): string | undefined {
  return loginLines(settings, undefined).find(({ line }) => line[0] === key && line[1] === value)?.variable;
}
