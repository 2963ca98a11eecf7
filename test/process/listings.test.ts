import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { fakeJvm, startContainer } from './container.ts';
import { temporaryFolder } from './run.ts';

const preloaded = join(import.meta.dirname, 'count-listings.cjs');
/** Once, and once more where it must be fresh. */
const MOST = 2;

/** How often each directory below `folder` was listed. */
function counts(file: string, folder: string): Record<string, number> {
  const paths = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const below = `${realpathSync(folder)}/`;
  const listed = paths.filter((path) => path.startsWith(below)).map((path) => path.slice(below.length));
  const byPath = [...Map.groupBy(listed, (path) => path)];
  return Object.fromEntries(byPath.map(([path, all]) => [path, all.length]));
}

describe('a healthy start', () => {
  it.each(['an empty volume', 'a volume with data'])(
    `lists no directory of %s more than ${MOST} times`,
    async (what) => {
      const counted = join(temporaryFolder(), 'listings');
      const { folder, says } = startContainer(fakeJvm({}), {
        variables: { NODE_OPTIONS: `--require=${preloaded}`, LISTINGS: counted },
        prepare(member) {
          if (what === 'an empty volume') return;
          for (const name of ['data', 'datalog'])
            mkdirSync(join(member, name, 'version-2'), { recursive: true });
          writeFileSync(join(member, 'data/myid'), '1\n');
          writeFileSync(
            join(member, 'data/version-2/snapshot.0'),
            `ZKSN\0\0\0\u0002${'\0'.repeat(60)}\0\0\0\u0001/`,
          );
        },
      });
      await says(/ready \d+/);
      const ofVolume = Object.entries(counts(counted, folder)).filter(([path]) => path.startsWith('data'));
      expect(ofVolume.filter(([, times]) => times > MOST)).toEqual([]);
      if (what === 'a volume with data')
        expect(ofVolume.map(([path]) => path)).toEqual(
          expect.arrayContaining(['data/version-2', 'datalog/version-2']),
        );
    },
  );

  it('control: every way to list a directory is counted', async () => {
    const folder = temporaryFolder();
    const counted = join(temporaryFolder(), 'listings');
    mkdirSync(join(folder, 'data'));
    const script = `const fs = require('fs'), d = ${JSON.stringify(join(folder, 'data'))};
      fs.readdirSync(d); fs.opendirSync(d).closeSync(); fs.readdir(d, () => {}); fs.opendir(d, (_, dir) => dir.close());`;
    await execa(process.execPath, ['--require', preloaded, '-e', script], { env: { LISTINGS: counted } });
    expect(counts(counted, folder)).toEqual({ data: 4 });
  });
});
