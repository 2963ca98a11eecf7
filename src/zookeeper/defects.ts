import { type Release, reaches } from './release.ts';

/** A defect of ZooKeeper itself by which an ensemble can lose what it has acknowledged. */
export interface Defect {
  readonly issue: string;
  /** What it does, as a clause. */
  readonly what: string;
  /** The first release that has it, for each line, oldest first; newer lines have it from their beginning. */
  readonly since: readonly string[];
  /** The first release without it, for each line that got the fix. */
  readonly fixedIn: readonly string[];
}

/** The release up to which this table has been held to ZooKeeper's history. */
export const DEFECTS_REVIEWED_UP_TO = '3.9.6';

/** The oldest release in which every defect of the table is fixed. */
export const SOUND = '3.9.4';

/**
 * Read off ZooKeeper's history, by what each release's tag holds (Learner, ZooKeeperServer.shutdown): lines that ended
 * before a fix never got it, and neither has the 3.8 line that of ZOOKEEPER-4712.
 */
const DEFECTS: readonly Defect[] = [
  {
    issue: 'ZOOKEEPER-4925',
    what: 'a follower that has caught up and then leads copies its gap to others',
    since: ['3.9.3'],
    fixedIn: ['3.9.4'],
  },
  {
    issue: 'ZOOKEEPER-4712',
    what: 'a follower whose leader goes away may skip transactions in its log',
    since: ['3.5.10', '3.6.3'],
    fixedIn: ['3.9.3'],
  },
  {
    issue: 'ZOOKEEPER-4785',
    what: 'a follower may acknowledge what it has not written yet',
    since: ['3.5.10', '3.6.3'],
    fixedIn: ['3.8.4', '3.9.2'],
  },
];

/** The defects that a release has. */
export function defectsOf(release: Release): readonly Defect[] {
  return DEFECTS.filter(({ since, fixedIn }) => reaches(release, since) && !reaches(release, fixedIn));
}

/** The first releases without any weakness of known-faults.ts, for each line; a test holds the two tables equal. */
export const WITHOUT_KNOWN_FAULTS: readonly string[] = ['3.8.7', '3.9.6'];

/** Whether the table of known faults, which most starts need not read, may have a row for the release. */
export function mayHaveKnownFaults(release: Release): boolean {
  return !reaches(release, WITHOUT_KNOWN_FAULTS);
}
