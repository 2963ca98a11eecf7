import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { MemberFact } from '../../src/health/facts.ts';
import { startHealthServer } from '../../src/host/network/health-server.ts';
import { freePort } from './container.ts';
import { distributionIn, temporaryFolder } from './run.ts';

/** Three names of loopback that no other test uses, with one health port for all. */
export interface Three {
  readonly hosts: readonly [string, string, string];
  readonly healthPort: number;
  /** ZK_ENSEMBLE. */
  readonly list: string;
}

let lastNet = process.pid;

/** Addresses stand for three machines, since all of 127.0.0.0/8 is here; beside a name of its own, peers have none either. */
export async function threeMembers(own?: string): Promise<Three> {
  lastNet += 7;
  const net = `127.${64 + (lastNet % 128)}.${Math.floor(lastNet / 128) % 256}`;
  const hosts =
    own === undefined
      ? ([`${net}.1`, `${net}.2`, `${net}.3`] as const)
      : ([own, 'zk-1.zk.invalid', 'zk-2.zk.invalid'] as const);
  const list = hosts.map((host, place) => `${host}:${2888 + place}:${3888 + place}`).join(';');
  return { hosts, healthPort: await freePort(), list };
}

/** The variables of the first of three, which listens on its own address; `more` adds to them or replaces them. */
export function firstOf(three: Three, more: Readonly<Record<string, string>> = {}) {
  return memberOf(three, 0, more);
}

/** The same for any of the three, by its ordinal. */
export function memberOf(
  { hosts, healthPort, list }: Three,
  ordinal: 0 | 1 | 2,
  more: Readonly<Record<string, string>> = {},
) {
  const host = hosts[ordinal];
  return {
    ZK_REPLICAS: '',
    POD_NAME: `zk-${ordinal}`,
    ZK_ENSEMBLE: list,
    ZK_MYID: String(ordinal + 1),
    ZK_CLIENT_ADDRESS: host,
    ZK_HEALTH_ADDRESS: host,
    ZK_HEALTH_PORT: String(healthPort),
    ...more,
  };
}

const SNAPSHOT = `ZKSN\0\0\0\u0002${'\0'.repeat(8)}\0\0\0\u0001/`;
const LOG = `ZKLG\0\0\0\u0002${'\0'.repeat(200)}`;

/** A volume on which a server was told to begin, and has not served since. */
export function begunVolume(record?: string): ReturnType<typeof emptyVolume> {
  const volume = volumeWithData(record);
  const data = join(volume.ZK_DATA_DIR, 'version-2');
  renameSync(join(data, 'snapshot.100000000'), join(data, 'snapshot.0'));
  rmSync(join(volume.ZK_DATA_LOG_DIR, 'version-2/log.100000001'));
  for (const epoch of ['acceptedEpoch', 'currentEpoch']) writeFileSync(join(data, epoch), '0');
  return volume;
}

/** A volume with data that a server could go on from; its variables, with `record` as its zk-entrypoint.json. */
export function volumeWithData(record?: string): Record<'ZK_DATA_DIR' | 'ZK_DATA_LOG_DIR', string> {
  const folder = temporaryFolder();
  const variables = { ZK_DATA_DIR: join(folder, 'data'), ZK_DATA_LOG_DIR: join(folder, 'datalog') };
  for (const directory of Object.values(variables))
    mkdirSync(join(directory, 'version-2'), { recursive: true });
  const data = join(variables.ZK_DATA_DIR, 'version-2');
  writeFileSync(join(data, 'snapshot.100000000'), SNAPSHOT, 'latin1');
  for (const epoch of ['acceptedEpoch', 'currentEpoch']) writeFileSync(join(data, epoch), '1');
  writeFileSync(join(variables.ZK_DATA_LOG_DIR, 'version-2/log.100000001'), LOG, 'latin1');
  if (record !== undefined) writeFileSync(join(variables.ZK_DATA_DIR, 'zk-entrypoint.json'), record);
  return variables;
}

/** An empty volume that outlives the container. */
export function emptyVolume(): Record<'ZK_DATA_DIR' | 'ZK_DATA_LOG_DIR', string> {
  const folder = temporaryFolder();
  return { ZK_DATA_DIR: join(folder, 'data'), ZK_DATA_LOG_DIR: join(folder, 'datalog') };
}

/** zk-entrypoint.json as text. */
export function recordText({ ZK_DATA_DIR }: { readonly ZK_DATA_DIR?: string }): string {
  return readFileSync(join(ZK_DATA_DIR ?? '', 'zk-entrypoint.json'), 'utf8');
}

/** A supervisor of another member, as far as peers see one; closed when the test has ended. */
export async function peer(
  host: string,
  port: number,
  { mode = null, ...fact }: Partial<MemberFact> & { readonly mode?: string | null },
): Promise<void> {
  const member: MemberFact = {
    id: 2,
    instance: `instance of ${host}`,
    ensemble: null,
    domain: null,
    servers: [],
    voters: [1, 2, 3],
    volume: 'data',
    known: [1, 2, 3],
    waiting: false,
    ...fact,
  };
  const body = JSON.stringify({ entrypoint: { waiting: null }, zookeeper: { mode }, member });
  const answer = async () => ({ status: 200, contentType: 'application/json', body });
  const server = await startHealthServer({ address: host, port, answer });
  onTestFinished(() => server.close());
}

/** What `check` needs beside the variables of a member: a home, and places below one folder. */
export function elsewhere(): Record<string, string> {
  const folder = temporaryFolder();
  return {
    ZK_HOME: distributionIn(folder),
    ZK_CONF_DIR: join(folder, 'conf'),
    ZK_LOG_DIR: join(folder, 'log'),
    ZK_HEAP_SIZE: '64m',
    ZK_USER: String(process.getuid?.() ?? 0),
  };
}
