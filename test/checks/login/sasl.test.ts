import { describe, expect, it } from 'vitest';
import { readJaas } from '../../../src/checks/login/jaas.ts';
import { prepare } from '../../../src/preparation/prepare.ts';
import type { Variables } from '../../../src/settings/read-row.ts';
import { fakeMachine } from '../../preparation/fake-machine.ts';

const DIGEST = 'org.apache.zookeeper.server.auth.DigestLoginModule required user_bob="x"';
const KERBEROS = 'com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true';
const section = (name: string, module: string) => `${name} { ${module}; };`;
const SASL = 'authProvider.1=org.apache.zookeeper.server.auth.SASLAuthenticationProvider';
const FLAG = '-Djava.security.auth.login.config=/jaas.conf';

async function found(variables: Variables, jaas?: string, release = '3.9.6') {
  const files: Record<string, string> = jaas === undefined ? {} : { '/jaas.conf': jaas };
  const given = {
    ZK_REPLICAS: '3',
    ZK_IGNORE_FINDINGS: 'ZK-DISTRIBUTION-007,ZK-DISTRIBUTION-008',
    ...variables,
  };
  const machine = fakeMachine({ release, files, variables: given });
  const { findings } = await prepare(machine, { assume: { kind: 'nothing' } });
  return findings.map(({ severity, code, subject }) => `${severity} ${code} ${subject}`);
}

describe('the JAAS file that a flag names', () => {
  it.each<[Variables, string | undefined, string[]]>([
    [{ JVMFLAGS: FLAG }, undefined, ['error ZK-CONFIG-011 JVMFLAGS']],
    [{ SERVER_JVMFLAGS: FLAG }, undefined, ['error ZK-CONFIG-011 SERVER_JVMFLAGS']],
    [{ JAVA_TOOL_OPTIONS: FLAG }, undefined, ['error ZK-CONFIG-011 JAVA_TOOL_OPTIONS']],
    [{ _JAVA_OPTIONS: FLAG }, undefined, ['error ZK-CONFIG-011 _JAVA_OPTIONS']],
    [{ JVMFLAGS: FLAG.replace('=/', '==/') }, undefined, ['error ZK-CONFIG-011 JVMFLAGS']],
    [{ JVMFLAGS: FLAG.replace('=/', '=file:/') }, undefined, ['error ZK-CONFIG-011 JVMFLAGS']],
    [{ JVMFLAGS: FLAG.replace('=/', '=file:///') }, undefined, ['error ZK-CONFIG-011 JVMFLAGS']],
    [{ JVMFLAGS: FLAG.replace('=/jaas.conf', '=') }, undefined, ['error ZK-CONFIG-011 JVMFLAGS']],
    [{ JVMFLAGS: FLAG.replace('=/', '=http://config/') }, undefined, []],
    [{ JVMFLAGS: FLAG }, 'Server { Module required }', ['error ZK-CONFIG-011 JVMFLAGS']],
    [{ JVMFLAGS: FLAG }, '', []],
    [{ JVMFLAGS: FLAG }, section('Server', KERBEROS), []],
    [{ JVMFLAGS: `${FLAG} -Djava.security.auth.login.config=/no` }, '', ['error ZK-CONFIG-011 JVMFLAGS']],
    [{ JVMFLAGS: `-Djava.security.auth.login.config=/no ${FLAG}` }, '', []],
  ])('%j with %j: %j', async (variables, jaas, expected) => {
    expect(await found(variables, jaas)).toEqual(expected);
  });
});

describe('SASL for clients', () => {
  const must = `${SASL}\nenforce.auth.enabled=true\nenforce.auth.schemes=sasl`;
  it.each<[string, string, string | undefined, string[]]>([
    ['3.9.6', SASL, undefined, ['warning ZK-CONFIG-014 JVMFLAGS']],
    ['3.4.13', SASL, undefined, ['warning ZK-CONFIG-014 JVMFLAGS']],
    ['3.9.6', SASL.replace('.1', '.sasl'), undefined, ['warning ZK-CONFIG-014 JVMFLAGS']],
    ['3.9.6', SASL, section('QuorumServer', KERBEROS), ['warning ZK-CONFIG-014 JVMFLAGS']],
    ['3.9.6', must, undefined, ['error ZK-CONFIG-013 JVMFLAGS']],
    ['3.9.6', must, section('Client', KERBEROS), ['error ZK-CONFIG-013 JVMFLAGS']],
    ['3.9.6', must.replace('=sasl', '=sasl,digest'), undefined, ['warning ZK-CONFIG-014 JVMFLAGS']],
    ['3.9.6', `${SASL}\nsessionRequireClientSASLAuth=true`, undefined, ['error ZK-CONFIG-013 JVMFLAGS']],
    [
      '3.9.6',
      `${SASL}\nsasl.serverconfig=Zoo`,
      section('Server', KERBEROS),
      ['warning ZK-CONFIG-014 JVMFLAGS'],
    ],
    ['3.9.6', `${SASL}\nsasl.serverconfig=Zoo`, section('Zoo', KERBEROS), []],
    ['3.9.6', SASL, section('Server', DIGEST), ['error ZK-CONFIG-015 ZK_EXTRA_CONFIG']],
    ['3.9.6', 'snapCount=100000', section('Server', DIGEST), ['error ZK-CONFIG-015 ZK_EXTRA_CONFIG']],
    ['3.9.6', `${SASL}\nfips-mode=false`, section('Server', DIGEST), []],
    ['3.9.5', SASL, section('Server', DIGEST), []],
    ['3.8.0', SASL, section('Server', DIGEST), []],
    ['3.9.6', must, section('Server', KERBEROS), []],
  ])('%s, %j, %j: %j', async (release, ZK_EXTRA_CONFIG, jaas, expected) => {
    const JVMFLAGS = jaas === undefined ? '' : FLAG;
    expect(await found({ ZK_EXTRA_CONFIG, JVMFLAGS }, jaas, release)).toEqual(expected);
  });

  it('is not asked for by a key that no release reads', async () => {
    expect(await found({ ZK_EXTRA_CONFIG: 'requireClientAuthScheme=sasl' })).toEqual([
      'error ZK-SETTING-008 ZK_EXTRA_CONFIG',
    ]);
  });

  it('lacks both provider and section', async () => {
    expect(await found({ ZK_EXTRA_CONFIG: 'sessionRequireClientSASLAuth=true' })).toEqual([
      'error ZK-CONFIG-008 ZK_EXTRA_CONFIG',
      'error ZK-CONFIG-013 JVMFLAGS',
    ]);
  });
});

describe('SASL between the members', () => {
  const enabled = 'quorum.auth.enableSasl=true';
  const both = (module: string) => section('QuorumServer', module) + section('QuorumLearner', module);
  it.each<[string, string, string | undefined, string[]]>([
    ['3.9.6', enabled, undefined, ['error ZK-CONFIG-010 JVMFLAGS']],
    ['3.9.6', enabled, section('QuorumServer', KERBEROS), ['error ZK-CONFIG-012 JVMFLAGS']],
    [
      '3.9.6',
      enabled,
      section('Server', KERBEROS),
      ['error ZK-CONFIG-012 JVMFLAGS', 'error ZK-CONFIG-012 JVMFLAGS'],
    ],
    ['3.9.6', enabled, both(KERBEROS), []],
    [
      '3.9.6',
      `${enabled}\nquorum.auth.server.saslLoginContext=S\nquorum.auth.learner.saslLoginContext=L`,
      section('S', KERBEROS) + section('L', KERBEROS),
      [],
    ],
    ['3.9.6', enabled, both(DIGEST), ['error ZK-CONFIG-009 ZK_EXTRA_CONFIG']],
    ['3.9.3', enabled, both(DIGEST), []],
    ['3.8.5', enabled, both(DIGEST), []],
    ['3.8.5', `${enabled}\nfips-mode=true`, both(DIGEST), ['error ZK-CONFIG-009 ZK_EXTRA_CONFIG']],
  ])('%s, %j, %j: %j', async (release, ZK_EXTRA_CONFIG, jaas, expected) => {
    const JVMFLAGS = jaas === undefined ? '' : FLAG;
    expect(await found({ ZK_EXTRA_CONFIG, JVMFLAGS }, jaas, release)).toEqual(expected);
  });
});

describe('a JAAS file', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['// all of it\n/* a { b */', []],
    ['A { m.B REQUIRED; };', ['A']],
    ['"A b" { m.B optional x="}{;//" y=z; m.C sufficient; }; B { };', ['A b', 'B']],
    ['A { m.B required\n  principal="zk/_HOST@EXAMPLE.COM"\n  useKeyTab=true; };', ['A']],
    ['A { m.B required password="a\\"b"; };', ['A']],
  ])('%j has the sections %j', (text, sections) => {
    const jaas = readJaas(text);
    expect(jaas.ok ? [...jaas.sections.keys()] : jaas.problem).toEqual(sections);
  });

  it.each([
    ['A { m.B required; }', 'has no ; behind the } of A'],
    ['A { m.B required };', 'has no ; at the end of a line of A'],
    ['A { m.B needed; };', 'has needed in A, where one of required, requisite, sufficient, optional belongs'],
    ['A m.B required;', 'has no { behind A'],
    ['A { m.B required x; };', 'has no value for x in A'],
    ['A { m.B required', 'has no ; at the end of a line of A'],
    ['A { m.B required; }; A { m.B required; };', 'has the section A twice'],
  ])('%j is refused, as Java does: %s', (text, problem) => {
    expect(readJaas(text)).toEqual({ ok: false, problem });
  });
});
