import { type Finding, finding } from '../../findings/finding.ts';
import { jaasText } from '../../render/jaas.ts';
import { jaasPath } from '../../settings/logins.ts';
import { has } from '../../zookeeper/features.ts';
import { fipsMode, isTrue, property, providers, systemProperty, written } from '../keys-in-effect.ts';
import type { SettingFacts } from '../setting-facts.ts';
import { type Jaas, readJaas } from './jaas.ts';

const FLAG = 'java.security.auth.login.config';

/** The JAAS file that a flag names, and its content; `unknown` if it is not known here. */
type JaasFile =
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreadable'; readonly subject: string; readonly path: string; readonly problem: string }
  | {
      readonly kind: 'read';
      readonly subject: string;
      readonly path: string;
      readonly jaas: Extract<Jaas, { ok: true }>;
    };

/** SASL whose JAAS file is missing, lacks a section, or asks for what the release forbids. */
export function saslFindings(facts: SettingFacts): Finding[] {
  const file = jaasFile(facts);
  if (file.kind === 'unknown') return [];
  if (file.kind === 'unreadable') return [unreadable(facts, file)];
  return [...quorumFindings(facts, file), ...clientFindings(facts, file)];
}

type Known = Extract<JaasFile, { kind: 'none' | 'read' }>;

/** One `=` more before the path makes Java read that file alone; a URL is a file or is not ours to read. */
function jaasFile(facts: SettingFacts): JaasFile {
  const given = systemProperty(facts, FLAG);
  if (given === undefined) return { kind: 'none' };
  const { settings, ensemble } = facts;
  if (given.value === jaasPath(settings)) {
    // Our own file, which is written only once the start is decided.
    const own = readJaas(jaasText(settings, ensemble));
    return own.ok
      ? { kind: 'read', subject: 'ZK_TLS_WORK_DIR', path: given.value, jaas: own }
      : { kind: 'unknown' };
  }
  const location = given.value.replace(/^=/, '');
  const path = location.replace(/^file:(?:\/\/)?(?=\/)/, '');
  if (/^[a-z][a-z0-9+.-]+:/i.test(path) || path.includes('${')) return { kind: 'unknown' };
  const { subject } = given;
  if (path === '') return { kind: 'unreadable', subject, path: 'nothing', problem: 'is not a path' };
  const file = facts.podFiles?.readText(path);
  if (file === undefined) return { kind: 'unknown' };
  if (!file.ok) return { kind: 'unreadable', subject, path, problem: file.problem };
  const jaas = readJaas(file.text);
  return jaas.ok
    ? { kind: 'read', subject, path, jaas }
    : { kind: 'unreadable', subject, path, problem: jaas.problem };
}

/** ServerCnxnFactory.configureSaslLogin: a file that Java cannot read ends every server, with SASL or without. */
function unreadable(
  facts: SettingFacts,
  { subject, path, problem }: Extract<JaasFile, { kind: 'unreadable' }>,
): Finding {
  const between = isTrue(written(facts, 'quorum.auth.enableSasl'));
  return finding(between ? 'ZK-CONFIG-010' : 'ZK-CONFIG-011', {
    subject,
    problem: `${between ? 'quorum.auth.enableSasl is true, and ' : ''}${FLAG} is ${path}, which ${problem}; ZooKeeper would end with 1`,
    remedy: `mount the file and set JVMFLAGS=-D${FLAG}=/path/to/jaas.conf, or remove the flag`,
  });
}

function quorumFindings(facts: SettingFacts, file: Known): Finding[] {
  if (!isTrue(written(facts, 'quorum.auth.enableSasl'))) return [];
  if (file.kind === 'none') {
    return [
      finding('ZK-CONFIG-010', {
        subject: 'JVMFLAGS',
        problem: `quorum.auth.enableSasl is true, and no flag names ${FLAG}; ZooKeeper would end with 1`,
        remedy: `mount the file and set JVMFLAGS=-D${FLAG}=/path/to/jaas.conf`,
      }),
    ];
  }
  const sections = (['server', 'learner'] as const).map((side) => sectionOf(facts, side));
  const lacking = sections.filter(({ name }) => !file.jaas.sections.has(name));
  if (lacking.length > 0) return lacking.map(({ key, name }) => withoutSection(file, { key, name }));
  return sections.some(({ name }) => usesDigest(file, name)) ? quorumDigestFindings(facts, file.path) : [];
}

function sectionOf(facts: SettingFacts, side: 'server' | 'learner') {
  const key = `quorum.auth.${side}.saslLoginContext`;
  const usual = side === 'server' ? 'QuorumServer' : 'QuorumLearner';
  return { key, name: written(facts, key)?.value ?? usual };
}

function withoutSection(
  { path, subject }: Extract<Known, { kind: 'read' }>,
  { key, name }: { key: string; name: string },
) {
  return finding('ZK-CONFIG-012', {
    subject,
    problem: `quorum.auth.enableSasl is true, and ${path} has no section ${name}; ZooKeeper would end with 1`,
    remedy: `add the section, or name the one it has with ${key}`,
  });
}

function usesDigest({ jaas }: Extract<Known, { kind: 'read' }>, name: string): boolean {
  return jaas.sections.get(name)?.some(({ className }) => /\bDigestLoginModule$/.test(className)) ?? false;
}

/** No quorum forms, and the process lives on. */
function quorumDigestFindings(facts: SettingFacts, path: string): Finding[] {
  const { distribution } = facts;
  if (!fipsMode(facts) || distribution === undefined) return [];
  if (!has(distribution.release, 'fipsForbidsDigestWhereConnecting')) return [];
  return [
    finding('ZK-CONFIG-009', {
      subject: 'ZK_EXTRA_CONFIG',
      problem: `quorum.auth.enableSasl is true, and ${path} uses DIGEST-MD5, which fips-mode forbids: no quorum would form`,
      remedy: 'add fips-mode=false, or use Kerberos or TLS between the members',
    }),
  ];
}

function clientFindings(facts: SettingFacts, file: Known): Finding[] {
  const given = property(facts, 'sasl.serverconfig');
  const section = given?.value ?? 'Server';
  if (file.kind === 'none' || !file.jaas.sections.has(section))
    return sectionFindings(facts, { file, section });
  return usesDigest(file, section) ? clientDigestFindings(facts, file.path) : [];
}

function sectionFindings(
  facts: SettingFacts,
  { file, section }: { file: Known; section: string },
): Finding[] {
  const asked = required(facts);
  const provider = providers(facts).find(({ className }) => /\bSASLAuthenticationProvider$/.test(className));
  if (asked === undefined && provider === undefined) return [];
  const why = file.kind === 'none' ? `no flag names ${FLAG}` : `${file.path} has no section ${section}`;
  return [
    finding(asked === undefined ? 'ZK-CONFIG-014' : 'ZK-CONFIG-013', {
      subject: file.kind === 'none' ? 'JVMFLAGS' : file.subject,
      problem: `${asked ?? `authProvider.${provider?.name} is the one of SASL`}, and ${why}: no client could authenticate`,
      remedy:
        file.kind === 'none'
          ? `mount a JAAS file with a section ${section}, and set JVMFLAGS=-D${FLAG}=/path/to/jaas.conf`
          : `add the section ${section} to it, or name the one it has with sasl.serverconfig`,
    }),
  ];
}

/** What makes SASL a must, in words. */
function required(facts: SettingFacts): string | undefined {
  if (isTrue(property(facts, 'sessionRequireClientSASLAuth'))) return 'sessionRequireClientSASLAuth is true';
  const schemes =
    property(facts, 'enforce.auth.schemes')
      ?.value.split(',')
      .map((scheme) => scheme.trim()) ?? [];
  const alone = schemes.length === 1 && schemes[0] === 'sasl';
  return alone && isTrue(property(facts, 'enforce.auth.enabled'))
    ? 'enforce.auth.schemes is sasl'
    : undefined;
}

/** Every client that tries SASL gets AuthFailed. */
function clientDigestFindings(facts: SettingFacts, path: string): Finding[] {
  const { distribution } = facts;
  if (distribution === undefined || !fipsMode(facts)) return [];
  if (!has(distribution.release, 'fipsForbidsDigestWhereAccepting')) return [];
  return [
    finding('ZK-CONFIG-015', {
      subject: 'ZK_EXTRA_CONFIG',
      problem: `${path} uses DIGEST-MD5 for clients, which fips-mode forbids: every client would get AuthFailed`,
      remedy:
        'add fips-mode=false here and -Dzookeeper.fips-mode=false to clients of 3.9.4 and newer, or use Kerberos or TLS',
    }),
  ];
}
