import { type Finding, finding } from '../findings/finding.ts';
import { formatRelease, type Release, reaches } from '../zookeeper/release.ts';
import type { SettingFacts } from './facts.ts';

/** A defect of ZooKeeper itself by which an ensemble can lose what it has acknowledged. */
interface Defect {
  readonly issue: string;
  readonly what: string;
  /** The first release that has it, for each line, oldest first; newer lines have it from their beginning. */
  readonly since: readonly string[];
  /** The first release without it, likewise. */
  readonly mendedIn: readonly string[];
}

/**
 * Read off ZooKeeper's history, by what each release's tag holds (Learner, ZooKeeperServer.shutdown): lines that ended
 * before a mend never got it, and neither has the 3.8 line that of ZOOKEEPER-4712.
 */
const DEFECTS: readonly Defect[] = [
  {
    issue: 'ZOOKEEPER-4925',
    what: 'a follower that has caught up and then leads hands its gap on to others',
    since: ['3.9.3'],
    mendedIn: ['3.9.4'],
  },
  {
    issue: 'ZOOKEEPER-4712',
    what: 'a follower whose leader goes away may skip transactions in its log',
    since: ['3.5.10', '3.6.3'],
    mendedIn: ['3.9.3'],
  },
  {
    issue: 'ZOOKEEPER-4785',
    what: 'a follower may acknowledge what it has not written yet',
    since: ['3.5.10', '3.6.3'],
    mendedIn: ['3.8.4', '3.9.2'],
  },
];

/** Where every defect of the table is mended. */
const SOUND = '3.9.4';

/** One warning for an ensemble whose release is known to lose writes; a standalone server has no followers. */
export function knownDefects({ distribution, ensemble }: SettingFacts): Finding[] {
  if (distribution === undefined || ensemble === undefined || ensemble.members.length < 2) return [];
  const { release } = distribution;
  const had = DEFECTS.filter((defect) => has(release, defect)).map(({ issue, what }) => `${what} (${issue})`);
  if (had.length === 0) return [];
  const problem = `is known to lose acknowledged writes in an ensemble: ${had.join('; ')}`;
  const remedy = `upgrade to ${SOUND} or newer`;
  return [
    finding('ZK-DISTRIBUTION-007', { subject: `ZooKeeper ${formatRelease(release)}`, problem, remedy }),
  ];
}

const has = (release: Release, { since, mendedIn }: Defect) =>
  reaches(release, since) && !reaches(release, mendedIn);
