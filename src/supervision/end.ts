import { statSync } from 'node:fs';
import { join } from 'node:path';
import { explainExit } from '../ending/exit-codes.ts';
import type { ExitFacts } from '../ending/exit-facts.ts';
import { explainSevere } from '../ending/signal-deaths.ts';
import { ourAccount } from '../host/account/account.ts';
import { directoryFacts } from '../host/files/directories.ts';
import { countOomKills, readMemory } from '../host/machine/cgroup.ts';
import type { Log } from '../host/output/log.ts';
import { writeTerminationLog } from '../host/output/termination-log.ts';
import { readFolder } from '../host/volume/read-volume.ts';
import { reasonLine, terminationMessage } from '../lifecycle/reason.ts';
import type { JvmExit, Reason } from '../lifecycle/state.ts';
import type { Ready } from '../preparation/prepare.ts';
import { usesNetty } from '../settings/memory.ts';
import { table } from '../settings/table.ts';

interface End {
  readonly reason: Reason;
  readonly unexplained: JvmExit | undefined;
  readonly ready: Ready | undefined;
  /** The cgroup's count of kills for memory before the JVM was started. */
  readonly oomKillsBefore: number | undefined;
  readonly log: Log;
  /** The line by which the server said that it must not go on; it was killed for that. */
  readonly severe: string | undefined;
}

/** Says why it is over, in the log and where the kubelet reads it; returns the container's exit status. */
export function endOfContainer(end: End): number {
  const { ready, log } = end;
  const whole = explained(end);
  const path = terminationPath(ready);
  const problem = writeTerminationLog(path, terminationMessage(whole));
  if (problem !== undefined) log.write('warn', `${path} ${problem}; the reason is not written there`);
  log.write(whole.status === 0 ? 'info' : 'error', reasonLine(whole));
  return whole.status;
}

function explained({ reason, unexplained, ready, oomKillsBefore, severe }: End): Reason {
  if (unexplained === undefined || ready === undefined) return reason;
  if (severe !== undefined) return { ...reason, ...explainSevere(severe) };
  const facts = { ...exitFacts(ready, oomKillsBefore), served: reason.servingMs !== undefined };
  const { name, meaning, remedy } = explainExit({
    exit: unexplained,
    release: ready.distribution.release,
    facts,
  });
  return { ...reason, meaning: name === undefined ? meaning : `${name}: ${meaning}`, remedy };
}

/** Refusals come before there are settings to trust; the default path is the kubelet's own. */
function terminationPath(ready: Ready | undefined): string {
  const given = ready?.settings.terminationLog ?? process.env[table.terminationLog.variable]?.trim();
  return given || '/dev/termination-log';
}

/** What is known when the JVM has ended; `oomKillsBefore` is the cgroup's count from before it was started. */
export function exitFacts(
  { settings, ensemble, heapBytes, input }: Ready,
  oomKillsBefore: number | undefined,
): ExitFacts {
  const { memoryBytes, memoryIs } = readMemory();
  const oomKills = countOomKills();
  return {
    ...directoryFacts(settings.dataDir),
    ...ourAccount(),
    dataDir: settings.dataDir,
    dataLogDir: settings.dataLogDir,
    memoryLimitBytes: memoryIs === 'limit' ? memoryBytes : undefined,
    heapBytes: input.heapInUse?.bytes ?? heapBytes,
    usesNetty: usesNetty(settings),
    snapshotBytes: newestSnapshotBytes(settings.dataDir),
    oomKilled: oomKills === undefined || oomKillsBefore === undefined ? undefined : oomKills > oomKillsBefore,
    clientPort: settings.clientPort,
    electionPort: ensemble.members.length > 1 ? ensemble.self.electionPort : undefined,
    adminPort: settings.adminPort > 0 ? settings.adminPort : undefined,
    configFile: `${settings.confDir}/zoo.cfg`,
  };
}

/** Of the newest snapshot; 0 where none can be seen. */
function newestSnapshotBytes(dataDir: string): number {
  const { path, snapshots } = readFolder(dataDir);
  const [newest] = snapshots;
  if (newest === undefined) return 0;
  return statSync(join(path, newest.name), { throwIfNoEntry: false })?.size ?? 0;
}
