import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { askSupervisor } from '../../src/host/network/ask-supervisor.ts';
import { connectMember } from '../../src/host/zookeeper-client/zookeeper-client.ts';
import type { LocalMember } from './member.ts';

const REQUEST_MS = 10_000;

/** Ends a member as a stop of its pod does. */
export async function stop(...members: readonly LocalMember[]): Promise<void> {
  for (const member of members) member.kill('SIGTERM');
  await Promise.all(members.map(({ exited }) => exited));
}

/** Ends members as a loss of power does, JVMs included. */
export async function cutPower(...members: readonly LocalMember[]): Promise<void> {
  for (const member of members) {
    const jvm = member.jvmPid();
    member.kill('SIGKILL');
    if (jvm !== undefined && jvm !== member.pid) killQuietly(jvm);
  }
  await Promise.all(members.map(({ exited }) => exited));
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It died with its parent.
  }
}

/** A new and empty volume in the place of the member's own. */
export function emptyVolume({ folder }: LocalMember): void {
  for (const name of ['data', 'datalog']) rmSync(join(folder, name), { recursive: true, force: true });
}

/** Each gets the other's volume; neither may run. */
export function swapVolumes(one: LocalMember, other: LocalMember): void {
  for (const name of ['data', 'datalog']) {
    const [mine, theirs] = [join(one.folder, name), join(other.folder, name)];
    // A plain server of the harness has both in one.
    if (!existsSync(mine) && !existsSync(theirs)) continue;
    const aside = `${mine}.aside`;
    renameSync(mine, aside);
    renameSync(theirs, mine);
    renameSync(aside, theirs);
  }
}

/** Every snapshot of a member, by its path. */
export function snapshotsOf({ folder }: LocalMember): string[] {
  const data = join(folder, 'data/version-2');
  return readdirSync(data)
    .filter((name) => name.startsWith('snapshot.'))
    .map((name) => join(data, name));
}

/** zk-entrypoint.json as it is now. */
export function recordOf({ folder }: LocalMember) {
  return JSON.parse(readFileSync(join(folder, 'data/zk-entrypoint.json'), 'utf8'));
}

/** Writes a value that is acknowledged by the quorum. */
export async function write({ host, port }: LocalMember, path: string, value: string): Promise<void> {
  const session = await connectMember({ host, port, timeoutMs: REQUEST_MS });
  if (session.kind === 'failed') throw new Error(session.sentence);
  try {
    const made = await session.create({ path, value, ephemeral: false });
    if (made.kind === 'failed') throw new Error(made.sentence);
  } finally {
    await session.close();
  }
}

/** The value as the quorum has it, or why there is none. */
export async function read({ host, port }: LocalMember, path: string): Promise<string> {
  const session = await connectMember({ host, port, timeoutMs: REQUEST_MS });
  if (session.kind === 'failed') throw new Error(session.sentence);
  try {
    await session.sync(path);
    const got = await session.get(path);
    return got.kind === 'failed' ? `(${got.reason})` : got.value;
  } finally {
    await session.close();
  }
}

/** What a member's health endpoint answers: `200 ok`. */
export async function health({ host, healthPort }: LocalMember, path: '/livez' | '/readyz' | '/startupz') {
  const answer = await askSupervisor({ host, port: healthPort, path, timeoutMs: 3_000 });
  return answer.kind === 'answer' ? `${answer.status} ${answer.body}` : answer.kind;
}
