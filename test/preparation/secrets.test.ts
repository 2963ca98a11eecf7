import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingLine } from '../../src/findings/finding.ts';
import { explain } from '../../src/preparation/explain.ts';
import { planAsText, shownPlan } from '../../src/preparation/masked-plan.ts';
import { prepare } from '../../src/preparation/prepare.ts';
import { isHarmlessKey } from '../../src/render/harmless.ts';
import { rows } from '../../src/settings/table.ts';
import { knownKeys } from '../../src/zookeeper/keys.ts';
import { fakeMachine, type MachineDescription } from './fake-machine.ts';

const SECRET = 'Zq7-pLanTed-9xK';

/** Everything that is shown of a start, and the files that others than the owner may read. */
async function seen(description: MachineDescription): Promise<string> {
  const machine = fakeMachine({ release: '3.9.6', ...description });
  const prepared = await prepare(machine, { assume: { kind: 'nothing' } });
  const { draft, findings } = prepared;
  const open = draft?.plan.files.filter(({ mode }) => (mode & 0o077) !== 0) ?? [];
  return [
    ...findings.map(findingLine),
    ...explain(prepared).map(({ value }) => value),
    ...(draft === undefined ? [] : [planAsText(shownPlan(draft.input))]),
    ...open.map(({ content }) => content),
  ].join('\n');
}

async function given(variables: Record<string, string>): Promise<string> {
  return seen({ variables: { ZK_REPLICAS: '3', ...variables } });
}

const key = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9._-]{0,20}$/).filter((word) => !knownKeys.includes(word));
const harmlessNames = new Set(['server', 'group', 'weight', 'authProvider']);
const unknownKey = key.filter((word) => !harmlessNames.has(word.split('.')[0] ?? ''));

describe('a secret is not shown', () => {
  it('as the value of a key that nobody knows', async () => {
    await fc.assert(
      fc.asyncProperty(unknownKey, async (name) => {
        const text = await given({ ZK_EXTRA_CONFIG: `snapCount=1000\n${name}=${SECRET}` });
        expect(text).not.toContain(SECRET);
        expect(text).toContain(`${name}=********`);
      }),
      { numRuns: 100 },
    );
  });

  it('as the value of a property that nobody knows', async () => {
    await fc.assert(
      fc.asyncProperty(
        unknownKey,
        fc.constantFrom('', 'zookeeper.', 'java.', 'javax.net.ssl.'),
        async (name, prefix) => {
          const flag = `-D${prefix}x${name}=${SECRET}`;
          expect(await given({ JVMFLAGS: flag, SERVER_JVMFLAGS: flag })).not.toContain(SECRET);
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each([
    `-javaagent:/x.jar=password=${SECRET}`,
    `-javaagent:/x.jar=${SECRET}`,
    `-agentpath:/x.so=${SECRET}`,
    `-agentlib:jdwp=${SECRET}`,
    `-XX:OnError=curl ${SECRET}`,
    `-XX:OnOutOfMemoryError=${SECRET}`,
    `-XX:Flags=${SECRET}`,
    `@${SECRET}`,
    `-${SECRET}`,
    `-XX:StartFlightRecording=${SECRET}`,
    `-Xrunx:${SECRET}`,
    `-Xbootclasspath/a:${SECRET}`,
    `-Djavax.net.ssl.keyStorePassword=${SECRET}`,
    `-Dhttp.proxyPassword=${SECRET}`,
    `-Da="b ${SECRET}"`,
    `-Da=b\n${SECRET}`,
    `--x=${SECRET}`,
    `-x:${SECRET}`,
    SECRET,
    `-Djava.security.krb5.kdc=http://user:${SECRET}@host`,
    `-Dzookeeper.ssl.keyStore.password=${SECRET}`,
    `-Dzookeeper.DigestAuthenticationProvider.superDigest=super:${SECRET}`,
    `-cp -Da.b=${SECRET}`,
  ])('in the flag %j', async (flag) => {
    expect(await given({ JVMFLAGS: flag, SERVER_JVMFLAGS: flag })).not.toContain(SECRET);
  });

  it.each([
    `ssl.keyStore.password=${SECRET}`,
    `DigestAuthenticationProvider.superDigest=super:${SECRET}`,
    `metricsProvider.password=${SECRET}`,
    `nio.password=${SECRET}`,
    `kerberos.keytab=${SECRET}`,
    `superUser.x=${SECRET}`,
    `a.b: ${SECRET}`,
    `a.b ${SECRET}`,
    `a.b=1 \\\n ${SECRET}`,
    `ssl.keyStore.password=\n${SECRET}`,
    `a=1\n${SECRET}`,
    `a=${SECRET}\na=${SECRET}`,
    `=${SECRET}`,
    `${SECRET}=`,
    `a=1\n${SECRET}==`,
    `a.b=\t${SECRET}\u0007`,
    `snapCount=http://user:${SECRET}@host`,
  ])('in the lines %j', async (lines) => {
    expect(await given({ ZK_EXTRA_CONFIG: lines })).not.toContain(SECRET);
    expect(
      await seen({ variables: { ZK_REPLICAS: '3', ZK_EXTRA_CONFIG_FILE: '/f' }, files: { '/f': lines } }),
    ).not.toContain(SECRET);
  });

  const refusing = rows
    .filter(([, { kind }]) => !kind.parse(`${SECRET} %`).ok)
    .map(([, { variable }]) => variable);
  it.each(refusing)('when the file of %s is the wrong one', async (variable) => {
    const variables = { ZK_REPLICAS: '3', [`${variable}_FILE`]: '/run/secrets/x' };
    if (variable === 'ZK_REPLICAS') Object.assign(variables, { ZK_REPLICAS: '' });
    const text = await seen({ variables, files: { '/run/secrets/x': `${SECRET} %\n` } });
    expect(text).toContain(`ZK-SETTING-001 ${variable}`);
    for (const part of [SECRET, SECRET.toLowerCase(), 'pLanTed']) expect(text).not.toContain(part);
  });

  it('as a number where another number belongs', async () => {
    const text = await seen({
      variables: { ZK_CLIENT_PORT_FILE: '/f', ZK_REPLICAS: '1' },
      files: { '/f': '480815162342' },
    });
    expect(text).toContain('ZK-SETTING-001 ZK_CLIENT_PORT');
    expect(text).not.toContain('4808');
  });

  it.each(['ZK_SUPER_DIGETS', 'ZK_EXTRA_CONFG', 'ZK_PASSWORD'])('of the misspelt %s', async (name) => {
    const text = await given({ [name]: SECRET });
    expect(text).toContain(`ZK-SETTING-004 ${name}`);
    expect(text).not.toContain(SECRET);
  });

  it.each(['ZK_DOMAIN', 'ZK_CLIENT_PORT', 'ZK_DATA_DIR', 'ZK_ENSEMBLE'])(
    'as the password of an address in %s',
    async (name) => {
      const text = await given({
        [name]: `tcp://user:${SECRET}@host:1/x`.replace('tcp', name === 'ZK_CLIENT_PORT' ? 'tcp' : 'http'),
      });
      expect(text).not.toContain(SECRET);
    },
  );
});

describe('what is harmless is shown', () => {
  it.each([
    '-Xmx512m',
    '-Xss1M',
    '-XX:+UseG1GC',
    '-XX:-UsePerfData',
    '-XX:MaxRAMPercentage=70',
    '-XX:MaxDirectMemorySize=64m',
    '-XX:HeapDumpPath=/var/log/zookeeper',
    '-Xlog:gc*:file=/var/log/gc.log:time',
    '-Djava.net.preferIPv4Stack=true',
    '-Dzookeeper.snapCount=1000',
    '-Djute.maxbuffer=4194304',
    '-Djava.security.auth.login.config=/jaas.conf',
    '-ea',
    '-cp /a.jar:/b/*',
    '--add-opens=java.base/java.lang=ALL-UNNAMED',
    '--add-opens java.base/java.lang=ALL-UNNAMED',
    '-javaagent:/agent.jar',
    '-server',
  ])('%s', async (flag) => {
    expect(await given({ JVMFLAGS: flag })).toContain(flag);
  });

  it('of the keys that releases know, all but the passwords', () => {
    const hidden = knownKeys.filter((name) => !isHarmlessKey(name));
    expect(hidden.length).toBeGreaterThan(4);
    expect(hidden.filter((name) => !/password$|superDigest$/i.test(name))).toEqual([]);
    expect(['server.1', 'weight.2', 'authProvider.sasl'].every(isHarmlessKey)).toBe(true);
  });
});
