/** A room of src/: what it is about, and which other rooms its files may import, types included. */
interface Room {
  readonly about: string;
  /** A pure room reads no file, clock or variable: it may import no `node:` module. */
  readonly pure: boolean;
  readonly mayImport: readonly string[];
}

/**
 * The whole plan of src/, from the ground up: a room imports only rooms that stand above it in this list, so there is
 * no circle. What is not listed is forbidden. A test holds the sources to it, and docs/architecture.md shows it.
 */
export const rooms: Readonly<Record<string, Room>> = {
  'exit-status.ts': {
    about: 'the exit statuses of this program, and the error that carries one',
    pure: true,
    mayImport: [],
  },
  text: {
    about: 'how a text is shown: control characters, lengths, spans of time, nearest words',
    pure: true,
    mayImport: [],
  },
  zookeeper: {
    about:
      'what ZooKeeper is, by release: keys of zoo.cfg, features, defects, exits, jars, four-letter words and answers',
    pure: true,
    mayImport: [],
  },
  findings: {
    about: 'what is wrong: a code, its severity, its texts; the ledger through which each is reported',
    pure: true,
    mayImport: ['text'],
  },
  settings: {
    about: 'one table, a row a setting: parsing, defaults, origins, reference; masks for texts',
    pure: true,
    mayImport: ['text', 'zookeeper', 'findings'],
  },
  ensemble: {
    about: 'who am I, who are the others: host name and list to ids and members',
    pure: true,
    mayImport: ['text', 'findings', 'settings'],
  },
  membership: {
    about: 'what an ensemble has committed on its members: how a start, a join and a leave follow from it',
    pure: true,
    mayImport: ['settings', 'ensemble'],
  },
  render: {
    about: 'the plan: every file and the java command, one file per output; what of it is harmless',
    pure: true,
    mayImport: ['zookeeper', 'settings', 'ensemble', 'membership'],
  },
  dialects: {
    about: 'names and places of other images of ZooKeeper: a table each, and how they are read as ours',
    pure: true,
    mayImport: ['text', 'findings', 'settings', 'render'],
  },
  checks: {
    about: 'is this wise: facts to findings',
    pure: true,
    mayImport: ['text', 'zookeeper', 'findings', 'settings', 'ensemble', 'render'],
  },
  volume: {
    about: 'what lies on the volume and where it lies, judged from facts handed in',
    pure: true,
    mayImport: ['text', 'zookeeper', 'findings', 'settings'],
  },
  health: {
    about: 'answers of the server to verdicts, metrics and HTTP answers',
    pure: true,
    mayImport: ['text', 'zookeeper'],
  },
  admission: {
    about: 'may this member start: decision, record, consent, what peers report',
    pure: true,
    mayImport: ['text', 'findings', 'settings', 'ensemble', 'volume', 'health'],
  },
  lifecycle: {
    about: '`next(state, event)` to a state and actions',
    pure: true,
    mayImport: ['exit-status.ts', 'text'],
  },
  ending: {
    about: 'what the end of a JVM means, and what to do about it',
    pure: true,
    mayImport: ['text', 'zookeeper', 'lifecycle'],
  },
  'ensemble-status': {
    about: 'what all members say of themselves: one table, one sentence on the quorum',
    pure: true,
    mayImport: ['text', 'zookeeper', 'settings', 'ensemble', 'membership', 'health', 'admission'],
  },
  sanity: {
    about: 'the write-here-read-there check, over connections it is handed',
    pure: true,
    mayImport: ['text', 'settings'],
  },
  preparation: {
    about: 'settings to plan and findings in one pass; asks the machine through an interface',
    pure: true,
    mayImport: [
      'text',
      'zookeeper',
      'findings',
      'settings',
      'ensemble',
      'render',
      'dialects',
      'checks',
      'health',
    ],
  },
  manifest: {
    about:
      'Kubernetes YAML and compose files to pods, each prepared as `start` would, and findings about the objects',
    pure: true,
    mayImport: ['text', 'zookeeper', 'findings', 'settings', 'ensemble', 'dialects', 'checks', 'preparation'],
  },
  host: {
    about: 'whatever touches the machine: files, processes, signals, sockets, DNS, the ZooKeeper client',
    pure: false,
    mayImport: [
      'text',
      'zookeeper',
      'settings',
      'ensemble',
      'membership',
      'render',
      'checks',
      'volume',
      'health',
      'admission',
      'lifecycle',
      'ending',
      'ensemble-status',
      'sanity',
      'preparation',
    ],
  },
  start: {
    about: 'before there is a JVM: looks at machine, volume and peers, and waits until the member may start',
    pure: false,
    mayImport: [
      'exit-status.ts',
      'text',
      'zookeeper',
      'findings',
      'settings',
      'ensemble',
      'membership',
      'render',
      'volume',
      'health',
      'admission',
      'lifecycle',
      'preparation',
      'host',
    ],
  },
  supervision: {
    about: 'while the JVM runs: joins lifecycle, health and host',
    pure: false,
    mayImport: [
      'exit-status.ts',
      'text',
      'zookeeper',
      'findings',
      'settings',
      'ensemble',
      'membership',
      'render',
      'dialects',
      'checks',
      'volume',
      'health',
      'admission',
      'lifecycle',
      'ending',
      'ensemble-status',
      'preparation',
      'host',
      'start',
    ],
  },
  commands: {
    about: 'a file a command: reads flags, calls the rooms, returns an exit status',
    pure: false,
    mayImport: [
      'exit-status.ts',
      'text',
      'zookeeper',
      'findings',
      'settings',
      'ensemble',
      'render',
      'dialects',
      'health',
      'admission',
      'ensemble-status',
      'sanity',
      'preparation',
      'manifest',
      'host',
      'start',
      'supervision',
    ],
  },
};
