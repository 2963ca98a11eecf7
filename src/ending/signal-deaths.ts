import { formatSize } from '../text/size.ts';
import { visible } from '../text/visible.ts';
import type { ExitExplanation, ExitFacts } from './exit-facts.ts';
import { moreMemory } from './memory-that-would-do.ts';

/** The meaning of a death by a signal that zk-entrypoint did not send or pass on. */
export function explainDeath(signal: string, facts: ExitFacts): ExitExplanation {
  if (signal === 'SIGKILL') return killed(facts);
  return DEATHS[signal] ?? sentByOther(signal);
}

/** The meaning of a kill by zk-entrypoint itself, after one of the threads that a server needs has failed. */
export function explainSevere(line: string): ExitExplanation {
  return {
    meaning: `zk-entrypoint killed it after "${visible(line, LONGEST_LINE)}": behind a torn record in its log it would acknowledge writes that its next start does not read`,
    remedy:
      'the first ERROR above has the cause, most often a full volume: free or enlarge it; the container starts again',
  };
}

const LONGEST_LINE = 200;

const crash: ExitExplanation = {
  meaning: 'the JVM itself crashed; hs_err_pid*.log in its working directory or on stdout shows where',
  remedy:
    'update the JRE, and take native agents out of JVMFLAGS; with -XX:+CrashOnOutOfMemoryError raise ZK_HEAP_SIZE',
};

const nativeCrash: ExitExplanation = {
  meaning: 'native code in the JVM failed: a broken library, memory, or a mapped file on a full disk',
  remedy: 'update the JRE, check the volumes for space, and the image for the processor it was built for',
};

const askedDirectly = (signal: string): ExitExplanation => ({
  meaning: `another process sent ${signal} directly to the JVM, not to zk-entrypoint`,
  remedy:
    'to stop the container, delete the pod or signal zk-entrypoint; look for kill in preStop hooks and exec sessions',
});

const DEATHS: Readonly<Record<string, ExitExplanation>> = {
  SIGTERM: askedDirectly('SIGTERM'),
  SIGINT: askedDirectly('SIGINT'),
  SIGHUP: askedDirectly('SIGHUP'),
  SIGQUIT: {
    meaning: 'SIGQUIT came before the JVM could answer it with its threads, or it runs with -Xrs',
    remedy: 'ask for threads only after the first answer, and remove -Xrs from JVMFLAGS',
  },
  SIGABRT: crash,
  SIGSEGV: nativeCrash,
  SIGBUS: nativeCrash,
  SIGILL: nativeCrash,
  SIGFPE: nativeCrash,
  SIGTRAP: nativeCrash,
  SIGSYS: {
    meaning: 'a seccomp profile forbids a system call of the JVM',
    remedy: 'use seccompProfile: RuntimeDefault, or allow the call that the node’s audit log names',
  },
  SIGXCPU: limit('CPU time (ulimit -t)'),
  SIGXFSZ: limit('file size (ulimit -f)'),
};

function limit(what: string): ExitExplanation {
  return {
    meaning: `a limit of ${what} was reached`,
    remedy: 'remove the limit where the container is started',
  };
}

function sentByOther(signal: string): ExitExplanation {
  return {
    meaning: `another process sent ${signal} directly to the JVM`,
    remedy: 'find the sender: hooks, exec sessions, agents',
  };
}

/** The kernel kills for memory with the same signal the kubelet uses; the cgroup's count tells them apart. */
function killed(facts: ExitFacts): ExitExplanation {
  if (facts.oomKilled === false) {
    return {
      meaning: `killed from outside, not for memory${sizes(facts)}: the container counts no OOM kill`,
      remedy:
        'look for kill -9 in hooks and exec sessions, for -XX:OnOutOfMemoryError in JVMFLAGS, and at the node’s log',
    };
  }
  const often = facts.oomKilled === true ? 'because there is not enough memory' : 'most often out of memory';
  return { meaning: `killed, ${often}${sizes(facts)}`, remedy: moreMemory(facts) };
}

function sizes({ memoryLimitBytes: limitBytes, heapBytes }: ExitFacts): string {
  const known = [
    limitBytes === undefined ? undefined : `limit ${formatSize(limitBytes)}`,
    heapBytes === undefined ? undefined : `heap ${formatSize(heapBytes)}`,
  ].filter((part) => part !== undefined);
  return known.length === 0 ? '' : `: ${known.join(', ')}`;
}
