import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { launcher } from './run.ts';

const dropIns = join(import.meta.dirname, '../../image/bin');

/** Runs a drop-in as a kubelet would. */
export async function probe(words: readonly string[], variables: Readonly<Record<string, string>>) {
  const [name = '', ...args] = words;
  const PATH = `${dropIns}:${dirname(launcher)}:${dirname(process.execPath)}:${process.env['PATH']}`;
  const { exitCode, stdout, stderr } = await execa(join(dropIns, name), args, {
    env: { ...variables, PATH },
    extendEnv: false,
    reject: false,
    timeout: 20_000,
  });
  return { exitCode, stdout, stderr };
}
