import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Launch, MemberPorts } from './launch.ts';
import { LocalMember } from './member.ts';
import { type OwnedProcess, ownedProcesses, sweep } from './owned.ts';
import { holdPorts } from './ports.ts';
import { watchOver } from './watch-over.ts';

/** What each member is now: its mode as `srvr` says it, or a dash while it does not serve. */
export type Roles = ReadonlyMap<LocalMember, string>;

/** How long, and for whom, to wait for a quorum. */
export interface Wait {
  readonly timeoutMs: number;
  /** Those who must serve; without it all of them. */
  readonly members?: readonly LocalMember[];
  /** Called after every round of questions. */
  onRound?(roles: Roles): void;
}

/** Members on loopback, in one temporary folder. */
export interface LocalEnsemble {
  readonly folder: string;
  readonly members: readonly LocalMember[];
  /** Where each member listens, for a list that holds only some of them. */
  readonly all: readonly MemberPorts[];
  /** For clients: `127.0.0.1:20001,127.0.0.2:20001,…`. */
  readonly connectString: string;
  roles(): Promise<Roles>;
  /** Throws with the members' last lines when they do not serve in time. */
  waitUntilServing(wait: Wait): Promise<Roles>;
  leader(): Promise<LocalMember>;
  processes(): OwnedProcess[];
  /** Kills whatever still runs, and removes the folder; calling it again does no harm. */
  close(): Promise<void>;
}

/** Client, server, election and health port. */
const PORTS = 4;
const PAUSE_MS = 100;
const LAST_LINES = 15;

/** Starts `size` members, all at once. Whatever becomes of this process, a watchdog leaves nothing of them behind. */
export async function startEnsemble(options: { size: number; launch: Launch }): Promise<LocalEnsemble> {
  const ensemble = await makeEnsemble(options);
  for (const member of ensemble.members) member.start();
  return ensemble;
}

/** The same, with nobody started yet. */
export async function makeEnsemble({
  size,
  launch,
}: {
  size: number;
  launch: Launch;
}): Promise<LocalEnsemble> {
  const { ports, release } = await holdPorts(PORTS);
  const folder = mkdtempSync(join(tmpdir(), 'zk-ensemble-'));
  const dismiss = watchOver(folder);
  const all = Array.from({ length: size }, (_, index) => {
    const [clientPort = 0, serverPort = 0, electionPort = 0, healthPort = 0] = ports;
    return { id: index + 1, host: `127.0.0.${index + 1}`, clientPort, serverPort, electionPort, healthPort };
  });
  const members = all.map((each) => new LocalMember({ ports: each, all, parent: folder, launch }));
  return {
    folder,
    members,
    all,
    connectString: members.map(({ host, port }) => `${host}:${port}`).join(','),
    roles: () => rolesOf(members),
    waitUntilServing: (wait) => waitUntilServing(members, wait),
    leader: () => leaderOf(members),
    processes: () => ownedProcesses(folder),
    async close() {
      await sweep(folder);
      dismiss();
      release();
    },
  };
}

async function rolesOf(members: readonly LocalMember[]): Promise<Roles> {
  const answers = await Promise.all(members.map((member) => member.srvr()));
  return new Map(
    members.map((member, index) => {
      const answer = answers[index];
      return [member, answer?.serving ? answer.mode : '-'];
    }),
  );
}

async function waitUntilServing(all: readonly LocalMember[], wait: Wait): Promise<Roles> {
  const { timeoutMs, members = all, onRound } = wait;
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const roles = await rolesOf(members);
    onRound?.(roles);
    if (![...roles.values()].includes('-')) return roles;
    if (Date.now() > deadline) throw new Error(complaint(roles, timeoutMs));
    await sleep(PAUSE_MS);
  }
}

function complaint(roles: Roles, timeoutMs: number): string {
  const silent = [...roles].filter(([, mode]) => mode === '-').map(([member]) => member);
  const logs = silent.map(
    (member) => `${member.name}:\n${member.log().trimEnd().split('\n').slice(-LAST_LINES).join('\n')}`,
  );
  const names = silent.map(({ name }) => name).join(', ');
  return `not serving after ${timeoutMs / 1_000} s: ${names}\n${logs.join('\n')}`;
}

async function leaderOf(members: readonly LocalMember[]): Promise<LocalMember> {
  const roles = await rolesOf(members);
  const [leader] = [...roles].find(([, mode]) => mode === 'leader' || mode === 'standalone') ?? [];
  if (leader === undefined) throw new Error('no member leads at the moment');
  return leader;
}
