import { type ExitCause, exitRows } from '../zookeeper/exits.ts';
import type { Release } from '../zookeeper/release.ts';
import type { ExitExplanation, ExitFacts } from './exit-facts.ts';
import { dataDirOrMemory, dataDirUnusable, diskMayBeFull, outOfHeap } from './storage-exits.ts';

/** One sentence maker per exit status. */
export type ExitTable = Readonly<Record<number, (facts: ExitFacts) => ExitExplanation>>;

const snapshotFailed = (facts: ExitFacts): ExitExplanation => ({
  meaning: `a snapshot could not be written: most often the disk is full${diskMayBeFull(facts)}`,
  remedy: 'enlarge the data volume, and set ZK_PURGE_INTERVAL so that old snapshots go',
});

const commitUnmatched = (): ExitExplanation => ({
  meaning: 'the leader committed another transaction than the next one of this follower',
  remedy:
    'it resynchronises when restarted; if it repeats, move version-2 of this member away and let it copy anew',
});

const leaderNotUnderstood = (): ExitExplanation => ({
  meaning:
    'the leader sent a packet this server did not expect, or its log could not be truncated to the leader’s',
  remedy:
    'check that all members run compatible releases; if it repeats, empty the volume of this member, and it copies the data again',
});

const configRefused = ({ configFile = 'zoo.cfg' }: ExitFacts): ExitExplanation => ({
  meaning: `ZooKeeper refuses ${configFile} or its myid`,
  remedy: 'the line "Invalid config" above names the key; look for it in ZK_EXTRA_CONFIG first',
});

const unexpected = ({ served, clientPort }: ExitFacts): ExitExplanation =>
  served === true
    ? {
        meaning: 'an error ZooKeeper did not expect ended a server that had answered',
        remedy: 'the last ERROR above names it; without one, suspect a full disk or no memory',
      }
    : {
        meaning: `the server could not be brought up: ${portWords(clientPort)} is taken, its id is not in the server list, its logs and snapshots do not fit together, or the JVM refuses a flag or its heap`,
        remedy: 'the last ERROR above, or "Could not create the Java Virtual Machine", says which',
      };

function portWords(port: number | undefined): string {
  return port === undefined ? 'the client port' : `client port ${port}`;
}

const noElectionSocket = (): ExitExplanation => ({
  meaning: 'the old election algorithm got no UDP socket',
  remedy: 'remove electionAlg from ZK_EXTRA_CONFIG; 3 is the default and the only one that lasts',
});

const EXPLAINED: Readonly<Record<ExitCause, (facts: ExitFacts, name?: string) => ExitExplanation>> = {
  'shut-itself-down': named(shutItselfDown),
  unexpected: named(unexpected),
  'unexpected-or-data-dir': (facts) =>
    facts.dataDirWritable === false ? dataDirUnusable(facts) : unexpected(facts),
  'config-refused': named(configRefused),
  'out-of-heap': outOfHeap,
  'data-dir-or-heap': dataDirOrMemory,
  'no-election-socket': noElectionSocket,
  'admin-server': named(adminServer),
  'snapshot-failed': named(snapshotFailed),
  'commit-unmatched': named(commitUnmatched),
  'leader-not-understood': named(leaderNotUnderstood),
  'election-port': named(electionPort),
};

/** How each status is explained that a release of ZooKeeper ends with by itself. */
export function exitsOf(release: Release): ExitTable {
  const rows = exitRows(release).map(({ status, cause, name }) => [
    status,
    (facts: ExitFacts) => EXPLAINED[cause](facts, name),
  ]);
  return Object.fromEntries(rows);
}

function named(explain: (facts: ExitFacts) => ExitExplanation) {
  return (facts: ExitFacts, name?: string): ExitExplanation =>
    name === undefined ? explain(facts) : { name, ...explain(facts) };
}

/** A standalone server whose critical thread fails ends with 0; so do peers that enforce a scheme they cannot check. */
function shutItselfDown(facts: ExitFacts): ExitExplanation {
  return {
    meaning: `ZooKeeper shut itself down without being asked: a standalone server does so when its disk is full${diskMayBeFull(facts)}, a peer when it must enforce an authentication scheme without its provider`,
    remedy: 'the first ERROR above names the cause; free or enlarge the data volume, or set the authProvider',
  };
}

function adminServer({ adminPort }: ExitFacts): ExitExplanation {
  return {
    meaning: `the AdminServer could not start: port ${adminPort ?? 8080} is most likely taken`,
    remedy: 'give ZK_ADMIN_PORT another port, or turn the AdminServer off with it',
  };
}

function electionPort({ electionPort: port = 3888 }: ExitFacts): ExitExplanation {
  return {
    meaning: `election port ${port} could not be bound: the name of this pod does not resolve to its address yet, or the port is taken`,
    remedy:
      'set publishNotReadyAddresses: true on the headless Service, or ZK_QUORUM_LISTEN_ON_ALL_IPS=true; a restart often fixes it',
  };
}
