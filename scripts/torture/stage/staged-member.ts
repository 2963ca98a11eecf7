import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askFourLetter } from '../../../src/host/network/four-letter.ts';
import type { Exchange } from '../../../src/zookeeper/four-letter/exchange.ts';
import { readSrvr, type Srvr } from '../../../src/zookeeper/four-letter/srvr.ts';
import { type Command, type MemberPorts, throughEntrypoint } from '../../local-ensemble/launch.ts';
import { mark } from '../../local-ensemble/owned.ts';
import { HEALTH_PORT, Pod } from '../kubelet/pod.ts';
import type { End } from '../kubelet/records.ts';
import type { Network } from '../machine/network.ts';
import { Volume } from '../machine/volume.ts';

/** What all members of a run share. */
export interface StagedOptions {
  readonly folder: string;
  readonly network: Network;
  readonly members: number;
  readonly mounted: boolean;
  readonly program: string;
  readonly javaHome: string;
  readonly zkHome: string;
  readonly otherZkHome: string | undefined;
  ended(end: End): void;
}

/** How a second server on a volume has ended. */
export interface Second {
  readonly status: number | null;
  readonly reason: string;
}

export const CLIENT_PORT = 2181;
const SERVER_PORT = 2888;
const ELECTION_PORT = 3888;
const ASK_MS = 2_000;

/** Short ticks for quick elections; a log that grows in small steps, so that a full volume is noticed at once. */
const SETTINGS = {
  ZK_HEALTH_PORT: String(HEALTH_PORT),
  ZK_READINESS: 'serving',
  ZK_TICK_TIME: '500',
  ZK_INIT_LIMIT: '20',
  ZK_SYNC_LIMIT: '6',
  ZK_HEAP_SIZE: '160m',
  ZK_STOP_TIMEOUT: '3s',
  ZK_MAX_CLIENT_CNXNS: '0',
  ZK_REPAIR: 'quorum',
  ZK_EXTRA_CONFIG: 'preAllocSize=64',
  JVMFLAGS: '-XX:+UseSerialGC -XX:TieredStopAtLevel=1',
};

/** One member: its pod, its volume, its address, and what rollouts have changed about it. */
export class StagedMember {
  readonly id: number;
  readonly name: string;
  readonly folder: string;
  readonly address: string;
  readonly volume: Volume;
  readonly pod: Pod;
  /** Variables of a rollout: they win over all others. */
  extra: Readonly<Record<string, string>> = {};
  hasChangedRelease = false;
  /** True while no pod of it is wished for. */
  isAway: boolean;
  #otherRelease = false;
  readonly #around: StagedOptions;

  constructor(
    id: number,
    around: StagedOptions,
    { isAway = false, extra = {} }: { isAway?: boolean; extra?: StagedMember['extra'] } = {},
  ) {
    this.isAway = isAway;
    this.extra = extra;
    this.#around = around;
    const { folder, network, mounted } = around;
    this.id = id;
    this.name = `zk-${id - 1}`;
    this.folder = join(folder, this.name);
    mkdirSync(this.folder, { recursive: true });
    this.address = network.addressOf(id);
    this.volume = new Volume({ folder, name: this.name, mounted });
    this.pod = new Pod({
      folder,
      name: this.name,
      address: this.address,
      node: network.kubelet,
      command: () => this.#command(),
      ended: around.ended,
      isAway,
    });
  }

  /** Its pod is made, as when the replicas grow. */
  arrive(): void {
    this.isAway = false;
    this.pod.comeBack();
  }

  /** Its pod goes, and its volume stays. */
  async depart(): Promise<void> {
    this.isAway = true;
    await this.pod.goAway();
  }

  /** Runs a command of the program beside the member, as kubectl exec does; its output is thrown away. */
  async command(words: readonly string[]): Promise<{ status: number | null }> {
    const { file, args, env } = this.#command();
    const own = [...args.slice(0, -1), ...words];
    const child = spawn(file, own, { env: { ...env, ...mark(this.#around.folder) }, stdio: 'ignore' });
    const [status] = await once(child, 'exit');
    return { status };
  }

  /** From its next start on: the other release if it runs this one, and back. */
  changeRelease(): void {
    this.#otherRelease = !this.#otherRelease;
    this.hasChangedRelease = true;
  }

  /** ZK_ENSEMBLE of so many members, those included that there are not. */
  listOf(members: number): string {
    const { network } = this.#around;
    return Array.from(
      { length: members },
      (_, index) => `${network.addressOf(index + 1)}:${SERVER_PORT}:${ELECTION_PORT}`,
    ).join(';');
  }

  async srvr(): Promise<Srvr> {
    return readSrvr(await this.#ask('srvr'));
  }

  /** The id that the server itself says it has (`conf`, serverId). */
  async servedId(): Promise<number | undefined> {
    const answer = await this.#ask('conf');
    const [, id] = answer.kind === 'answer' ? (/^serverId=(\d+)$/m.exec(answer.text) ?? []) : [];
    return id === undefined ? undefined : Number(id);
  }

  #ask(word: 'srvr' | 'conf'): Promise<Exchange> {
    return askFourLetter({
      host: this.address,
      port: CLIENT_PORT,
      word,
      timeoutMs: ASK_MS,
      maxBytes: 65_536,
    });
  }

  /** Starts a second server on this member's volume, and settles when it has ended. */
  async startSecond(): Promise<Second> {
    const folder = join(this.folder, 'second');
    const reason = join(folder, 'termination-log');
    mkdirSync(folder, { recursive: true });
    writeFileSync(reason, '');
    const { file, args, env } = this.#command();
    // No pod's, so it carries the mark of the run alone.
    const own = {
      ...mark(this.#around.folder),
      ZK_CONF_DIR: join(folder, 'conf'),
      ZK_TERMINATION_LOG: reason,
    };
    const child = spawn(file, args, { env: { ...env, ...own }, stdio: 'ignore', detached: true });
    const [status] = await once(child, 'exit');
    return { status, reason: readFileSync(reason, 'utf8') };
  }

  #command(): Command {
    const { network, program, javaHome } = this.#around;
    const zkHome = this.#otherRelease
      ? (this.#around.otherZkHome ?? this.#around.zkHome)
      : this.#around.zkHome;
    const launch = throughEntrypoint({ zkHome, javaHome, program }, this.#variables());
    const command = launch({ id: this.id, folder: this.folder, all: this.#ports() });
    const [file = '', ...args] = network.inside(this.id, [command.file, ...command.args]);
    return { file, args, env: command.env };
  }

  #variables(): Record<string, string> {
    const { network } = this.#around;
    // Where the members share loopback, each has an address there; otherwise its network is its own.
    const bound = network.kubelet === undefined ? this.address : '';
    return {
      ...SETTINGS,
      POD_NAME: this.name,
      ZK_CLIENT_ADDRESS: bound,
      ZK_HEALTH_ADDRESS: bound,
      ZK_ENSEMBLE: this.listOf(this.#around.members),
      ZK_DATA_DIR: join(this.volume.path, 'data'),
      ZK_DATA_LOG_DIR: join(this.volume.path, 'log'),
      ...this.extra,
    };
  }

  #ports(): MemberPorts[] {
    const { network, members } = this.#around;
    const same = { clientPort: CLIENT_PORT, serverPort: SERVER_PORT, electionPort: ELECTION_PORT };
    return Array.from({ length: members }, (_, index) => {
      const where = { host: network.addressOf(index + 1), healthPort: HEALTH_PORT };
      return { id: index + 1, ...same, ...where };
    });
  }
}
