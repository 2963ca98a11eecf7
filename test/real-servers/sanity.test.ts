import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import { sanity } from '../../src/commands/sanity.ts';
import { connectMember } from '../../src/host/zookeeper-client/zookeeper-client.ts';
import type { Connected } from '../../src/sanity/session.ts';
import { plainZooKeeper, startMembers } from './members.ts';

const TIMEOUT_MS = 10_000;

async function session(port: number): Promise<Connected> {
  const outcome = await connectMember({ host: '127.0.0.1', port, timeoutMs: TIMEOUT_MS });
  if (outcome.kind === 'failed') throw new Error(outcome.sentence);
  return outcome;
}

/** Runs the command as the CLI does; returns its status and what it said. */
async function runSanity(
  connect: string,
  flags: { path?: string; timeoutMs?: number; output?: 'json' } = {},
) {
  const lines: string[] = [];
  const io = {
    out: (line: string) => lines.push(line),
    err: (line: string) => lines.push(`stderr: ${line}`),
  };
  const { path = '/hello', timeoutMs = TIMEOUT_MS, output = 'text' } = flags;
  const status = await sanity({ path, connect, timeoutMs, output }, io, []);
  return { status, text: lines.join('\n') };
}

describe('three members', () => {
  let ensemble: LocalEnsemble;
  beforeAll(async () => {
    ensemble = await startMembers({ size: 3, launch: plainZooKeeper() });
  });
  afterAll(() => ensemble?.close());

  const ask = async <T>(act: (member: Connected) => Promise<T>, index = 0): Promise<T> => {
    const member = await session(ensemble.members[index]?.port ?? 0);
    try {
      return await act(member);
    } finally {
      await member.close();
    }
  };

  it('answer every request of the client as it is', async () => {
    await ask(async (member) => {
      const node = { path: '/client', value: 'one', ephemeral: false };
      expect(await member.exists('/client')).toEqual({ kind: 'done', value: false });
      expect(await member.create(node)).toEqual({ kind: 'done', value: undefined });
      expect(await member.create(node)).toMatchObject({ reason: 'node-exists' });
      expect(await member.exists('/client')).toEqual({ kind: 'done', value: true });
      expect(await member.get('/client')).toEqual({ kind: 'done', value: 'one' });
      expect(await member.set('/client', 'zwei ✓')).toEqual({ kind: 'done', value: undefined });
      expect(await member.get('/client')).toEqual({ kind: 'done', value: 'zwei ✓' });
      expect(await member.create({ ...node, path: '/client/child' })).toMatchObject({ kind: 'done' });
      expect(await member.remove('/client')).toMatchObject({ reason: 'not-empty' });
      expect(await member.remove('/client/child')).toMatchObject({ kind: 'done' });
      expect(await member.remove('/client')).toMatchObject({ kind: 'done' });
      expect(await member.remove('/client')).toMatchObject({ reason: 'no-node' });
      expect(await member.set('/client', '')).toMatchObject({ reason: 'no-node' });
      expect(await member.get('/client')).toMatchObject({ reason: 'no-node' });
    });
  });

  it('show after a sync what was acknowledged elsewhere, every time', async () => {
    const [writer, reader] = await Promise.all([session(port(0)), session(port(1))]);
    await writer.create({ path: '/counter', value: '', ephemeral: true });
    for (let count = 0; count < 100; count++) {
      await writer.set('/counter', String(count));
      expect(await reader.sync('/counter')).toEqual({ kind: 'done', value: undefined });
      expect(await reader.get('/counter')).toEqual({ kind: 'done', value: String(count) });
    }
    await Promise.all([writer.close(), reader.close()]);
  });

  it('lose an ephemeral node with its session', async () => {
    await ask((member) => member.create({ path: '/fleeting', value: '', ephemeral: true }));
    expect(await ask((member) => member.exists('/fleeting'))).toEqual({ kind: 'done', value: false });
  });

  it('are sane, and are left as they were', async () => {
    const { status, text } = await runSanity(ensemble.connectString);
    expect(text).toMatch(
      /wrote \/hello in .* ms[\s\S]*read it after a sync[\s\S]*read it after a sync[\s\S]*ok: one write, 2 reads/,
    );
    expect(status).toBe(0);
    expect(await ask((member) => member.exists('/hello'))).toEqual({ kind: 'done', value: false });
  });

  it('keep a node that was there before, and lose the parents that were not', async () => {
    await ask((member) => member.create({ path: '/kept', value: 'precious', ephemeral: false }));
    expect(await runSanity(ensemble.connectString, { path: '/kept' })).toMatchObject({
      status: 0,
      text: expect.stringContaining('/kept exists and is not changed; /kept-sanity-'),
    });
    expect(await runSanity(ensemble.connectString, { path: '/made/for/it' })).toMatchObject({ status: 0 });
    await ask(async (member) => {
      expect(await member.get('/kept')).toEqual({ kind: 'done', value: 'precious' });
      expect(await member.exists('/made')).toEqual({ kind: 'done', value: false });
    });
  });

  it('are sane for many checks at once, and nothing is left of them', async () => {
    const runs = await Promise.all(
      Array.from({ length: 8 }, () => runSanity(ensemble.connectString, { path: '/busy/node' })),
    );
    expect(runs.map(({ status }) => status)).toEqual(runs.map(() => 0));
  });

  it('are reported in JSON', async () => {
    const { status, text } = await runSanity(ensemble.connectString, { output: 'json' });
    expect(status).toBe(0);
    expect(JSON.parse(text)).toMatchObject({
      ok: true,
      node: '/hello',
      leftovers: [],
      members: [{}, {}, {}],
    });
  });

  it('of which a follower is frozen: that one is named, the others are read, and the status is 69', async () => {
    const roles = await ensemble.roles();
    const frozen = ensemble.members.find((member) => roles.get(member) === 'follower');
    frozen?.kill('SIGSTOP');
    try {
      const { status, text } = await runSanity(ensemble.connectString, { timeoutMs: 1_500 });
      expect(status).toBe(69);
      const name = `127.0.0.1:${frozen?.port}`;
      expect(text).toContain(`${name}  FAILED: took the connection but gave no session within 1500 ms`);
      expect(text).toContain(`failed: ${name}`);
      expect(text).toMatch(/wrote \/hello[\s\S]*read it after a sync/);
    } finally {
      frozen?.kill('SIGCONT');
      await ensemble.waitUntilServing({ timeoutMs: 30_000 });
    }
  });

  it('of which two are gone: every one is named, with what it lacks', async () => {
    const [survivor, ...others] = ensemble.members;
    for (const member of others) member.kill('SIGKILL');
    await Promise.all(others.map(({ exited }) => exited));
    await expect.poll(async () => (await survivor?.srvr())?.serving, { timeout: 20_000 }).toBe(false);
    const { status, text } = await runSanity(ensemble.connectString, { timeoutMs: 2_000 });
    expect(status).toBe(69);
    expect(text).toContain(
      `127.0.0.1:${port(0)}  FAILED: closed the connection at once: it does not serve (no quorum?)`,
    );
    expect(text.match(/FAILED: refuses the connection/g)).toHaveLength(2);
    for (const member of others) await member.restart();
    await ensemble.waitUntilServing({ timeoutMs: 60_000 });
    expect(await runSanity(ensemble.connectString)).toMatchObject({ status: 0 });
  });

  const port = (index: number) => ensemble.members[index]?.port ?? 0;
});

describe('a member that is alone', () => {
  let ensemble: LocalEnsemble;
  beforeAll(async () => {
    ensemble = await startMembers({ size: 1, launch: plainZooKeeper() });
  });
  afterAll(() => ensemble?.close());

  it('is written to, and read in a second session', async () => {
    const { status, text } = await runSanity(ensemble.connectString);
    expect(text).toMatch(/wrote \/hello in[\s\S]*read it after a sync in[\s\S]*ok: one write, 1 read,/);
    expect(status).toBe(0);
  });

  it('goes with all its processes and its folder', async () => {
    expect(ensemble.processes().map(({ name }) => name)).toEqual(['java']);
    await ensemble.close();
    expect(ensemble.processes()).toEqual([]);
  });
});
