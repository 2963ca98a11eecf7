import { describe, expect, it } from 'vitest';
import { prepare } from '../../../src/preparation/prepare.ts';
import type { Variables } from '../../../src/settings/read-row.ts';
import { introduce } from '../../../src/supervision/life.ts';
import { fakeMachine, type MachineDescription } from '../../preparation/fake-machine.ts';

/** A Java of the image before it had java.instrument, and one with every module these tests need. */
const RELEASE = (modules: string) =>
  `JAVA_VERSION="21.0.1"\nMODULES="java.base ${modules}"\nIMPLEMENTOR="Debian"\n`;
const WHOLE = RELEASE('java.instrument jdk.jdwp.agent jdk.management.agent jdk.jfr java.se');

/** Agents that these tests name, and that the JVM would find. */
const AGENTS = Object.fromEntries(
  ['/a.jar', '/agent.jar', '/jmx.jar', '/jolokia.jar', '/otel.jar'].map((path) => [path, '']),
);

async function prepared(variables: Variables, more: MachineDescription = {}) {
  const machine = fakeMachine({
    release: '3.9.6',
    javaRelease: WHOLE,
    ...more,
    files: { ...AGENTS, ...more.files },
    variables: { ZK_REPLICAS: '1', ...variables },
  });
  return prepare(machine, { assume: { kind: 'nothing' } });
}

const found = async (...input: Parameters<typeof prepared>) =>
  (await prepared(...input)).findings.map(({ severity, code, subject }) => `${severity} ${code} ${subject}`);

const words = async (...input: Parameters<typeof prepared>) =>
  (await prepared(...input)).findings.map(({ problem, remedy }) => `${problem}; ${remedy}`).join('\n');

describe('a word that is no flag of ours to pass on', () => {
  it.each<[Variables, string]>([
    [{ JVMFLAGS: '-Dfoo="a b"' }, 'JVMFLAGS'],
    [{ SERVER_JVMFLAGS: "-Dfoo='a b c'" }, 'SERVER_JVMFLAGS'],
    [{ JVMFLAGS: '"-Xmx512m"' }, 'JVMFLAGS'],
    [{ JVMFLAGS: '-XX:OnOutOfMemoryError="kill -9 %p" -ea' }, 'JVMFLAGS'],
    [{ JVMFLAGS: '-Xmx 512m' }, 'JVMFLAGS'],
    [{ JVMFLAGS: 'Xss1m' }, 'JVMFLAGS'],
    [{ JVMFLAGS: '–Xss1m' }, 'JVMFLAGS'],
    [{ JVMFLAGS: '-jar /app.jar' }, 'JVMFLAGS'],
    [{ JVMFLAGS: '-cp /more.jar' }, 'JVMFLAGS'],
    [{ SERVER_JVMFLAGS: '--class-path=/more.jar' }, 'SERVER_JVMFLAGS'],
    [{ JVMFLAGS: '-version' }, 'JVMFLAGS'],
    [{ JVMFLAGS: '--help' }, 'JVMFLAGS'],
    [{ JVMFLAGS: '--dry-run' }, 'JVMFLAGS'],
    [{ JVMFLAGS: '-m java.base' }, 'JVMFLAGS'],
    [{ JVMFLAGS: '-Djava.class.path=/more.jar' }, 'JVMFLAGS'],
    [{ JAVA_TOOL_OPTIONS: 'Xmx1g' }, 'JAVA_TOOL_OPTIONS'],
    [{ _JAVA_OPTIONS: '-cp /more.jar' }, '_JAVA_OPTIONS'],
    [{ JDK_JAVA_OPTIONS: '-jar /app.jar' }, 'JDK_JAVA_OPTIONS'],
    [{ JAVA_TOOL_OPTIONS: '@/args' }, 'JAVA_TOOL_OPTIONS'],
    [{ JVMFLAGS: '@/args' }, 'JVMFLAGS (/args)'],
    [{ JAVA_TOOL_OPTIONS: '-Dfoo="a b' }, 'JAVA_TOOL_OPTIONS'],
    [{ JDK_JAVA_OPTIONS: '-Dfoo=\'a"b"' }, 'JDK_JAVA_OPTIONS'],
  ])('%j is refused', async (variables, subject) => {
    const files = { '/args': 'Main' };
    expect(await found(variables, { files })).toContain(`error ZK-JVM-003 ${subject}`);
  });

  it.each<Variables>([
    { JVMFLAGS: '-Dfoo=a -Dbar=b\t-ea' },
    { JVMFLAGS: '--add-opens java.base/java.lang=ALL-UNNAMED --add-modules java.se' },
    { JVMFLAGS: '-p /modules --enable-preview' },
    { JVMFLAGS: '@/args' },
    { JDK_JAVA_OPTIONS: '-Dfoo="a b" @/args' },
    { JAVA_TOOL_OPTIONS: "-Dfoo='a b' -Dbar=c" },
    { JVMFLAGS: '-Xlog:gc*:stdout -XX:+UseStringDeduplication -verbose:gc -Xss1m -Xbootclasspath/a:/x.jar' },
  ])('%j is none', async (variables) => {
    const files = { '/args': '# a comment with words\n-Dbaz="with a blank" \'-Dx=y\'\n-Xss1m' };
    expect(await found(variables, { files })).toEqual([]);
  });

  it('tells how to write it', async () => {
    const text = await words({ JVMFLAGS: '-Dfoo="a b"' });
    expect(text).toContain('has a word 2 behind -Dfoo=********, which java would read as the main class');
    expect(text).toContain('JVMFLAGS=@/path/of/the/file');
  });

  it('shows nothing of a value', async () => {
    const agent = { JVMFLAGS: '-javaagent:/a.jar=7070:password=hunter2' };
    expect(await words(agent)).not.toContain('hunter2');
    expect(await words({ JAVA_TOOL_OPTIONS: '-cp -Dpassword=hunter2' })).not.toContain('hunter2');
  });
});

describe('the heap that wins', () => {
  it.each<[Variables, string[], string]>([
    [{ _JAVA_OPTIONS: '-Xmx1g', ZK_HEAP_SIZE: '128m' }, ['warning ZK-JVM-004 _JAVA_OPTIONS'], '1G'],
    [
      { _JAVA_OPTIONS: '-XX:MaxHeapSize=512M' },
      ['error ZK-MEMORY-003 _JAVA_OPTIONS', 'warning ZK-JVM-004 _JAVA_OPTIONS'],
      '512m',
    ],
    [{ JVMFLAGS: '-Xmx512m -Xms512m', ZK_HEAP_SIZE: '256m' }, ['warning ZK-JVM-004 JVMFLAGS'], '512m'],
    [{ JVMFLAGS: '-Xmx256m', ZK_HEAP_SIZE: '256m' }, [], '256m'],
    [{ JVMFLAGS: '-Xmx512m -Xms512m' }, [], '512m'],
    [{ JAVA_TOOL_OPTIONS: '-Xmx1g', ZK_HEAP_SIZE: '256m' }, ['warning ZK-JVM-005 JAVA_TOOL_OPTIONS'], '256m'],
    [{ JDK_JAVA_OPTIONS: '-Xms64m', ZK_HEAP_SIZE: '256m' }, ['warning ZK-JVM-005 JDK_JAVA_OPTIONS'], '256m'],
    [{ JVMFLAGS: '@/args', ZK_HEAP_SIZE: '256m' }, ['warning ZK-JVM-004 JVMFLAGS (/args)'], '384m'],
    [
      { _JAVA_OPTIONS: '-Xmx4g', ZK_HEAP_SIZE: '128m' },
      ['error ZK-MEMORY-001 _JAVA_OPTIONS', 'warning ZK-JVM-004 _JAVA_OPTIONS'],
      '4G',
    ],
    [{ _JAVA_OPTIONS: '-Xms1g', ZK_HEAP_SIZE: '128m' }, ['error ZK-MEMORY-003 _JAVA_OPTIONS'], '128m'],
    [{ JVMFLAGS: '-XX:MaxRAMPercentage=70' }, ['warning ZK-JVM-005 JVMFLAGS'], '1G'],
    [{ JAVA_TOOL_OPTIONS: '-XX:InitialRAMPercentage=50.0' }, ['warning ZK-JVM-005 JAVA_TOOL_OPTIONS'], '1G'],
    [{ SERVER_JVMFLAGS: '-XX:MaxRAM=1g' }, ['warning ZK-JVM-005 SERVER_JVMFLAGS'], '1G'],
  ])('%j: %j, %s', async (variables, expected, heap) => {
    const input = { files: { '/args': '-Xmx384m -Xms384m' } };
    expect(await found(variables, input)).toEqual(expected);
    const { draft } = await prepared(variables, input);
    expect(draft === undefined ? '' : introduce(draft.input)).toMatch(new RegExp(`heap ${heap}\\b`));
  });

  it.each([
    ['-XX:MaxRAMPercentage=70', 'ZK_HEAP_SIZE=70%'],
    ['-XX:MaxRAMPercentage=75.5', 'ZK_HEAP_SIZE=75%'],
    ['-XX:MaxRAMFraction=2', 'ZK_HEAP_SIZE=50%'],
  ])('%s is better said by %s', async (flag, wanted) => {
    expect(await words({ JVMFLAGS: flag })).toContain(wanted);
  });
});

describe('flags without effect', () => {
  it.each<[Variables, string[]]>([
    [{ JVMFLAGS: '-Dzookeeper.sslQuorum=true' }, ['warning ZK-JVM-005 JVMFLAGS']],
    [{ JVMFLAGS: '-Dzookeeper.4lw.commands.whitelist=*' }, ['warning ZK-JVM-005 JVMFLAGS']],
    [{ JAVA_TOOL_OPTIONS: '-Dzookeeper.admin.enableServer=true' }, ['warning ZK-JVM-005 JAVA_TOOL_OPTIONS']],
    [
      { JVMFLAGS: '-Dzookeeper.snapCount=50000', ZK_EXTRA_CONFIG: 'snapCount=60000' },
      ['warning ZK-JVM-005 JVMFLAGS'],
    ],
    [{ JVMFLAGS: '-Dzookeeper.snapCount=50000' }, []],
    [{ JVMFLAGS: '-Djute.maxbuffer=5' }, []],
  ])('%j', async (variables, expected) => {
    expect(await found(variables)).toEqual(expected);
  });
});

describe('a java.env that this program did not write', () => {
  it.each<[string, string[]]>([
    ['export JVMFLAGS="-Xmx2g $JVMFLAGS"\n', ['warning ZK-JVM-005 /c/java.env']],
    ['# JVMFLAGS=-Xmx2g\nZK_SERVER_HEAP=700\n', ['warning ZK-JVM-005 /c/java.env']],
    ['ZOO_LOG_DIR=/log\nJVMFLAGS="-Xmx128m -Xms2G $JVMFLAGS"\n', []],
    ['', []],
  ])('%j', async (text, expected) => {
    expect(await found({ ZK_CONF_DIR: '/c' }, { files: { '/c/java.env': text } })).toEqual(expected);
  });
});

describe('ports that every JVM of the container would open', () => {
  const jmx = '-Dcom.sun.management.jmxremote.port=9010 -Dcom.sun.management.jmxremote.authenticate=true';
  it.each<[Variables, string[]]>([
    [{ JAVA_TOOL_OPTIONS: jmx }, ['warning ZK-JVM-006 JAVA_TOOL_OPTIONS']],
    [{ JVMFLAGS: '-javaagent:/jmx.jar=7070:/config.yml' }, ['warning ZK-JVM-006 JVMFLAGS']],
    [{ _JAVA_OPTIONS: '-javaagent:/jmx.jar=0.0.0.0:7070:/c.yml' }, ['warning ZK-JVM-006 _JAVA_OPTIONS']],
    [
      { JDK_JAVA_OPTIONS: '-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005' },
      ['warning ZK-JVM-006 JDK_JAVA_OPTIONS'],
    ],
    [{ JVMFLAGS: '-Xrunjdwp:transport=dt_socket,server=y,address=5005' }, ['warning ZK-JVM-006 JVMFLAGS']],
    [{ JVMFLAGS: '-javaagent:/jolokia.jar=host=*,port=8778' }, ['warning ZK-JVM-006 JVMFLAGS']],
    [{ SERVER_JVMFLAGS: '-javaagent:/jmx.jar=7070:/config.yml' }, []],
    [{ SERVER_JVMFLAGS: jmx }, []],
    [{ JVMFLAGS: '-javaagent:/otel.jar' }, []],
    [{ JVMFLAGS: '-agentlib:jdwp=transport=dt_socket,server=n,address=host:5005' }, []],
    [{ JMXPORT: '9010', JMXAUTH: 'true' }, []],
  ])('%j', async (variables, expected) => {
    expect(await found(variables)).toEqual(expected);
  });
});

describe('remote JMX', () => {
  const REMOTE = '-Dcom.sun.management.jmxremote';
  const open = '-Dcom.sun.management.jmxremote.port=9010 -Dcom.sun.management.jmxremote.authenticate=false';
  it.each<[Variables, string[]]>([
    [{ JMXPORT: '9010' }, ['warning ZK-JVM-007 JMXPORT']],
    [{ JMXPORT: '9010', JMXSSL: 'true' }, ['warning ZK-JVM-007 JMXPORT']],
    [{ JMXPORT: '9010', JMXAUTH: 'true' }, []],
    [{ JMXPORT: '9010', JMXAUTH: 'true', JAVA_HOME: '/java' }, ['error ZK-JVM-009 JMXPORT']],
    [{ SERVER_JVMFLAGS: `${REMOTE}.port=9010`, JAVA_HOME: '/java' }, ['error ZK-JVM-009 SERVER_JVMFLAGS']],
    [{ JMXPORT: '9010', JMXAUTH: 'true', JAVA_HOME: '/made' }, []],
    [
      { JMXPORT: '9010', JMXAUTH: 'true', JVMFLAGS: `${REMOTE}.password.file=/missing` },
      ['error ZK-JVM-009 JVMFLAGS'],
    ],
    [{ JMXPORT: '9010', JMXAUTH: 'true', JVMFLAGS: `${REMOTE}.password.file=/pw`, JAVA_HOME: '/java' }, []],
    [{ JMXPORT: '9010', JMXAUTH: 'true', JVMFLAGS: `${REMOTE}.login.config=Jmx`, JAVA_HOME: '/java' }, []],
    [{ JVMFLAGS: '-Dcom.sun.management.config.file=/missing' }, ['error ZK-JVM-009 JVMFLAGS']],
    [{ JMXPORT: '9010', JMXDISABLE: 'true' }, []],
    [{ JMXPORT: '9010', SERVER_JVMFLAGS: '-Dcom.sun.management.jmxremote.host=127.0.0.1' }, []],
    [{ JMXPORT: '9010', JVMFLAGS: '-Dcom.sun.management.jmxremote.authenticate=true' }, []],
    [{ SERVER_JVMFLAGS: open }, ['warning ZK-JVM-007 SERVER_JVMFLAGS']],
    [{ JMXLOCALONLY: 'true' }, []],
  ])('%j', async (variables, expected) => {
    const files = { '/pw': '', '/made/conf/management/jmxremote.password': '' };
    expect(await found(variables, { files })).toEqual(expected);
  });

  it('has one port for both of its parts, unless a flag says otherwise', async () => {
    const args = async (variables: Variables) => (await prepared(variables)).draft?.plan.java.args ?? [];
    const rmi = '-Dcom.sun.management.jmxremote.rmi.port';
    expect(await args({ JMXPORT: '9010' })).toContain(`${rmi}=9010`);
    const both = await args({ JMXPORT: '9010', SERVER_JVMFLAGS: `${rmi}=9011` });
    expect(both.indexOf(`${rmi}=9011`)).toBeGreaterThan(both.indexOf(`${rmi}=9010`));
  });
});

describe('a Java without a module', () => {
  it.each<[Variables, string, string[]]>([
    [{ SERVER_JVMFLAGS: '-javaagent:/agent.jar' }, '', ['error ZK-JVM-008 SERVER_JVMFLAGS']],
    [{ SERVER_JVMFLAGS: '-javaagent:/agent.jar' }, 'java.instrument', []],
    [{ JAVA_TOOL_OPTIONS: '-javaagent:/agent.jar' }, '', ['error ZK-JVM-008 JAVA_TOOL_OPTIONS']],
    [{ JMXPORT: '9010', JMXAUTH: 'true' }, 'java.management', ['error ZK-JVM-008 JMXPORT']],
    [{ JVMFLAGS: '-XX:StartFlightRecording' }, '', ['error ZK-JVM-008 JVMFLAGS']],
    [{ JVMFLAGS: '--add-modules java.net.http' }, '', ['error ZK-JVM-008 JVMFLAGS']],
    [{ JVMFLAGS: '--add-modules=java.net.http,ALL-SYSTEM' }, 'java.net.http', []],
  ])('%j with %s', async (variables, modules, expected) => {
    expect(await found(variables, { javaRelease: RELEASE(modules) })).toEqual(expected);
  });

  it('is not guessed where the file release does not list them', async () => {
    const javaRelease = 'JAVA_VERSION="1.8.0_292"\n';
    expect(await found({ SERVER_JVMFLAGS: '-javaagent:/agent.jar' }, { javaRelease })).toEqual([]);
  });
});

describe('flags that no JVM starts with', () => {
  it.each<[Variables, string[]]>([
    [{ JVMFLAGS: '-Xmx2Gi' }, ['error ZK-JVM-009 JVMFLAGS']],
    [{ JVMFLAGS: '-Xss1MB' }, ['error ZK-JVM-009 JVMFLAGS']],
    [{ JVMFLAGS: '-XX:+UseG1GC -XX:+UseZGC' }, ['error ZK-JVM-009 JVMFLAGS']],
    [{ JVMFLAGS: '-XX:+UseG1GC', _JAVA_OPTIONS: '-XX:+UseSerialGC' }, ['error ZK-JVM-009 _JAVA_OPTIONS']],
    [{ JVMFLAGS: '-XX:+UseG1GC -XX:-UseG1GC -XX:+UseZGC' }, []],
    [{ JVMFLAGS: '-XX:+UseG1GC -XX:+UseG1GC' }, []],
    [{ JVMFLAGS: '@/missing' }, ['error ZK-JVM-009 JVMFLAGS']],
    [{ JVMFLAGS: '-XX:Flags=/missing' }, ['error ZK-JVM-009 JVMFLAGS']],
    [{ JVMFLAGS: '-Xmxx512m' }, ['error ZK-JVM-009 JVMFLAGS']],
    [{ JVMFLAGS: '-xmx512m' }, ['warning ZK-JVM-010 JVMFLAGS']],
    [{ JVMFLAGS: '-Xlgo:gc' }, ['warning ZK-JVM-010 JVMFLAGS']],
    [{ JAVA_TOOL_OPTIONS: '-verbos:gc' }, ['warning ZK-JVM-010 JAVA_TOOL_OPTIONS']],
    [{ JVMFLAGS: '-XX:UseG1GC' }, ['error ZK-JVM-009 JVMFLAGS']],
    [{ JVMFLAGS: '-XX:+UseG1GC=true' }, ['error ZK-JVM-009 JVMFLAGS']],
    [{ JVMFLAGS: '-XX:HeapDumpOnOutOfMemoryError=true' }, ['error ZK-JVM-009 JVMFLAGS']],
    [{ JVMFLAGS: '-XX:MaxRAM=abc' }, ['error ZK-JVM-009 JVMFLAGS']],
    [{ _JAVA_OPTIONS: '-XX:MaxRAMPercentage=70%' }, ['error ZK-JVM-009 _JAVA_OPTIONS']],
    [{ JVMFLAGS: '-XX:InitialRAMPercentage=101' }, ['error ZK-JVM-009 JVMFLAGS']],
    [{ JVMFLAGS: '-XX:MaxGCPauseMillis=200ms' }, ['error ZK-JVM-009 JVMFLAGS']],
    [{ JVMFLAGS: '-XX:+UseConcMarkSweepGC' }, ['error ZK-JVM-009 JVMFLAGS']],
    [{ SERVER_JVMFLAGS: '-XX:NumberOfGCLogFiles=5' }, ['error ZK-JVM-009 SERVER_JVMFLAGS']],
    [{ JVMFLAGS: '-XX:MaxPermSize=128m -XX:+IgnoreUnrecognizedVMOptions' }, []],
    [{ JVMFLAGS: '-XX:+UseBiasedLocking -XX:StartFlightRecording -XX:OnError=true' }, []],
    [{ JVMFLAGS: '-XX:+UseContainerSupport -XX:ParallelGCThreads=2' }, []],
  ])('%j', async (variables, expected) => {
    expect(await found(variables)).toEqual(expected);
  });
});

describe('a file that a flag names, and the JVM must open', () => {
  it.each<[Variables, string]>([
    [{ JVMFLAGS: '-javaagent:/gone.jar' }, 'JVMFLAGS: has -javaagent with /gone.jar, which does not exist'],
    [
      { SERVER_JVMFLAGS: '-javaagent:/gone.jar=7070:/c.yml' },
      'SERVER_JVMFLAGS: has -javaagent with /gone.jar',
    ],
    [{ JAVA_TOOL_OPTIONS: '-agentpath:/gone.so=x' }, 'JAVA_TOOL_OPTIONS: has -agentpath with /gone.so'],
    [{ JVMFLAGS: '-Xlog:gc*:file=/gone/gc.log' }, 'JVMFLAGS: has -Xlog with /gone/, which does not exist'],
    [{ JVMFLAGS: '-Xlog:gc*:/gone/gc.log:time:filecount=3' }, 'JVMFLAGS: has -Xlog with /gone/'],
    [{ JVMFLAGS: '-Xloggc:/gone/gc.log' }, 'JVMFLAGS: has -Xloggc with /gone/'],
    [{ JVMFLAGS: '-Xlog:gc:/otel.jar/gc.log' }, 'which is a file, not a directory'],
  ])('%j is refused', async (variables, text) => {
    const { findings } = await prepared(variables);
    const lines = findings.map(({ code, subject, problem }) => `${code} ${subject}: ${problem}`);
    expect(lines.join('\n')).toContain(text);
    expect(lines.join('\n')).toContain('ZK-JVM-009');
  });

  it.each<Variables>([
    { JVMFLAGS: '-javaagent:/otel.jar' },
    { JVMFLAGS: '-javaagent:relative.jar -agentlib:hprof' },
    { JVMFLAGS: '-Xlog:gc*:stdout -Xlog:gc -Xlog:gc:file=gc.log -Xloggc:gc.log' },
  ])('%j passes', async (variables) => expect(await found(variables)).toEqual([]));
});

describe('a key of ZooKeeper as a flag', () => {
  it.each<[string, string, string]>([
    ['-Dzookeeper.preAllocSize=64m', 'ZK-JVM-005', 'give a whole number without a unit'],
    ['-Dzookeeper.forceSync=false', 'ZK-JVM-005', 'give yes or no'],
    ['-Djute.maxbuffer=4m', 'ZK-JVM-005', 'give a whole number of bytes without a unit'],
    ['-Dreadonlymode.enabled=yes', 'ZK-JVM-005', 'give true or false'],
    ['-DsnapCount=5000', 'ZK-JVM-005', 'write -Dzookeeper.snapCount, or add snapCount to ZK_EXTRA_CONFIG'],
    ['-DtickTime=2000', 'ZK-JVM-005', 'remove it and set ZK_TICK_TIME'],
    ['-Dzookeeper.jute.maxbuffer=4194304', 'ZK-JVM-005', 'write -Djute.maxbuffer, without the prefix'],
    ['-Dzookeeper.connectionMaxTokens=5', 'ZK-JVM-005', 'write -Dzookeeper.connection_throttle_tokens'],
    ['-Dzookeeper.snapcount=5000', 'ZK-SETTING-009', 'did you mean -Dzookeeper.snapCount?'],
    ['-Dzookeeper.serverCnxnFactory=Netty', 'ZK-CONFIG-001', 'give the whole name of a class: '],
    ['-Dzookeeper.nio.numSelectorThreads=0', 'ZK-CONFIG-001', 'give a whole number, 1 or more'],
    [
      '-Dzookeeper.DigestAuthenticationProvider.digestAlg=SHA512',
      'ZK-CONFIG-001',
      'give one of SHA1, SHA-1, ',
    ],
  ])('%s is %s: %s', async (flag, code, remedy) => {
    const { findings } = await prepared({ JVMFLAGS: flag });
    expect(findings).toEqual([expect.objectContaining({ code, subject: 'JVMFLAGS' })]);
    expect(findings[0]?.remedy).toContain(remedy);
  });

  it.each([
    '-Djute.maxbuffer=0x100000',
    '-Djute.maxbuffer=4194304',
    '-Dreadonlymode.enabled=true',
    '-Dzookeeper.snapCount=5000',
    '-Dzookeeper.root.logger=WARN',
    '-Dzookeeper.log.threshold=WARN',
    '-Dzookeeper.client.secure=true',
    '-Dzookeeper.serverCnxnFactory=com.example.Factory',
    '-Dzookeeper.DigestAuthenticationProvider.digestAlg=sha-512',
    '-Dzookeeper.plugin.of.ours=7',
  ])('control: %s', async (flag) => expect(await found({ JVMFLAGS: flag })).toEqual([]));
});
