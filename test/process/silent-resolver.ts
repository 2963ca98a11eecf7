import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './run.ts';

/** Whether this machine lets a test have a resolv.conf of its own. */
export const mayMount = execaSync('unshare', ['--mount', 'true'], { reject: false }).exitCode === 0;

/** A resolv.conf whose server takes questions in and never answers. */
export interface SilentResolver {
  /** Words before a command, which then sees it. */
  readonly before: readonly string[];
  /** Settles when the first question has come. */
  readonly asked: Promise<unknown>;
}

/** Gone when the test has ended. */
export async function silentResolver(): Promise<SilentResolver> {
  const silent = createSocket('udp4');
  // No other process on this machine has this address, so the resolver's port is free there.
  silent.bind(53, `127.${100 + (process.pid % 100)}.53.1`);
  await once(silent, 'listening');
  onTestFinished(() => void silent.close());
  const conf = join(temporaryFolder(), 'resolv.conf');
  writeFileSync(conf, `nameserver ${silent.address().address}\nsearch a.test b.test c.test d.test\n`);
  const script = `mount --bind '${conf}' /etc/resolv.conf && exec "$@"`;
  return {
    before: ['unshare', '--mount', 'bash', '--norc', '-c', script, 'bash'],
    asked: once(silent, 'message'),
  };
}
