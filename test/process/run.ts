import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa, type Options } from 'execa';
import { onTestFinished } from 'vitest';

/** The launcher in the checkout; `scripts/test` has built what it loads. */
export const launcher = join(import.meta.dirname, '../../bin/zk-entrypoint');

/** A folder of its own for one test, gone afterwards. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zk-entrypoint-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder that looks like a distribution, as far as rendering is concerned. */
export function distributionIn(folder: string, release = '3.9.6'): string {
  mkdirSync(join(folder, 'home/lib'), { recursive: true });
  for (const jar of [
    `zookeeper-${release}`,
    'slf4j-api-2.0.13',
    'logback-classic-1.3.15',
    'logback-core-1.3.15',
  ]) {
    writeFileSync(join(folder, `home/lib/${jar}.jar`), '');
  }
  return join(folder, 'home');
}

/** The variables of a standalone member whose every path lies below one folder. */
export function memberIn(folder: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    ZK_REPLICAS: '1',
    POD_NAME: 'zk-0',
    ZK_HOME: distributionIn(folder),
    ZK_DATA_DIR: join(folder, 'data'),
    ZK_DATA_LOG_DIR: join(folder, 'datalog'),
    ZK_CONF_DIR: join(folder, 'conf'),
    ZK_LOG_DIR: join(folder, 'log'),
    ZK_TERMINATION_LOG: join(folder, 'termination-log'),
    ZK_HEALTH_PORT: '0',
    ZK_HEAP_SIZE: '64m',
    ZK_USER: String(process.getuid?.() ?? 0),
    ...more,
  };
}

/**
 * Runs one command to its end with nothing in its environment but PATH and what is given. The `--` keeps
 * Node from looking for its own --env-file among our words, which it does up to the end of the line.
 */
export async function run(
  words: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  options: Options = {},
): Promise<{ exitCode: number | undefined; stdout: string; stderr: string }> {
  const result = await execa(process.execPath, ['--', launcher, ...words], {
    env: { PATH: process.env['PATH'] ?? '', ...variables },
    extendEnv: false,
    reject: false,
    timeout: 20_000,
    ...options,
  });
  return {
    exitCode: result.exitCode,
    stdout: String(result.stdout ?? ''),
    stderr: String(result.stderr ?? ''),
  };
}
