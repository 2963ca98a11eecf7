import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memberIn, run, temporaryFolder } from './run.ts';

describe('check', () => {
  it('ends with 0 when start would start', async () => {
    const { exitCode, stdout } = await run(['check'], memberIn(temporaryFolder()));
    expect(stdout).toBe('server 1 of 1: would start (0 errors, 0 warnings)');
    expect(exitCode).toBe(0);
  });

  it('says every problem at once and ends with 78', async () => {
    const variables = memberIn(temporaryFolder(), {
      ZK_CLIENT_PORT: 'x',
      ZK_TICK_TIME: '2s',
      ZK_REPLICA: '3',
      ZK_PURGE_INTERVAL: '0',
    });
    const { exitCode, stdout } = await run(['check'], variables);
    expect(exitCode).toBe(78);
    for (const name of ['ZK_CLIENT_PORT', 'ZK_TICK_TIME', 'ZK_REPLICA:', 'ZK_PURGE_INTERVAL'])
      expect(stdout).toContain(name);
    expect(stdout).toContain('would be refused (2 errors, 2 warnings)');
  });

  it('answers in JSON', async () => {
    const { stdout } = await run(
      ['check', '--output', 'json'],
      memberIn(temporaryFolder(), { ZK_PURGE_INTERVAL: '0' }),
    );
    expect(JSON.parse(stdout)).toEqual({
      findings: [
        {
          code: 'ZK-PURGE-001',
          severity: 'warning',
          subject: 'ZK_PURGE_INTERVAL',
          problem: expect.any(String),
          remedy: expect.any(String),
          link: expect.stringMatching(/^https:/),
        },
      ],
      summary: { errors: 0, warnings: 1, notes: 0, silenced: 0, wouldStart: true },
    });
  });

  it('silences what ZK_IGNORE_FINDINGS names, under ZK_STRICT too, and says how many', async () => {
    const variables = { ZK_PURGE_INTERVAL: '0', ZK_STRICT: 'true', ZK_IGNORE_FINDINGS: 'zk-purge-001' };
    const { exitCode, stdout } = await run(['check'], memberIn(temporaryFolder(), variables));
    expect(stdout).toBe(
      'server 1 of 1: would start (0 errors, 0 warnings, 1 silenced by ZK_IGNORE_FINDINGS)',
    );
    expect(exitCode).toBe(0);
  });

  it('silences no error', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/myid'), '2\n');
    const variables = memberIn(folder, { ZK_IGNORE_FINDINGS: 'ZK-VOLUME-001' });
    const { exitCode, stdout } = await run(['check'], variables);
    expect(stdout).toContain('error ZK-SETTING-001 ZK_IGNORE_FINDINGS: ');
    expect(stdout).toContain('ZK_CONSENT');
    expect(exitCode).toBe(78);
  });

  it.each<[string[], number, string]>([
    [['zk-volume-001'], 0, 'ZK-VOLUME-001 (error)'],
    [['list'], 0, 'ZK-PURGE-002'],
    [[], 0, 'ZK-PURGE-002'],
    [['ZK-VOLUM-001'], 64, 'did you mean ZK-VOLUME-001?'],
    [['nonsense'], 64, '--explain without a code lists them all'],
  ])('explains %j', async (code, status, words) => {
    const { exitCode, stdout, stderr } = await run(['check', '--explain', ...code], {});
    expect(stdout + stderr).toContain(words);
    expect(exitCode).toBe(status);
  });

  it('goes on to settings and volume when it does not even know who it is', async () => {
    const folder = temporaryFolder();
    const variables = memberIn(folder, {
      POD_NAME: 'laptop',
      ZK_MIN_SESSION_TIMEOUT: '90000',
      ZK_EXTRA_CONFIG: 'tickTime=1',
    });
    const { stdout } = await run(['check'], variables);
    for (const code of ['ZK-IDENTITY-001', 'ZK-TIMING-002', 'ZK-SETTING-007']) expect(stdout).toContain(code);
  });
});
