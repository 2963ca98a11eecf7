import { type Finding, finding } from '../findings/finding.ts';
import { usesNetty } from '../settings/memory.ts';
import type { ReadSettings } from '../settings/read.ts';
import type { Settings } from '../settings/table.ts';
import type { Distribution } from '../zookeeper/distribution.ts';
import { has } from '../zookeeper/features.ts';
import { formatRelease, NEWEST_RELEASE, type Release } from '../zookeeper/release.ts';
import type { Machine } from './machine.ts';

/** What to assume without a ZooKeeper in ZK_HOME: nothing (start), the newest release, or the named one. */
export type Assumption =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'newest' }
  | { readonly kind: 'release'; readonly release: Release };

interface Chosen {
  readonly distribution: Distribution | undefined;
  readonly findings: readonly Finding[];
}

/** The distribution in ZK_HOME, or a supposed one where a command may suppose. */
export function chooseDistribution(
  machine: Machine,
  {
    settings: { home },
    origins,
    assume,
  }: Pick<ReadSettings, 'settings' | 'origins'> & { assume: Assumption },
): Chosen {
  const found = machine.findDistribution(home);
  if (assume.kind === 'release') return { distribution: supposed(home, assume.release, found), findings: [] };
  if (found.kind === 'found') return { distribution: found.distribution, findings: [] };
  if (found.kind === 'unclear') return refused('ZK-DISTRIBUTION-002', home, found.problem);
  if (assume.kind === 'nothing' || origins.get('home')?.kind !== 'default') {
    return refused('ZK-DISTRIBUTION-001', home, 'has no zookeeper-<version>.jar, neither itself nor in lib/');
  }
  return { distribution: supposed(home, NEWEST_RELEASE, found), findings: [newestAssumed(home)] };
}

function supposed(
  home: string,
  release: Release,
  found: ReturnType<Machine['findDistribution']>,
): Distribution {
  const logging = has(release, 'shipsLogback') ? 'logback' : 'log4j';
  const real = found.kind === 'found' ? found.distribution : ({ jars: [`${home}/lib/*`], logging } as const);
  return { home, release, jars: real.jars, logging: real.logging, assumed: true };
}

function refused(code: 'ZK-DISTRIBUTION-001' | 'ZK-DISTRIBUTION-002', home: string, problem: string): Chosen {
  const remedy = 'set ZK_HOME to the folder that holds lib/zookeeper-<version>.jar, once';
  return {
    distribution: undefined,
    findings: [finding(code, { subject: 'ZK_HOME', problem: `${home} ${problem}`, remedy })],
  };
}

function newestAssumed(home: string): Finding {
  const release = formatRelease(NEWEST_RELEASE);
  return finding('ZK-DISTRIBUTION-004', {
    subject: 'ZK_HOME',
    problem: `no ZooKeeper in ${home}, so ${release} is assumed`,
    remedy: 'choose with --zookeeper-version',
  });
}

interface ChosenArchive {
  readonly path: string | undefined;
  readonly findings: readonly Finding[];
}

const NIO_ARCHIVE = 'zookeeper.jsa';
/** With it a start with TLS takes a third less; a start without takes a tenth more, so each has its own. */
const NETTY_ARCHIVE = 'zookeeper-netty.jsa';

/** The class-data archive that fits, if there is one; a distribution that is only supposed has none. */
export function chooseClassArchive(
  machine: Machine,
  {
    distribution,
    java,
    settings,
  }: {
    readonly distribution: Distribution | undefined;
    readonly java: string;
    readonly settings: Settings;
  },
): ChosenArchive {
  if (distribution === undefined || distribution.assumed) return { path: undefined, findings: [] };
  const { home, jars } = distribution;
  const names = usesNetty(settings) ? [NETTY_ARCHIVE, NIO_ARCHIVE] : [NIO_ARCHIVE];
  const found = machine.findClassArchive({ home, names, jars, java });
  if (found.kind === 'fits') return { path: found.path, findings: [] };
  return { path: undefined, findings: found.kind === 'foreign' ? [foreign(found)] : [] };
}

function foreign({ path, problem }: { readonly path: string; readonly problem: string }): Finding {
  const remedy = 'ZooKeeper starts without it, a little later; build the image again to get a matching one';
  return finding('ZK-DISTRIBUTION-006', { subject: path, problem, remedy });
}
