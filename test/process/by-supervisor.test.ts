import { describe, expect, it, onTestFinished } from 'vitest';
import { startHealthServer } from '../../src/host/network/health-server.ts';
import { answer } from '../health/answers.ts';
import { answering, closedPort, serverThat } from '../host/servers.ts';
import { HIDDEN, nastyInJson } from '../text/nasty.ts';
import { elsewhere, firstOf, type Three, threeMembers } from './members.ts';
import { run } from './run.ts';

/** What a supervisor's /status?verbose holds of its ZooKeeper, with `survey` left out for an older one. */
interface Spoken {
  readonly id: number;
  readonly mode: string | null;
  readonly zookeeper?: object;
  readonly survey?: object | undefined;
}

const SURVEY = { clientPort: 2181, problem: null, synced: true, uptimeSeconds: 3_605 };

async function supervisor(
  host: string,
  port: number,
  { id, mode, zookeeper, ...more }: Spoken,
): Promise<void> {
  const list = { servers: [], voters: [1, 2, 3], known: [1, 2, 3], volume: 'data', waiting: false };
  const member = { id, instance: `of ${host}`, ensemble: null, domain: null, ...list };
  const facts = { version: '3.9.6', mode, zxid: '0x100000007', connections: 3, withoutQuorumSeconds: null };
  const latencyMs = { min: 0, avg: 0.5, max: 9 };
  const body = JSON.stringify({
    entrypoint: { waiting: null },
    member,
    zookeeper: { ...facts, latencyMs, ...zookeeper },
    survey: SURVEY,
    ...more,
  });
  const give = async () => ({ status: 200, contentType: 'application/json', body });
  const server = await startHealthServer({ address: host, port, answer: give });
  onTestFinished(() => server.close());
}

/** Runs a command as the first of three whose client ports nobody reaches. */
async function asked(three: Three, words: readonly string[], more: Record<string, string> = {}) {
  const variables = {
    ...elsewhere(),
    ...firstOf(three),
    ZK_CLIENT_PORT: String(await closedPort()),
    ...more,
  };
  return run([...words, '--timeout', '1s'], variables);
}

const MODES = ['follower', 'leader', 'follower'] as const;

async function allServe(three: Three, but: Partial<Record<number, Partial<Spoken> | 'silent'>> = {}) {
  for (const [place, host] of three.hosts.entries()) {
    const other = but[place + 1];
    if (other === 'silent') continue;
    const usual: Spoken = { id: place + 1, mode: MODES[place] as string };
    await supervisor(host, three.healthPort, { ...usual, ...other });
  }
}

describe('status where nobody reaches the client ports', () => {
  it('shows what the supervisors know', async () => {
    const three = await threeMembers();
    await allServe(three);
    const { stdout, exitCode } = await asked(three, ['status']);
    expect(stdout).toMatch(/ yes +leader +- +0x100000007 +0 +3 +0\.5\/9 ms +yes +3\.9\.6 +1 h\n/);
    expect(stdout).toMatch(/\na quorum: 3 of 3 voters serve, 2 are needed; 1 more failure is survived$/);
    expect(exitCode).toBe(0);
  });

  it('takes an older supervisor’s word, which tells less', async () => {
    const three = await threeMembers();
    await allServe(three, { 2: { survey: undefined } });
    const { stdout, exitCode } = await asked(three, ['status']);
    expect(stdout).toContain('a quorum: 3 of 3 voters serve');
    expect(exitCode).toBe(0);
  });

  it('says of a member that nobody speaks for what was tried', async () => {
    const three = await threeMembers();
    await allServe(three, { 3: 'silent' });
    const { stdout, exitCode } = await asked(three, ['status']);
    expect(stdout).toMatch(
      /: nothing listens on the client port.*; its supervisor does not answer on port \d+\n/,
    );
    expect(stdout).toContain('a quorum: 2 of 3 voters serve');
    expect(exitCode).toBe(1);
  });

  it.each<[string, Partial<Spoken>, RegExp]>([
    ['another member’s', { id: 2 }, /nothing listens on the client port/],
    [
      'one without a quorum',
      { mode: null, zookeeper: { withoutQuorumSeconds: 7 } },
      /it is without a quorum/,
    ],
    [
      'one that tells why',
      { mode: null, survey: { ...SURVEY, problem: 'its JVM does not run: see its log' } },
      /: its JVM does not run/,
    ],
  ])('does not count a supervisor as serving that is %s', async (_what, spoken, says) => {
    const three = await threeMembers();
    await allServe(three, { 3: spoken });
    const { stdout, exitCode } = await asked(three, ['status']);
    expect(stdout).toMatch(says);
    expect(stdout).toContain('a quorum: 2 of 3 voters serve');
    expect(exitCode).toBe(1);
  });

  it('is not misled by what is no number, and shows nothing hidden', async () => {
    const three = await threeMembers();
    const problem = nastyInJson.map(([, text]) => text.slice(0, 100)).join('');
    await allServe(three, {
      2: { zookeeper: { zxid: 'banana', connections: -1, latencyMs: { avg: 'x' }, version: problem } },
      3: { mode: problem, survey: { problem, clientPort: problem, synced: 3, uptimeSeconds: -1 } },
    });
    for (const output of ['text', 'json']) {
      const { stdout, stderr, exitCode } = await asked(three, ['status', '--output', output]);
      expect(stdout + stderr).not.toMatch(HIDDEN);
      expect(exitCode).toBe(1);
    }
  });

  it('does not know whether there is a quorum where nobody can be asked', async () => {
    const three = await threeMembers();
    const { stdout, exitCode } = await asked(three, ['status'], { ZK_HEALTH_PORT: '0' });
    expect(stdout).toMatch(
      /\nnot known whether there is a quorum: none of 3 voters could be asked from here/,
    );
    expect(exitCode).toBe(69);
  });
});

describe('status beside a health port that swallows what is sent', () => {
  it('asks ZooKeeper itself in the time that is left', async () => {
    const three = await threeMembers();
    const port = await closedPort();
    const places = three.hosts.map((host) => ({ host, port }));
    const words = (mode: string) => (word: string) => answer(`3.9.6-${mode}-${word}`);
    for (const [index, place] of places.entries()) {
      const silent = await serverThat(() => undefined, { ...place, port: three.healthPort });
      const server = await answering(words(MODES[index] as string), place);
      onTestFinished(() => silent[Symbol.asyncDispose]());
      onTestFinished(() => server[Symbol.asyncDispose]());
    }
    const { stdout, exitCode } = await asked(three, ['status'], { ZK_CLIENT_PORT: String(port) });
    expect(stdout).toContain('a quorum: 3 of 3 voters serve');
    expect(exitCode).toBe(0);
  });
});

describe('sanity where nobody reaches the client ports', () => {
  it('says what it cannot test, and calls no member failed', async () => {
    const three = await threeMembers();
    await allServe(three);
    const { stdout, exitCode } = await asked(three, ['sanity']);
    expect(
      stdout.match(/cannot be asked from here, but its supervisor reports that it serves as/g),
    ).toHaveLength(3);
    expect(stdout).toMatch(/\nnot tested: .*; nothing was written$/);
    expect(stdout).not.toMatch(/FAILED|failed/);
    expect(exitCode).toBe(69);
  });

  it('still calls one failed that nobody vouches for', async () => {
    const three = await threeMembers();
    await allServe(three, { 2: { id: 3 } });
    const { stdout, exitCode } = await asked(three, ['sanity']);
    expect(stdout).toMatch(new RegExp(`${three.hosts[1]} +FAILED: refuses the connection`));
    expect(exitCode).toBe(69);
  });
});
