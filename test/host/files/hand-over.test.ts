import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { handOver } from '../../../src/host/files/hand-over.ts';
import { readText } from '../../../src/host/files/read-file.ts';

const account = { uid: 4_242, gid: 4_343 };

interface Stage {
  /** A volume that everybody may write to, as an emptyDir is. */
  readonly volume: string;
  /** A tree of the system's, which nobody may be given. */
  readonly decoy: string;
}

function stage(): Stage {
  const home = mkdtempSync(join(tmpdir(), 'hand-over-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  chmodSync(home, 0o755);
  const [volume, decoy] = [join(home, 'volume'), join(home, 'etc')];
  for (const path of [join(volume, 'data/version-2'), join(decoy, 'ssl')])
    mkdirSync(path, { recursive: true });
  for (const path of [join(volume, 'data/version-2/log.1'), join(decoy, 'passwd'), join(decoy, 'ssl/key')])
    writeFileSync(path, 'root:secret');
  chmodSync(volume, 0o777);
  return { volume, decoy };
}

function ownersIn(folder: string): Record<string, number> {
  const names = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })];
  return Object.fromEntries(names.map((name) => [name, lstatSync(join(folder, name)).uid]));
}

/** Only root can give files away. */
describe.skipIf(process.getuid?.() !== 0)('a directory that root hands over', () => {
  it('is given with all that is in it', () => {
    const { volume } = stage();
    handOver(join(volume, 'data'), { account, apply: true });
    expect(ownersIn(join(volume, 'data'))).toEqual({
      '.': 4_242,
      'version-2': 4_242,
      'version-2/log.1': 4_242,
    });
    expect(lstatSync(volume).uid).toBe(0);
  });

  it('is left as it is by a look', () => {
    const { volume } = stage();
    handOver(join(volume, 'data'), { account, apply: false });
    expect(ownersIn(join(volume, 'data'))['.']).toBe(0);
  });

  it('is made where only root can make it, and the directories above stay root’s', () => {
    const { volume } = stage();
    chmodSync(volume, 0o755);
    handOver(join(volume, 'a/b/data'), { account, apply: true });
    expect(ownersIn(join(volume, 'a'))).toEqual({ '.': 0, b: 0, 'b/data': 4_242 });
  });

  it('is not made where the user can do it', () => {
    const { volume } = stage();
    handOver(join(volume, 'new/data'), { account, apply: true });
    expect(existsSync(join(volume, 'new'))).toBe(false);
  });

  it('that is the user’s own is not looked into', () => {
    const { volume } = stage();
    chownSync(join(volume, 'data'), account.uid, 0);
    handOver(join(volume, 'data'), { account, apply: true });
    expect(ownersIn(join(volume, 'data'))['version-2']).toBe(0);
  });

  it('is reached over links that root alone may change', () => {
    const { volume } = stage();
    symlinkSync(join(volume, 'data'), join(volume, '../mounted'));
    handOver(join(volume, '../mounted'), { account, apply: true });
    expect(ownersIn(join(volume, 'data'))['version-2/log.1']).toBe(4_242);
  });

  const attacks: [string, (stage: Stage) => void, RegExp | undefined][] = [
    [
      'a link in the place of the directory',
      ({ volume, decoy }) => {
        renameSync(join(volume, 'data'), join(volume, 'old'));
        symlinkSync(decoy, join(volume, 'data'));
      },
      /leads over the symbolic link/,
    ],
    [
      'a relative link that climbs',
      ({ volume }) => {
        renameSync(join(volume, 'data'), join(volume, 'old'));
        symlinkSync('../etc', join(volume, 'data'));
      },
      /leads over the symbolic link/,
    ],
    [
      'a link of root’s own, moved there by the user',
      ({ volume, decoy }) => {
        renameSync(join(volume, 'data'), join(volume, 'old'));
        symlinkSync(decoy, join(volume, 'elsewhere'));
        renameSync(join(volume, 'elsewhere'), join(volume, 'data'));
      },
      /leads over the symbolic link/,
    ],
    ['a link inside', ({ volume, decoy }) => symlinkSync(decoy, join(volume, 'data/inner')), undefined],
    [
      'a link in the place of version-2',
      ({ volume, decoy }) => {
        rmSync(join(volume, 'data/version-2'), { recursive: true });
        symlinkSync(decoy, join(volume, 'data/version-2'));
      },
      undefined,
    ],
    [
      'a hard link to a file of the system',
      ({ volume, decoy }) => linkSync(join(decoy, 'passwd'), join(volume, 'data/version-2/log.2')),
      /belongs to uid 0 and has 2 names/,
    ],
  ];

  it.each(attacks)('gives nothing of the system away over %s', (_, attack, refused) => {
    const set = stage();
    attack(set);
    const attempt = () => handOver(join(set.volume, 'data'), { account, apply: true });
    if (refused === undefined) attempt();
    else expect(attempt).toThrow(refused);
    expect([...new Set(Object.values(ownersIn(set.decoy)))]).toEqual([0]);
  });

  // Without this, a decoy that nothing could reach would hold everything to be in order.
  it('would be seen to give the decoy away', () => {
    const { volume, decoy } = stage();
    symlinkSync(decoy, join(volume, 'link'));
    execFileSync('chown', ['-R', '-H', '4242', join(volume, 'link')]);
    expect([...new Set(Object.values(ownersIn(decoy)))]).toEqual([4_242]);
  });

  it('leaves a file with two names alone that is the user’s already', () => {
    const { volume } = stage();
    chownSync(join(volume, 'data/version-2/log.1'), account.uid, account.gid);
    linkSync(join(volume, 'data/version-2/log.1'), join(volume, 'data/backup'));
    handOver(join(volume, 'data'), { account, apply: true });
    expect(ownersIn(join(volume, 'data'))['.']).toBe(4_242);
  });

  it('may be swapped for a link at any moment', async () => {
    const { volume, decoy } = stage();
    const data = join(volume, 'data');
    symlinkSync(decoy, join(volume, 'trap'));
    // renameat2 with RENAME_EXCHANGE is what the system call is for; a loop of renames comes as near as a shell can.
    const swap = `const { renameSync } = require('node:fs'); for (;;) { try { renameSync(${JSON.stringify(data)}, ${JSON.stringify(`${data}.away`)}); renameSync(${JSON.stringify(join(volume, 'trap'))}, ${JSON.stringify(data)}); renameSync(${JSON.stringify(data)}, ${JSON.stringify(join(volume, 'trap'))}); renameSync(${JSON.stringify(`${data}.away`)}, ${JSON.stringify(data)}); } catch { process.exit(1); } }`;
    const racer = spawn(process.execPath, ['-e', swap], { stdio: 'ignore' });
    onTestFinished(() => void racer.kill('SIGKILL'));
    const seen = { given: 0, refused: 0, missing: 0 };
    for (const end = Date.now() + 2_000; Date.now() < end; ) {
      try {
        handOver(data, { account, apply: true });
        seen.given += 1;
      } catch {
        seen.refused += 1;
      }
      if (seen.refused % 50 === 0) await new Promise((turn) => setImmediate(turn));
    }
    expect([...new Set(Object.values(ownersIn(decoy)))]).toEqual([0]);
    // Both were met, so the swap was seen in the middle of it.
    expect(seen.given).toBeGreaterThan(0);
    expect(seen.refused).toBeGreaterThan(0);
  });
});

describe.skipIf(process.getuid?.() !== 0)('what root reads on a volume', () => {
  it.each<[string, (stage: Stage) => void]>([
    ['a link', ({ volume, decoy }) => symlinkSync(join(decoy, 'passwd'), join(volume, 'myid'))],
    [
      'a link on the way',
      ({ volume, decoy }) => {
        writeFileSync(join(decoy, 'myid'), 'root:secret');
        rmSync(volume, { recursive: true });
        mkdirSync(volume);
        chmodSync(volume, 0o777);
        symlinkSync(decoy, join(volume, 'data'));
      },
    ],
  ])('is never that of another place: %s', (_, attack) => {
    const set = stage();
    attack(set);
    const path = [join(set.volume, 'myid'), join(set.volume, 'data/myid')].find((each) => existsSync(each));
    expect(() => readText(path as string, { maxBytes: 100, lies: 'volume' })).toThrow(
      /leads over the symbolic link/,
    );
    expect(readText(path as string, { maxBytes: 100 })).toBe('root:secret');
  });
});
