/** What each finding means. A code never changes its meaning; a new case gets a new code. */
interface CatalogueEntry {
  readonly severity: 'error' | 'warning' | 'note';
  /** What has been found, in one sentence. */
  readonly meaning: string;
  /** Why it matters and what to do, for `check --explain` and docs/errors.md. */
  readonly remedy: string;
}

function entry(severity: CatalogueEntry['severity'], meaning: string, remedy: string): CatalogueEntry {
  return { severity, meaning, remedy };
}

/** Every code this program can report, in the order of the documentation. */
export const catalogue = {
  'ZK-SETTING-001': entry(
    'error',
    'A variable holds a value that cannot be used.',
    'Give it a value of the type and range that the message names, or remove the variable to get the default.',
  ),
  'ZK-SETTING-002': entry(
    'error',
    'A setting is given twice: as NAME and as NAME_FILE.',
    'Keep one of the two; which one was meant cannot be guessed.',
  ),
  'ZK-SETTING-003': entry(
    'error',
    'The file that NAME_FILE names cannot be read.',
    'Mount the Secret or ConfigMap at that path, or correct the path.',
  ),
  'ZK-SETTING-004': entry(
    'warning',
    'A ZK_* variable has a name this program does not know, so it does nothing.',
    'Correct the spelling, or remove it. `zk-entrypoint settings` lists every name.',
  ),
  'ZK-SETTING-005': entry(
    'warning',
    'A variable was overwritten by a Kubernetes service link.',
    'Set enableServiceLinks: false in the pod spec, or rename the Service whose name makes this variable.',
  ),
  'ZK-SETTING-006': entry(
    'error',
    'A setting without which no configuration can be rendered is missing.',
    'Set the variable that the message names.',
  ),
  'ZK-SETTING-007': entry(
    'error',
    'ZK_EXTRA_CONFIG holds a key that has a setting of its own.',
    'Use the setting, so that the key cannot be written twice with two values.',
  ),
  'ZK-SETTING-008': entry(
    'error',
    'A key of ZK_EXTRA_CONFIG would be read by ZooKeeper and have no effect at all.',
    'Use the spelling or the JVM flag that the message names.',
  ),
  'ZK-SETTING-009': entry(
    'warning',
    'A key of ZK_EXTRA_CONFIG is in no ZooKeeper release this program knows.',
    'Check the spelling. It is written all the same, since ZooKeeper turns unknown keys into system properties.',
  ),
  'ZK-SETTING-010': entry(
    'warning',
    'A setting or key is not known to the ZooKeeper at hand, so it is not written.',
    'Remove it, or use a ZooKeeper release that has it.',
  ),
  'ZK-SETTING-012': entry(
    'error',
    'One port is given to two listeners.',
    'Give every listener a port of its own; only the election ports of different hosts may be equal.',
  ),
  'ZK-SETTING-013': entry(
    'warning',
    'A JVM flag holds a secret, which everybody who may run `ps` can read.',
    'Put the secret into a file and give ZooKeeper its path, for example ssl.keyStore.passwordPath.',
  ),
  'ZK-IDENTITY-001': entry(
    'error',
    'The pod name (or host name) has no ordinal, so the server id cannot be derived.',
    'Run as a StatefulSet pod, set POD_NAME from metadata.name (needed with hostNetwork), or set ZK_MYID.',
  ),
  'ZK-IDENTITY-002': entry(
    'error',
    'This server is not a member of the ensemble it was given.',
    'Make ZK_REPLICAS or ZK_ENSEMBLE cover this pod: every member must be started with the same list.',
  ),
  'ZK-IDENTITY-003': entry(
    'error',
    'The domain of the members is not known, so their addresses would resolve to nothing.',
    "Set serviceName in the StatefulSet, or set ZK_DOMAIN to the headless Service's domain.",
  ),
  'ZK-IDENTITY-004': entry(
    'error',
    'Two members of the ensemble are the same.',
    'List every member once; two servers must never share an address or an id.',
  ),
  'ZK-IDENTITY-005': entry(
    'error',
    'A server id is outside 1 to 255.',
    'Lower ZK_MYID_OFFSET or the ordinal; ZooKeeper keeps one byte of the id in its session ids.',
  ),
  'ZK-IDENTITY-006': entry(
    'error',
    'ZK_REPLICAS and ZK_ENSEMBLE disagree about the size of the ensemble.',
    'Keep one of the two, or make them agree.',
  ),
  'ZK-IDENTITY-007': entry(
    'error',
    'The role of this server (participant or observer) is not the one its peers would see.',
    'Mark observers in ZK_ENSEMBLE, the same list for every member: zk-3:2888:3888:observer.',
  ),
  'ZK-IDENTITY-008': entry(
    'error',
    'No member of the ensemble votes.',
    'At least one member must be a participant; observers alone can never elect a leader.',
  ),
  'ZK-VOLUME-001': entry(
    'error',
    'The volume belongs to another member: its myid file holds another id.',
    'Attach the right volume. Never edit myid to make it fit: two servers with the data of one lose writes.',
  ),
  'ZK-VOLUME-002': entry(
    'error',
    'The myid file cannot be understood.',
    'Look at the volume; if it is this member’s own, remove the file and it is written anew.',
  ),
  'ZK-VOLUME-003': entry(
    'error',
    'A directory that ZooKeeper needs cannot be written.',
    'Set fsGroup in the pod’s securityContext to the group that ZooKeeper runs with.',
  ),
  'ZK-ENSEMBLE-001': entry(
    'warning',
    'The number of voting members is even.',
    'Use an odd number: one more member makes the quorum larger and survives no further failure.',
  ),
  'ZK-ENSEMBLE-002': entry(
    'warning',
    'Two voting members are less available than one: when either is down, neither serves.',
    'Use one member for development, three or more for availability.',
  ),
  'ZK-ENSEMBLE-003': entry(
    'warning',
    'More than seven members vote, so every write waits for many.',
    'Make the further members observers.',
  ),
  'ZK-TIMING-001': entry(
    'warning',
    'syncLimit or initLimit is so large that it is probably meant in milliseconds; it counts ticks.',
    'Give ticks: with a tick of 2 s, ZK_SYNC_LIMIT=5 notices a dead leader after 10 s.',
  ),
  'ZK-TIMING-002': entry(
    'error',
    'The shortest session timeout is longer than the longest.',
    'Make ZK_MIN_SESSION_TIMEOUT at most ZK_MAX_SESSION_TIMEOUT; ZooKeeper would refuse to start.',
  ),
  'ZK-TIMING-003': entry(
    'warning',
    'The tick is outside what works in practice.',
    'Use 500 to 10000 ms: shorter ticks raise false alarms at every pause, longer ones notice failures late.',
  ),
  'ZK-TIMING-004': entry(
    'warning',
    'initLimit is shorter than syncLimit.',
    'Raise ZK_INIT_LIMIT: the first synchronisation always needs more time than keeping up.',
  ),
  'ZK-TIMING-005': entry(
    'warning',
    'Sessions may expire after a single missed heartbeat.',
    'Let ZK_MIN_SESSION_TIMEOUT be at least two ticks.',
  ),
  'ZK-PURGE-001': entry(
    'warning',
    'Old snapshots and logs are never purged, so the volume fills up.',
    'Set ZK_PURGE_INTERVAL to a number of hours, or purge by other means.',
  ),
  'ZK-PURGE-002': entry(
    'note',
    'Fewer than three snapshots are to be kept; ZooKeeper keeps three all the same.',
    'Set ZK_SNAP_RETAIN_COUNT to 3 or more.',
  ),
  'ZK-CLIENT-001': entry(
    'warning',
    'maxClientCnxns is so low that probes and clients of one address shut each other out.',
    'Use 10 or more: probes count as connections from the same address.',
  ),
  'ZK-NETWORK-001': entry(
    'error',
    'The client port cannot be opened.',
    'Stop what listens there, or set another ZK_CLIENT_PORT; with hostNetwork each pod of a node needs its own.',
  ),
  'ZK-NETWORK-002': entry(
    'error',
    'The health port cannot be opened.',
    'Set another ZK_HEALTH_PORT, or 0 to turn the health endpoint off; with hostNetwork each pod of a node needs its own.',
  ),
  'ZK-MEMORY-001': entry(
    'error',
    'The heap does not fit into the memory limit of the container.',
    'Lower ZK_HEAP_SIZE below 80 % of the limit, or raise the limit: beside the heap the JVM needs room too.',
  ),
  'ZK-DISTRIBUTION-001': entry(
    'error',
    'No ZooKeeper was found in ZK_HOME.',
    'Set ZK_HOME to the folder that holds lib/zookeeper-<version>.jar.',
  ),
  'ZK-DISTRIBUTION-002': entry(
    'error',
    'The version of ZooKeeper cannot be told from its jars.',
    'Keep the version in the name of the jar (zookeeper-3.9.3.jar), or name it with --zookeeper-version.',
  ),
  'ZK-DISTRIBUTION-003': entry(
    'warning',
    'The distribution has no logging backend that fits its slf4j, so ZooKeeper would log nothing.',
    'Add logback-classic and logback-core (slf4j 2), or slf4j-reload4j and reload4j (slf4j 1.7), to lib/.',
  ),
  'ZK-DISTRIBUTION-004': entry(
    'note',
    'No ZooKeeper is installed here, so the newest known release is assumed.',
    'Name another with --zookeeper-version, or point ZK_HOME at a distribution.',
  ),
} as const satisfies Record<string, CatalogueEntry>;
