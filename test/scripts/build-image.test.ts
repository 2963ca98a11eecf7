import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';

// The engine is a stand-in that notes what it is asked: none of these builds may get as far as building.
const script = join(import.meta.dirname, '../../scripts/build-image');
let folder = '';
const asked = () => (existsSync(join(folder, 'asked')) ? readFileSync(join(folder, 'asked'), 'utf8') : '');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zk-build-image-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function engine(name: string, status = 0): void {
  const file = join(folder, 'bin', name);
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho "$@" >>'${folder}/asked'\nexit ${status}\n`);
  chmodSync(file, 0o755);
}

async function build(...words: string[]) {
  const path = `${join(folder, 'bin')}${delimiter}${process.env['PATH']}`;
  const { exitCode, stdout, stderr } = await execa(script, words, { env: { PATH: path }, reject: false });
  return { exitCode, said: `${stdout}\n${stderr}` };
}

/** A ZK_HOME whose jars are files of these bytes. */
function homeWith(jars: Readonly<Record<string, string>>): string {
  const home = join(folder, 'home');
  mkdirSync(join(home, 'lib'), { recursive: true });
  mkdirSync(join(home, 'bin'));
  for (const [name, bytes] of Object.entries(jars)) writeFileSync(join(home, 'lib', name), bytes);
  writeFileSync(join(home, 'bin/zkServer.sh'), '#!/bin/sh\n', { mode: 0o755 });
  return home;
}

const WHOLE = `PK\x05\x06${'\0'.repeat(18)}`;

it.each([
  [['--nonsense'], 64, /unknown flag --nonsense: see --help/],
  [['--release'], 64, /--release needs a value/],
  [['--engine', 'crio'], 64, /unknown engine crio: podman, docker or buildah/],
])('%j is refused with %i', async (words, status, why) => {
  engine('podman');
  const { exitCode, said } = await build(...words);
  expect(exitCode).toBe(status);
  expect(said).toMatch(why);
  expect(asked()).toBe('');
});

it('needs a whole ZooKeeper, and says how to get one', async () => {
  engine('podman');
  const empty = await build('--engine', 'podman', '--release', folder);
  expect(empty.exitCode).toBe(65);
  expect(empty.said).toMatch(/holds no lib\/zookeeper-<version>\.jar: give the ZK_HOME of a whole ZooKeeper/);
  const home = homeWith({ 'zookeeper-3.9.6.jar': WHOLE });
  rmSync(join(home, 'bin/zkServer.sh'));
  const half = await build('--engine', 'podman', '--release', home);
  expect(half.exitCode).toBe(65);
  expect(half.said).toMatch(/has no bin\/zkServer\.sh/);
  expect(asked()).not.toContain('build');
});

it('looks at each jar before it builds', async () => {
  engine('podman');
  const home = homeWith({ 'zookeeper-3.9.6.jar': WHOLE, 'slf4j-api-2.0.13.jar': 'PK\x03\x04 cut off' });
  const { exitCode, said } = await build('--engine', 'podman', '--release', home);
  expect(exitCode).toBe(65);
  expect(said).toMatch(/slf4j-api-2\.0\.13\.jar is not a whole archive: get ZooKeeper anew/);
  expect(asked()).not.toContain('build');
});

it('says which engine does not answer', async () => {
  engine('docker', 1);
  const home = homeWith({ 'zookeeper-3.9.6.jar': WHOLE });
  const { exitCode, said } = await build('--engine', 'docker', '--release', home);
  expect(exitCode).toBe(69);
  expect(said).toMatch(/docker does not answer: start it, or use --engine podman/);
  expect(asked()).not.toContain('build');
});
