import { directoryFacts, ourAccount } from '../host/exit-facts.ts';
import { readMemory } from '../host/memory.ts';
import { countOomKills } from '../host/oom-kills.ts';
import type { ExitFacts } from '../lifecycle/exit-facts.ts';
import type { Ready } from '../preparation/prepare.ts';

/** What is known when the JVM has ended; `oomKillsBefore` is the cgroup's count from before it was started. */
export function exitFacts(
  { settings, ensemble, heapBytes }: Ready,
  oomKillsBefore: number | undefined,
): ExitFacts {
  const { memoryBytes, memoryIs } = readMemory();
  const oomKills = countOomKills();
  const self = ensemble.members.find(({ id }) => id === ensemble.myid);
  return {
    ...directoryFacts(settings.dataDir),
    ...ourAccount(),
    dataDir: settings.dataDir,
    dataLogDir: settings.dataLogDir,
    memoryLimitBytes: memoryIs === 'limit' ? memoryBytes : undefined,
    heapBytes,
    oomKilled: oomKills === undefined || oomKillsBefore === undefined ? undefined : oomKills > oomKillsBefore,
    clientPort: settings.clientPort,
    electionPort: ensemble.members.length > 1 ? self?.electionPort : undefined,
    adminPort: settings.adminPort > 0 ? settings.adminPort : undefined,
    configFile: `${settings.confDir}/zoo.cfg`,
  };
}
