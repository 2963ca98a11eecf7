import { whitelist } from '../../zookeeper/four-letter/known-words.ts';
import { bindAddress } from '../kinds/hosts.ts';
import { port, portOrOff, wholeNumber } from '../kinds/numbers.ts';
import { fourLetterWords, yesOrNo } from '../kinds/words.ts';
import { always, asItIs, optional, row } from '../row.ts';

/** Where this member listens and what it answers. */
export const networkRows = {
  clientPort: row({
    variable: 'ZK_CLIENT_PORT',
    group: 'network',
    kind: port(),
    fallback: always(2181),
    meaning: 'The port clients connect to; probes ask it on loopback.',
    zooCfg: { clientPort: asItIs },
  }),
  serverPort: row({
    variable: 'ZK_SERVER_PORT',
    group: 'network',
    kind: port(),
    fallback: always(2888),
    meaning: 'The port followers connect to on the leader.',
    goesTo: 'zoo.cfg server.N',
  }),
  electionPort: row({
    variable: 'ZK_ELECTION_PORT',
    group: 'network',
    kind: port(),
    fallback: always(3888),
    meaning: 'The port on which members elect a leader.',
    goesTo: 'zoo.cfg server.N',
  }),
  clientAddress: optional({
    variable: 'ZK_CLIENT_ADDRESS',
    group: 'network',
    kind: bindAddress,
    words: 'all addresses',
    meaning: 'The address of the client port. It must include loopback, for the probes.',
    zooCfg: { clientPortAddress: asItIs },
  }),
  maxClientCnxns: row({
    variable: 'ZK_MAX_CLIENT_CNXNS',
    group: 'network',
    kind: wholeNumber({ min: 0, max: 2_147_483_647, unit: 'connections' }),
    fallback: always(60),
    meaning: 'Connections allowed from one client address; 0 is unlimited.',
    zooCfg: { maxClientCnxns: asItIs },
  }),
  quorumListenOnAllIps: row({
    variable: 'ZK_QUORUM_LISTEN_ON_ALL_IPS',
    group: 'network',
    kind: yesOrNo,
    fallback: always(false),
    meaning: 'Binds server and election port on all addresses; needed behind a service mesh.',
    zooCfg: { quorumListenOnAllIPs: (on) => on || undefined },
  }),
  fourLetterWords: row({
    variable: 'ZK_4LW_WHITELIST',
    group: 'network',
    kind: fourLetterWords,
    fallback: always<readonly string[]>([]),
    meaning:
      'Further four-letter words to answer. The words for probes (ruok, srvr, mntr, conf) are always answered.',
    zooCfg: { '4lw.commands.whitelist': whitelist },
  }),
  adminPort: row({
    variable: 'ZK_ADMIN_PORT',
    group: 'network',
    kind: portOrOff(),
    fallback: always(0),
    meaning:
      "The port of ZooKeeper's AdminServer, which shows the whole tree to every client. Off by default.",
    zooCfg: {
      'admin.enableServer': (port) => port > 0,
      'admin.serverPort': (port) => (port > 0 ? port : undefined),
    },
  }),
};
