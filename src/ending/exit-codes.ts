import { signalOf } from '../lifecycle/signals.ts';
import type { JvmExit } from '../lifecycle/state.ts';
import type { Release } from '../zookeeper/release.ts';
import type { ExitExplanation, ExitFacts } from './exit-facts.ts';
import { explainDeath } from './signal-deaths.ts';
import { type ExitTable, exitsOf } from './zookeeper-exits.ts';

interface ExitQuestion {
  readonly exit: JvmExit;
  /** ZooKeeper's. */
  readonly release: Release;
  readonly facts: ExitFacts;
}

/**
 * What an end of the JVM that is not the answer to a stop usually means, and what to do. ZooKeeper's statuses differ by
 * release (zookeeper/exits.ts); above 128 it is a signal, whatever the release.
 */
export function explainExit({ exit, release, facts }: ExitQuestion): ExitExplanation {
  const signal = signalOf(exit);
  if (signal !== undefined) return explainDeath(signal, facts);
  const status = 'status' in exit ? exit.status : -1;
  const explain = exitsOf(release)[status] ?? launcherExits[status];
  return explain === undefined ? unknown(status) : explain(facts);
}

/**
 * What setpriv, env or a shell end with when they cannot execute what they were given, and the system's loader (ld.so)
 * when a library is missing. The file itself is there: that was looked at before.
 */
const launcherExits: ExitTable = {
  126: () => ({
    meaning: 'java exists but could not be executed; see the reason in the line above',
    remedy: 'check that no process writes to the file, that the file is complete, and its architecture',
  }),
  127: () => ({
    meaning: 'java exists, but a library or program that it needs is missing; see the line above',
    remedy: 'install what is missing in the image, or point JAVA_HOME to a whole JRE',
  }),
};

function unknown(status: number): ExitExplanation {
  return {
    meaning: `neither ZooKeeper nor the JVM is known to end with ${status}`,
    remedy:
      'read the last lines of its log above; an agent or wrapper in JVMFLAGS or JAVA_HOME may have its own statuses',
  };
}
