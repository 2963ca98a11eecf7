import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Container, fakeJvm, seen, startContainer } from './container.ts';
import { emptyVolume, firstOf, recordText, threeMembers } from './members.ts';
import { run } from './run.ts';

const TOKEN = /ZK_CONSENT=((\S+?):(\S+?):([0-9a-f]{8}))/;

type Volume = ReturnType<typeof emptyVolume>;

/** A server alone that has served from this volume, on which no data is left. */
async function servedAndEmptied(): Promise<Volume> {
  const volume = emptyVolume();
  const container = standalone(volume);
  await seen(
    () => existsSync(join(volume.ZK_DATA_DIR, 'zk-entrypoint.json')) && hasServed(volume),
    () => 'a record of having served',
  );
  container.process.kill('SIGTERM');
  await container.ended();
  return volume;
}

function standalone(volume: Volume, consent = '', more: Readonly<Record<string, string>> = {}): Container {
  const variables = { ...volume, ZK_CONSENT: consent, ...more };
  return startContainer(fakeJvm({ mode: 'standalone' }), { variables });
}

/** Whether its record says with whom it has served. */
function hasServed(volume: Volume): boolean {
  return JSON.parse(recordText(volume)).members.length > 0;
}

/** The consent that a start refuses for. */
async function refusalOf(container: Container): Promise<string> {
  expect((await container.ended()).exitCode).toBe(78);
  expect(container.output()).toMatch(/ERROR .*error ZK-VOLUME-027 /);
  return TOKEN.exec(container.terminationMessage())?.[1] ?? '';
}

/** Every path on the volume, and the record's text. */
const contentOf = (volume: Volume) => [
  ...readdirSync(volume.ZK_DATA_DIR, { recursive: true }).toSorted(),
  recordText(volume),
];

describe('ZK_CONSENT', () => {
  it('lets one start through, and says so', async () => {
    const volume = await servedAndEmptied();
    const before = contentOf(volume);
    const asked = await refusalOf(standalone(volume));
    expect(contentOf(volume)).toEqual(before);
    const container = standalone(volume, asked);
    await container.says(/note ZK-VOLUME-029 ZK_CONSENT: empty-volume was consented to/);
    await container.says(/the JVM is started/);
    expect(JSON.parse(recordText(volume)).consents).toMatchObject([
      { kind: 'empty-volume', token: asked.slice(-8) },
    ]);
  });

  it('is refused a second time, and another one is asked for', async () => {
    const volume = await servedAndEmptied();
    const asked = await refusalOf(standalone(volume));
    const used = standalone(volume, asked);
    await used.says(/ZooKeeper answers/);
    await seen(
      () => hasServed(volume),
      () => 'a record of having served again',
    );
    used.process.kill('SIGTERM');
    await used.ended();
    const again = standalone(volume, asked);
    const askedNow = await refusalOf(again);
    expect(askedNow).not.toBe(asked);
    await standalone(volume, `${asked},${askedNow}`).says(/the JVM is started/);
  });

  it('does nothing where it was left on but to be mentioned', async () => {
    const volume = await servedAndEmptied();
    const asked = await refusalOf(standalone(volume));
    await standalone(volume, asked).says(/the JVM is started/);
    const next = emptyVolume();
    const container = standalone(next, asked);
    await container.says(
      /note ZK-VOLUME-030 ZK_CONSENT: .* is not needed: it was used before, or it is for another state/,
    );
    await container.says(/the JVM is started/);
    expect(JSON.parse(recordText(next)).consents).toEqual([]);
  });

  it.each<[string, (asked: string) => string]>([
    ['another pod', (asked) => asked.replace('zk-0', 'zk-1')],
    ['another kind', (asked) => asked.replace('empty-volume', 'shrink')],
    ['another token', (asked) => `${asked.slice(0, -8)}00000000`],
  ])('of %s lets nothing through', async (_what, changed) => {
    const volume = await servedAndEmptied();
    const asked = await refusalOf(standalone(volume));
    expect(await refusalOf(standalone(volume, changed(asked)))).toBe(asked);
  });

  it('does not fit another volume of the same member', async () => {
    const [one, other] = [await servedAndEmptied(), await servedAndEmptied()];
    const asked = await refusalOf(standalone(one));
    await refusalOf(standalone(other, asked));
  });

  it.each(['yes', 'empty-volume:zk-0', 'empty-volume:zk-0:1f0c9a3', 'all:zk-0:1f0c9a3e'])(
    'of %j is refused by itself',
    async (consent) => {
      const container = standalone(emptyVolume(), consent);
      expect((await container.ended()).exitCode).toBe(78);
      expect(container.output()).toContain('error ZK-SETTING-001 ZK_CONSENT: ');
    },
  );
});

describe('the command consent', () => {
  const CONSENT_FILE = 'zk-entrypoint.consent';

  /** The first of three on an empty volume, of whose peers nobody is there. */
  async function heldBack(more: Readonly<Record<string, string>> = {}) {
    const volume = emptyVolume();
    const variables = { ...firstOf(await threeMembers(), more), ...volume };
    const container = startContainer(fakeJvm({ serve: true }), { variables });
    const [, token = ''] = await container.says(/or here: zk-entrypoint consent ([0-9a-f]{8})/);
    return { container, token, volume };
  }

  it('lets the waiting start begin with nothing, once', async () => {
    const { container, token, volume } = await heldBack();
    const said = await run(['consent', token.toUpperCase()], container.variables);
    expect(said).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^consented: /), stderr: '' });
    await container.says(/note ZK-VOLUME-029 ZK_CONSENT: empty-volume was consented to/);
    await container.says(/the JVM is started/);
    expect(existsSync(join(volume.ZK_DATA_LOG_DIR, 'initialize'))).toBe(true);
    expect(readdirSync(volume.ZK_DATA_DIR)).not.toContain(CONSENT_FILE);
    expect(JSON.parse(recordText(volume)).consents).toMatchObject([{ kind: 'empty-volume', token }]);
    const again = await run(['consent', token], container.variables);
    expect(again.exitCode).toBe(64);
  });

  it.each([
    [
      'a wrong token',
      ['00000000'],
      64,
      /^error: the token "00000000" does not match the state of this member/,
    ],
    ['what is no token', ['yes'], 64, /the token "yes" does not match/],
    ['a whole consent', ['empty-volume:zk-0:00000000'], 64, /does not match/],
    ['nothing', [], 64, /missing required argument 'token'/],
    ['two tokens', ['00000000', '00000001'], 64, /too many arguments/],
  ])('refuses %s, and the member goes on waiting', async (_what, words, status, said) => {
    const { container, volume } = await heldBack();
    const { exitCode, stdout, stderr } = await run(['consent', ...words], container.variables);
    expect(stderr).toMatch(said);
    expect({ exitCode, stdout }).toEqual({ exitCode: status, stdout: '' });
    expect(existsSync(volume.ZK_DATA_DIR)).toBe(false);
    expect(container.output()).not.toContain('the JVM is started');
  });

  it('refuses under settings that are refused', async () => {
    const { container, token } = await heldBack();
    const { exitCode, stderr } = await run(['consent', token], { ...container.variables, ZK_TICK_TIME: 'x' });
    expect(stderr).toContain('the settings are refused; see zk-entrypoint check');
    expect(exitCode).toBe(78);
  });

  it('refuses a token that fits when no start waits', async () => {
    const { container, token, volume } = await heldBack();
    container.process.kill('SIGTERM');
    await container.ended();
    const { exitCode, stderr } = await run(['consent', token], container.variables);
    expect(stderr).toContain('no start of this member waits here');
    expect(exitCode).toBe(64);
    expect(existsSync(join(volume.ZK_DATA_DIR, CONSENT_FILE))).toBe(false);
  });

  it('leaves nothing that a later start would take for a yes', async () => {
    const off = { ZK_HEALTH_PORT: '0' };
    const { container, token, volume } = await heldBack(off);
    container.process.kill('SIGTERM');
    await container.ended();
    const left = join(volume.ZK_DATA_DIR, '..', CONSENT_FILE);
    expect((await run(['consent', token], container.variables)).exitCode).toBe(0);
    expect(statSync(left).mode & 0o777).toBe(0o600);
    const variables = Object.fromEntries(
      Object.entries(container.variables).filter(([name]) => !['PATH', 'JAVA_HOME'].includes(name)),
    );
    const later = startContainer(fakeJvm({ serve: true }), { variables });
    await later.says(new RegExp(`consent ${token}`));
    expect(existsSync(left)).toBe(false);
    expect((await run(['consent', token], later.variables)).exitCode).toBe(0);
    await later.says(/empty-volume was consented to/);
  });

  it('is not given by a file that holds something else', async () => {
    const { container, volume } = await heldBack();
    const left = join(volume.ZK_DATA_DIR, '..', CONSENT_FILE);
    writeFileSync(left, 'yes\n');
    await seen(
      () => !existsSync(left),
      () => 'the file taken away',
    );
    expect(container.output()).not.toContain('consented to');
  });
});
