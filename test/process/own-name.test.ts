import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { describe, expect, it } from 'vitest';
import { type ContainerOptions, fakeJvm, startContainer } from './container.ts';
import { firstOf, threeMembers, volumeWithData } from './members.ts';
import { temporaryFolder } from './run.ts';

/** Reserved to stand for nothing (RFC 6761). */
const NOWHERE = 'zk-0.zk.invalid';
const STARTED = /the JVM is started/;

/** The first of three, with data, under a name of its own that is not its address. */
async function named(
  own: string,
  more: Readonly<Record<string, string>> = {},
  options: ContainerOptions = {},
) {
  const three = await threeMembers(own);
  const listens = { ZK_CLIENT_ADDRESS: '', ZK_HEALTH_ADDRESS: '127.0.0.1' };
  const variables = { ...firstOf(three, listens), ...volumeWithData(), ...more };
  return startContainer(fakeJvm({ serve: true }), { ...options, variables });
}

/** The lines about the own name, without their times. */
const linesOf = (output: string) =>
  output
    .split('\n')
    .filter((line) => /ZK-PEER-00[45]|until its own name/.test(line))
    .map((line) => line.replace(/^.*?\] - /, ''));

describe('an own name that does not resolve', () => {
  it('is waited for with progress, then said, and the server started anyway', async () => {
    const container = await named(NOWHERE, { ZK_DNS_TIMEOUT: '1500ms' });
    await container.says(STARTED);
    expect(linesOf(container.output())).toEqual([
      expect.stringMatching(
        `^INFO .* this member waits until its own name ${NOWHERE} resolves \\(\\w+\\), 1.5 s at most; set publishNotReadyAddresses`,
      ),
      expect.stringMatching(`^WARN .* warning ZK-PEER-005 ${NOWHERE}: does not resolve`),
    ]);
  });

  it('is not waited for with a time of 0', async () => {
    const container = await named(NOWHERE, { ZK_DNS_TIMEOUT: '0' });
    await container.says(STARTED);
    expect(linesOf(container.output())).toEqual([expect.stringMatching(/^WARN .* ZK-PEER-005/)]);
  });

  it('is not reported when ZK_IGNORE_FINDINGS names its code', async () => {
    const container = await named(NOWHERE, { ZK_DNS_TIMEOUT: '0', ZK_IGNORE_FINDINGS: 'ZK-PEER-005' });
    await container.says(STARTED);
    expect(linesOf(container.output())).toEqual([]);
  });

  it('refuses the start under ZK_STRICT', async () => {
    const container = await named(NOWHERE, {
      ZK_DNS_TIMEOUT: '0',
      ZK_STRICT: 'true',
      ZK_IGNORE_FINDINGS: 'ZK-PEER-003,ZK-PEER-014,ZK-DISTRIBUTION-005,ZK-DISTRIBUTION-007',
    });
    expect(await container.ended()).toMatchObject({ exitCode: 78 });
    expect(linesOf(container.output())).toEqual([
      expect.stringMatching(/^ERROR .* error ZK-PEER-005/),
      expect.stringMatching(/^ERROR .* refused to start, status 78: ZK-PEER-005/),
    ]);
    expect(container.terminationMessage()).toMatch(/ZK-PEER-005/);
  });

  it('is shown in /status', async () => {
    const container = await named(NOWHERE, { ZK_DNS_TIMEOUT: '0' });
    await container.says(STARTED);
    const response = await fetch(`http://127.0.0.1:${container.variables['ZK_HEALTH_PORT']}/status`);
    expect(JSON.stringify(await response.json())).toContain('"ZK-PEER-005"');
  });

  it('is told to the probes meanwhile, which let it wait', async () => {
    const container = await named(NOWHERE, { ZK_DNS_TIMEOUT: '60s' });
    await container.says(/until its own name/);
    const response = await fetch(`http://127.0.0.1:${container.variables['ZK_HEALTH_PORT']}/startupz`);
    expect(await response.text()).toMatch(/^ok\nthis member waits until its own name/);
    container.process.kill('SIGTERM');
    expect(await container.ended()).toMatchObject({ exitCode: 0 });
    expect(container.output()).not.toMatch(STARTED);
  });

  it('does not concern a server alone', async () => {
    const container = startContainer(fakeJvm({ serve: true }), { variables: { ZK_DOMAIN: 'zk.invalid' } });
    await container.says(STARTED);
    expect(linesOf(container.output())).toEqual([]);
  });
});

describe('an own name', () => {
  it('of this machine is no word worth', async () => {
    const three = await threeMembers();
    const container = startContainer(fakeJvm({ serve: true }), {
      variables: { ...firstOf(three), ...volumeWithData() },
    });
    await container.says(STARTED);
    expect(linesOf(container.output())).toEqual([]);
  });

  // TEST-NET-1, which no machine has (RFC 5737).
  it('that leads to another machine is said with the address, and no reason to wait', async () => {
    const container = await named('192.0.2.1');
    await container.says(STARTED);
    expect(linesOf(container.output())).toEqual([
      expect.stringMatching(
        /^WARN .* warning ZK-PEER-004 192\.0\.2\.1: is the name of this member, but resolves to 192\.0\.2\.1, which is not this machine/,
      ),
    ]);
  });
});

const mayMount = execaSync('unshare', ['--mount', 'true'], { reject: false }).exitCode === 0;
if (!mayMount)
  process.stderr.write('SKIPPED: unshare --mount is not permitted, so no name began to resolve\n');

describe.skipIf(!mayMount)('a name in the hosts file', () => {
  /** A mount namespace whose hosts file is ours to change. */
  function withHosts(text: string) {
    const hosts = join(temporaryFolder(), 'hosts');
    writeFileSync(hosts, text);
    const script = `mount --bind '${hosts}' /etc/hosts && exec "$@"`;
    return { hosts, before: ['unshare', '--mount', 'bash', '--norc', '-c', script, 'bash'] };
  }

  it('that begins to resolve ends the wait', async () => {
    const { hosts, before } = withHosts('127.0.0.1 localhost\n');
    const container = await named(NOWHERE, { ZK_DNS_TIMEOUT: '60s' }, { before });
    await container.says(/until its own name/);
    writeFileSync(hosts, `127.0.0.1 localhost ${NOWHERE}\n`);
    await container.says(STARTED);
    expect(linesOf(container.output())).toHaveLength(1);
  });

  it('that leads to another machine is said', async () => {
    const { before } = withHosts(`127.0.0.1 localhost\n192.0.2.7 ${NOWHERE}\n`);
    const container = await named(NOWHERE, {}, { before });
    await container.says(STARTED);
    expect(linesOf(container.output())).toEqual([
      expect.stringMatching(
        `ZK-PEER-004 ${NOWHERE}: .* resolves to 192\\.0\\.2\\.7, which is not this machine`,
      ),
    ]);
  });
});
