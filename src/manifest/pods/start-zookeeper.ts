import { type Finding, finding } from '../../findings/finding.ts';
import type { Environment } from './environment.ts';
import type { Workload } from './workload.ts';

/** The variable that each flag of image/bin/start-zookeeper sets. A test compares this table with the script. */
export const startZooKeeperFlags: Readonly<Record<string, string>> = {
  servers: 'ZK_REPLICAS',
  data_dir: 'ZK_DATA_DIR',
  data_log_dir: 'ZK_DATA_LOG_DIR',
  log_dir: 'ZK_LOG_DIR',
  conf_dir: 'ZK_CONF_DIR',
  client_port: 'ZK_CLIENT_PORT',
  server_port: 'ZK_SERVER_PORT',
  election_port: 'ZK_ELECTION_PORT',
  tick_time: 'ZK_TICK_TIME',
  init_limit: 'ZK_INIT_LIMIT',
  sync_limit: 'ZK_SYNC_LIMIT',
  heap: 'ZK_HEAP_SIZE',
  max_client_cnxns: 'ZK_MAX_CLIENT_CNXNS',
  snap_retain_count: 'ZK_SNAP_RETAIN_COUNT',
  purge_interval: 'ZK_PURGE_INTERVAL',
  min_session_timeout: 'ZK_MIN_SESSION_TIMEOUT',
  max_session_timeout: 'ZK_MAX_SESSION_TIMEOUT',
  log_level: 'ZK_LOG_LEVEL',
};

/** The variables that the flags of `start-zookeeper` set, and findings about words that it does not know. */
export function readFlags(words: readonly string[]): {
  readonly variables: ReadonlyMap<string, string>;
  readonly unknown: readonly string[];
} {
  const variables = new Map<string, string>();
  const unknown: string[] = [];
  for (const word of words.filter((word) => word !== '-v')) {
    const [, flag = '', value = ''] = /^--([^=]+)=(.*)$/s.exec(word) ?? [];
    const variable = Object.hasOwn(startZooKeeperFlags, flag) ? startZooKeeperFlags[flag] : undefined;
    if (variable === undefined) unknown.push(word);
    else variables.set(variable, value);
  }
  return { variables, unknown };
}

/** The flags of start-zookeeper override variables. Without a list of members, the ensemble has one member. */
export function underFlags(
  { launch, title, containerPath }: Workload,
  given: Environment['variables'],
): Environment {
  if (launch.kind === 'variables') return { variables: given, findings: [] };
  const { variables, unknown } = readFlags(launch.words);
  const from = `${containerPath} start-zookeeper`;
  const all = new Map(given);
  for (const [name, text] of variables) {
    all.set(name, { text, from, secret: false });
    all.delete(`${name}_FILE`);
  }
  const members = ['ZK_REPLICAS', 'ZK_ENSEMBLE'].flatMap((name) => [name, `${name}_FILE`]);
  if (!members.some((name) => all.get(name)?.text))
    all.set('ZK_REPLICAS', { text: '1', from, secret: false });
  return { variables: all, findings: unknown.map((word) => unknownFlag(`${title} ${from}`, word)) };
}

/** A flag whose value is missing or is a separate word. */
function isBare(word: string): boolean {
  return word.startsWith('--') && Object.hasOwn(startZooKeeperFlags, word.slice(2));
}

function unknownFlag(subject: string, word: string): Finding {
  return finding('ZK-MANIFEST-019', {
    subject,
    // The text after = is not shown, because it may be anything.
    problem: isBare(word)
      ? `${word} of start-zookeeper has no value`
      : `start-zookeeper does not know ${word.replace(/(?<==).*$/s, '…')}`,
    remedy: 'flags are written --name=value; start-zookeeper --help lists them',
  });
}
