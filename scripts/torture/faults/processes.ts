import { sendSignal } from '../../local-ensemble/owned.ts';
import type { StagedMember } from '../stage/staged-member.ts';
import { type Fault, type Heal, nothingToHeal } from './fault.ts';

/** Over at once: what follows is the kubelet's work. */
const MOMENT_MS = [200];
/** The last is long enough for liveness to give up. */
const STOPPED_MS = [1_500, 2_500, 3_500, 11_000];

const plain = { needs: [], ends: true, reach: 'one', pairs: true } as const;

/** Signals to the JVM, to the supervisor, to everything at once. */
export const processFaults: readonly Fault[] = [
  { ...plain, name: 'jvm KILL', lastsMs: MOMENT_MS, inject: (_, [one]) => signalJvm(one, 'SIGKILL') },
  { ...plain, name: 'jvm TERM', lastsMs: MOMENT_MS, inject: (_, [one]) => signalJvm(one, 'SIGTERM') },
  { ...plain, name: 'jvm STOP', lastsMs: STOPPED_MS, inject: (_, [one]) => stopFor(one?.pod.jvmPid()) },
  {
    ...plain,
    name: 'supervisor KILL',
    kills: true,
    lastsMs: MOMENT_MS,
    inject: (_, [one]) => signal(one?.pod.supervisorPid, 'SIGKILL'),
  },
  {
    ...plain,
    name: 'supervisor TERM',
    lastsMs: MOMENT_MS,
    inject: (_, [one]) => signal(one?.pod.supervisorPid, 'SIGTERM'),
  },
  {
    ...plain,
    name: 'supervisor STOP',
    lastsMs: STOPPED_MS,
    inject: (_, [one]) => stopFor(one?.pod.supervisorPid),
  },
  {
    ...plain,
    name: 'stderr not read',
    lastsMs: STOPPED_MS,
    inject: (_, [one]) => one?.pod.stopReading() ?? nothingToHeal,
  },
  { ...plain, name: 'member KILL', kills: true, lastsMs: MOMENT_MS, inject: (_, struck) => killAll(struck) },
  {
    ...plain,
    name: 'all members KILL',
    reach: 'all',
    pairs: false,
    kills: true,
    lastsMs: MOMENT_MS,
    inject: (_, struck) => killAll(struck),
  },
  {
    ...plain,
    name: 'all members TERM',
    reach: 'all',
    pairs: false,
    lastsMs: MOMENT_MS,
    inject: (_, struck) => {
      for (const { pod } of struck) signal(pod.supervisorPid, 'SIGTERM');
      return nothingToHeal;
    },
  },
  {
    ...plain,
    name: 'leader KILL',
    reach: 'all',
    pairs: false,
    lastsMs: MOMENT_MS,
    choose: async (stage) => [await stage.leader()],
    inject: (_, [leader]) => signalJvm(leader, 'SIGKILL'),
  },
];

function signalJvm(member: StagedMember | undefined, name: NodeJS.Signals): Heal {
  return signal(member?.pod.jvmPid(), name);
}

/** A process that has just ended by another fault is struck already. */
function signal(pid: number | undefined, name: NodeJS.Signals): Heal {
  if (pid !== undefined) sendSignal(pid, name);
  return nothingToHeal;
}

function stopFor(pid: number | undefined): Heal {
  signal(pid, 'SIGSTOP');
  return () => {
    signal(pid, 'SIGCONT');
  };
}

function killAll(struck: readonly StagedMember[]): Heal {
  for (const { pod } of struck) pod.killAll();
  return nothingToHeal;
}
