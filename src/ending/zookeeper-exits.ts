import type { ExitExplanation, ExitFacts } from './exit-facts.ts';
import { dataDirOrMemory, dataDirUnusable, diskMayBeFull, outOfHeap } from './storage-exits.ts';

/** One sentence maker per exit status. */
export type ExitTable = Readonly<Record<number, (facts: ExitFacts) => ExitExplanation>>;

const snapshotFailed = (facts: ExitFacts): ExitExplanation => ({
  meaning: `a snapshot could not be written: most often the disk is full${diskMayBeFull(facts)}`,
  remedy: 'enlarge the data volume, and set ZK_PURGE_INTERVAL so that old snapshots go',
});

const commitUnmatched = (): ExitExplanation => ({
  meaning: 'this follower was told to commit another transaction than the one it had next',
  remedy:
    'it resynchronises when restarted; if it repeats, move version-2 of this member away and let it copy anew',
});

const leaderNotUnderstood = (): ExitExplanation => ({
  meaning:
    'the leader sent a packet this server did not expect, or its log could not be truncated to the leader’s',
  remedy:
    'check that all members run releases that fit together; if it repeats, let this member copy its data anew',
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

/** ZooKeeper 3.4: numbers without names, and 1 for a data directory that cannot be used. */
export const oldExits: ExitTable = {
  0: (facts) => shutItselfDown(facts),
  1: (facts) => (facts.dataDirWritable === false ? dataDirUnusable(facts) : unexpected(facts)),
  2: configRefused,
  3: outOfHeap,
  4: () => ({
    meaning: 'the old election algorithm got no UDP socket',
    remedy: 'remove electionAlg from ZK_EXTRA_CONFIG; 3 is the default and the only one that lasts',
  }),
  10: snapshotFailed,
  12: commitUnmatched,
  13: leaderNotUnderstood,
};

/** ZooKeeper 3.5 and newer. */
export const newExits: ExitTable = {
  0: (facts) => named('EXECUTION_FINISHED', shutItselfDown(facts)),
  1: (facts) => named('UNEXPECTED_ERROR', unexpected(facts)),
  2: (facts) => named('INVALID_INVOCATION', configRefused(facts)),
  3: dataDirOrMemory,
  4: (facts) => named('ERROR_STARTING_ADMIN_SERVER', adminServer(facts)),
  10: (facts) => named('TXNLOG_ERROR_TAKING_SNAPSHOT', snapshotFailed(facts)),
  12: () => named('UNMATCHED_TXN_COMMIT', commitUnmatched()),
  13: () => named('QUORUM_PACKET_ERROR', leaderNotUnderstood()),
  14: (facts) => named('UNABLE_TO_BIND_QUORUM_PORT', electionPort(facts)),
};

function named(name: string, explanation: ExitExplanation): ExitExplanation {
  return { name, ...explanation };
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
    meaning: `election port ${port} could not be bound: our own name does not resolve to an address of this pod yet, or the port is taken`,
    remedy:
      'set publishNotReadyAddresses: true on the headless Service, or ZK_QUORUM_LISTEN_ON_ALL_IPS=true; a restart often mends it',
  };
}
