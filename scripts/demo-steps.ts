import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { connectMember } from '../src/host/zookeeper-client/zookeeper-client.ts';
import type { Answer, Connected } from '../src/sanity/session.ts';
import { elapsed, ink, line, progress, quote } from './demo-page.ts';
import { type LocalEnsemble, type Roles, startEnsemble } from './local-ensemble/ensemble.ts';
import { type Installation, throughEntrypoint } from './local-ensemble/launch.ts';
import type { Exit, LocalMember } from './local-ensemble/member.ts';
import { sendSignal } from './local-ensemble/owned.ts';

const SERVING_MS = 40_000;
const STOPPING_MS = 15_000;
const REQUEST_MS = 10_000;
const NODE = '/demo';
/** 128 + SIGKILL: the status of a container whose JVM was killed. */
const KILLED_STATUS = 137;

const program = fileURLToPath(new URL('../bin/zk-entrypoint', import.meta.url));

/** Starts three members, each as a container would, and shows them find each other. */
export async function start(installation: Installation): Promise<LocalEnsemble> {
  const ensemble = await startEnsemble({ size: 3, launch: throughEntrypoint({ ...installation, program }) });
  line('bin/zk-entrypoint start, three times, from ZK_* variables', 'start');
  line(`in ${ensemble.folder}`);
  return ensemble;
}

/** Waits with visible progress until the members serve, all of them or those given; returns how long: `2.9 s`. */
export async function serve(ensemble: LocalEnsemble, members = ensemble.members): Promise<string> {
  const startMs = performance.now();
  const show = (roles: Roles) => {
    const state = describeRoles(roles);
    if (state.includes('waits')) progress(`${state}  ${elapsed(startMs)}`, state);
  };
  const roles = await ensemble.waitUntilServing({ timeoutMs: SERVING_MS, members, onRound: show });
  const took = elapsed(startMs);
  line(`${describeRoles(roles)}  after ${took}`);
  return took;
}

function describeRoles(roles: Roles): string {
  return [...roles].map(([{ name }, mode]) => `${name} ${mode.replace('-', 'waits').padEnd(8)}`).join('  ');
}

/** Runs `zk-entrypoint sanity` on all members and shows what it says. */
export async function sanity({ connectString }: LocalEnsemble): Promise<void> {
  line(`bin/zk-entrypoint sanity --connect ${connectString}`, 'sanity');
  const child = spawn(program, ['sanity', '--connect', connectString], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk));
  const [status] = await once(child, 'close');
  quote(said);
  if (status !== 0) throw new Error(`zk-entrypoint sanity ended with status ${status}`);
}

/** Writes the value through one member. */
export async function write(member: LocalMember, value: string): Promise<void> {
  await ask(member, async (session) => {
    const made = await session.create({ path: NODE, value, ephemeral: false });
    if (made.kind === 'failed' && made.reason === 'node-exists')
      unwrap(member, await session.set(NODE, value));
    else unwrap(member, made);
  });
  line(`${member.name} is told   ${NODE} = "${value}"`, 'write');
}

/** Reads the value from one member, and fails unless it is the one expected. */
export async function read(member: LocalMember, expected: string): Promise<void> {
  const value = await ask(member, async (session) => {
    unwrap(member, await session.sync(NODE));
    return unwrap(member, await session.get(NODE));
  });
  line(`${member.name} answers   ${NODE} = "${value}"`, 'read');
  if (value !== expected) throw new Error(`${member.name} has "${value}" where "${expected}" was written`);
}

async function ask<T>(
  { name, host, port }: LocalMember,
  act: (session: Connected) => Promise<T>,
): Promise<T> {
  const session = await connectMember({ host, port, timeoutMs: REQUEST_MS });
  if (session.kind === 'failed') throw new Error(`${name} ${session.sentence}`);
  try {
    return await act(session);
  } finally {
    await session.close();
  }
}

function unwrap<T>({ name }: LocalMember, answer: Answer<T>): T {
  if (answer.kind === 'failed') throw new Error(`${name} ${answer.sentence}`);
  return answer.value;
}

/** Kills the leader's JVM, and shows how its entrypoint ends and what it says of that. */
export async function killLeader(ensemble: LocalEnsemble): Promise<LocalMember> {
  const leader = await ensemble.leader();
  const pid = leader.jvmPid();
  if (pid === undefined) throw new Error(`${leader.name} leads and has no JVM`);
  line(`the JVM of the leader, ${leader.name}, with KILL (pid ${pid})`, 'kill');
  sendSignal(pid, 'SIGKILL');
  const exit = await ended(leader);
  line(
    `its entrypoint ends with status ${describeExit(exit)}, so that the kubelet starts the container again:`,
  );
  quote(lastWords(leader));
  if (exit.status !== KILLED_STATUS) throw new Error(`the status should be ${KILLED_STATUS}`);
  return leader;
}

/** Starts a member again with the same variables and folder, as the kubelet does. */
export async function startAgain(ensemble: LocalEnsemble, member: LocalMember): Promise<string> {
  line(`${member.name}, with the same variables and the same volume`, 'restart');
  await member.restart();
  return await serve(ensemble);
}

/** Stops all as a kubelet does, and shows each status. */
export async function stop({ members }: LocalEnsemble): Promise<void> {
  line('TERM to all, as at the end of a pod', 'stop');
  for (const member of members) member.kill('SIGTERM');
  const exits = await Promise.all(members.map(ended));
  for (const [index, member] of members.entries()) {
    line(`${member.name} status ${describeExit(exits[index])}`);
    quote(lastWords(member));
  }
}

/** Fails when anything of the ensemble is left after its end. */
export async function leaveNothing(ensemble: LocalEnsemble): Promise<void> {
  const left = ensemble.processes();
  if (left.length > 0)
    throw new Error(`processes are left: ${left.map(({ pid, name }) => `${name} ${pid}`)}`);
  await ensemble.close();
  if (existsSync(ensemble.folder)) throw new Error(`the folder ${ensemble.folder} is left`);
  line('no process is left, and the folder is removed', 'clean');
}

/** The exit of a member, or an error when it takes longer than any stop should. */
async function ended(member: LocalMember): Promise<Exit> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const sentence = `${member.name} still runs after ${STOPPING_MS / 1_000} s`;
  const timer = setTimeout(() => reject(new Error(sentence)), STOPPING_MS);
  try {
    return await Promise.race([member.exited, late]);
  } finally {
    clearTimeout(timer);
  }
}

function describeExit(exit: Exit | undefined): string {
  const text = exit?.status ?? exit?.signal ?? 'unknown';
  return ink(String(text), 'bold');
}

/** The last line the entrypoint wrote, without the time. */
function lastWords(member: LocalMember): string {
  const [last = ''] = member.log().trimEnd().split('\n').slice(-1);
  return last.replace(/^\S+ \S+ (?=\[myid)/, '');
}
