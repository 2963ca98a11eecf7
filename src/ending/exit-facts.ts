/** What is known of the machine and the settings when the JVM has ended; every one may be missing. */
export interface ExitFacts {
  readonly dataDir?: string | undefined;
  /** Whether we may write to the data directory; we run as the user the JVM ran as. */
  readonly dataDirWritable?: boolean | undefined;
  readonly dataDirOwnerUid?: number | undefined;
  readonly dataDirFreeBytes?: number | undefined;
  readonly dataLogDir?: string | undefined;
  readonly ourUid?: number | undefined;
  readonly ourGid?: number | undefined;
  /** The container's limit, not the machine's memory. */
  readonly memoryLimitBytes?: number | undefined;
  readonly heapBytes?: number | undefined;
  /** Whether clients are served by Netty, which needs more beside the heap. */
  readonly usesNetty?: boolean | undefined;
  /** Of the newest snapshot. */
  readonly snapshotBytes?: number | undefined;
  /** Whether the cgroup has counted an OOM kill (memory.events, oom_kill); undefined where it cannot be read. */
  readonly oomKilled?: boolean | undefined;
  readonly clientPort?: number | undefined;
  readonly electionPort?: number | undefined;
  readonly adminPort?: number | undefined;
  /** The path of zoo.cfg. */
  readonly configFile?: string | undefined;
  /** Whether the server had answered before. */
  readonly served?: boolean | undefined;
}

/** What an end usually means and what to do about it, both as parts of one sentence. */
export interface ExitExplanation {
  /** ZooKeeper's own name for the status, where that release has one. */
  readonly name?: string;
  readonly meaning: string;
  readonly remedy: string;
}
