import { afterEach, describe, expect, it } from 'vitest';
import { type LocalEnsemble, makeEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { cutPower, stop } from '../../scripts/local-ensemble/volumes.ts';
import { connectMember } from '../../src/host/zookeeper-client/zookeeper-client.ts';
import { builtEntrypoint, testHome } from './members.ts';

const SERVING = { timeoutMs: 60_000 };
/** The audit log came with 3.6. */
const audits = !testHome().includes('3.4.');
const LONG = `${'l'.repeat(200 * 1_024)}-"quoted" \\u0041 {} %m ${'${x}'} äöü ✓ \u2028 end`;

let ensemble: LocalEnsemble | undefined;
afterEach(async () => {
  await ensemble?.close();
  ensemble = undefined;
});

interface Line {
  readonly time: string;
  readonly level: string;
  readonly logger: string;
  readonly thread: string;
  readonly message: string;
  readonly stack?: string;
  readonly myid?: number;
  readonly role?: string;
  readonly code?: string;
}

/** Every line of a member; one that is no JSON object fails the test by what it is. */
function linesOf(member: LocalMember): Line[] {
  const lines = member.log().split('\n').slice(0, -1);
  return lines.map((line) => {
    try {
      return JSON.parse(line) as Line;
    } catch {
      throw new Error(`${member.name} wrote a line that is no JSON: ${line.slice(0, 300)}`);
    }
  });
}

/** Fails at the server, which says the path. */
async function failAt({ host, port }: LocalMember, paths: readonly string[]): Promise<void> {
  const session = await connectMember({ host, port, timeoutMs: 10_000 });
  if (session.kind === 'failed') throw new Error(session.sentence);
  // The second time it is there already, which every release logs with its path.
  for (const path of paths)
    for (let times = 0; times < 2; times += 1)
      await session.create({ path: `/${path}`, value: '', ephemeral: false });
  await session.close();
}

describe('a log in JSON', () => {
  it('has every line of start, election, failure and end as an object of one schema, and loses none', async () => {
    const launch = builtEntrypoint({
      ZK_LOG_FORMAT: 'json',
      ZK_EXTRA_CONFIG: audits ? 'audit.enable=true' : '',
      ZK_INIT_LIMIT: '20',
    });
    ensemble = await makeEnsemble({ size: 3, launch });
    for (const member of ensemble.members) member.start();
    await ensemble.waitUntilServing(SERVING);
    const leader = await ensemble.leader();
    const [first, second] = ensemble.members.filter((member) => member !== leader) as [
      LocalMember,
      LocalMember,
    ];
    const numbered = Array.from({ length: 100 }, (_, number) => `number-${number}-of-all`);
    await failAt(first, [...numbered, LONG]);
    // What is on its way when everything is killed at once is lost, as with any pipe.
    await expect
      // Which of them says it depends on the release.
      .poll(() => ensemble?.members.flatMap(linesOf).some(({ message }) => message.includes(LONG)), {
        timeout: 10_000,
      })
      .toBe(true);
    await cutPower(leader);
    await expect
      .poll(
        () =>
          linesOf(first)
            .concat(linesOf(second))
            .some(({ role }) => role === 'leader'),
        { timeout: 30_000 },
      )
      .toBe(true);
    await stop(first, second);
    const all = ensemble.members.flatMap(linesOf);
    for (const line of all) {
      expect(line).toMatchObject({
        level: expect.stringMatching(/^(TRACE|DEBUG|INFO|WARN|ERROR)$/),
        logger: expect.stringMatching(/^(java\.std(out|err)|zk-entrypoint|[\w.$]+)$/),
        thread: expect.any(String),
        message: expect.any(String),
      });
      expect(new Date(line.time).toISOString()).toBe(line.time);
    }
    const said = (member: LocalMember) => linesOf(member).map(({ message }) => message);
    // What a follower is asked, the leader or itself tells.
    const told = ensemble.members.flatMap(said);
    for (const path of numbered)
      expect(
        told.some((message) => message.includes(path)),
        path,
      ).toBe(true);
    expect(told.some((message) => message.includes(LONG))).toBe(true);
    expect(new Set(all.map(({ role }) => role))).toEqual(
      new Set([undefined, 'looking', 'follower', 'leader']),
    );
    expect(all.some(({ stack = '' }) => /^\S+Exception[^\n]*\n\s+at /.test(stack))).toBe(true);
    expect(all.filter(({ message }) => /^\s+at /.test(message))).toEqual([]);
    for (const member of ensemble.members)
      expect(
        linesOf(member)
          .filter(({ logger }) => logger.startsWith('org.'))
          .every(({ myid }) => myid === member.id),
      ).toBe(true);
    if (audits)
      expect(
        all.some(({ logger, message }) => /audit/i.test(logger) && message.includes('operation=create')),
      ).toBe(true);
    expect(linesOf(first).at(-1)).toMatchObject({
      logger: 'zk-entrypoint',
      message: expect.stringMatching(/stopped as SIGTERM asked/),
    });
  });

  it('has a refusal too, with its code', async () => {
    ensemble = await makeEnsemble({
      size: 1,
      launch: builtEntrypoint({ ZK_LOG_FORMAT: 'json', ZK_TICK_TIME: 'fast' }),
    });
    const [only] = ensemble.members as unknown as [LocalMember];
    only.start();
    expect((await only.exited).status).toBe(78);
    expect(linesOf(only)).toContainEqual(expect.objectContaining({ level: 'ERROR', code: 'ZK-SETTING-001' }));
  });
});
