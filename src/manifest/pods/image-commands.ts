import { nearest } from '../../text/nearest.ts';

/** The programs that image/bin puts on PATH. A test compares them with the folder. */
export const OUR_COMMANDS = [
  'start-zookeeper',
  'zk-entrypoint',
  'zk-live',
  'zk-ready',
  'zkCli.sh',
  'zkGenConfig.sh',
  'zkMetrics.sh',
  'zkOk.sh',
  'zkServer.sh',
  'zkTool.sh',
  'zookeeper-metrics',
  'zookeeper-ready',
] as const;

/** ZooKeeper's scripts, in the same folder. */
const ZOOKEEPERS = [
  'README.txt',
  'ask-supervisor.sh',
  'own-script.sh',
  'zkCleanup.sh',
  'zkEnv.sh',
  'zkServer-initialize.sh',
  'zkSnapShotToolkit.sh',
  'zkSnapshotComparer.sh',
  'zkSnapshotRecursiveSummaryToolkit.sh',
  'zkTxnLogToolkit.sh',
];

const HERE: readonly string[] = [...OUR_COMMANDS, ...ZOOKEEPERS];

/** The program that a misspelt word probably means. Undefined if the word is right, or is like no program. */
export function misspelt(word: string): string | undefined {
  const name = word.slice(word.lastIndexOf('/') + 1);
  return !/^(zk|zookeeper|start-)\S*$/i.test(name) || HERE.includes(name) ? undefined : nearest(name, HERE);
}

/** Probe scripts of other images that our image also has. A test compares them with image/finish.sh. */
export const OTHERS_PROBES: readonly string[] = [
  '/opt/bitnami/scripts/zookeeper/healthcheck.sh',
  '/bitnami/scripts/zookeeper/healthcheck.sh',
];

/** Programs that ask ports. Many images have them, and ours does not. */
const ABSENT = new Set(
  'ncat netcat telnet curl wget socat dig nslookup host ss netstat lsof ip nmap python python3 perl ruby cub dub zookeeper-shell zookeeper-shell.sh'.split(
    ' ',
  ),
);

/** Commands of `zk-entrypoint` that a probe can run. */
const SUBCOMMANDS = ['live', 'ready', 'status', 'sanity', 'check'];

/** Why the image does not have the program, as words that follow its name. Undefined if it may have it. */
export function whyNotInImage([word = '', next]: readonly string[]): string | undefined {
  const name = word.slice(word.lastIndexOf('/') + 1);
  if (name === 'zk-entrypoint' && next !== undefined && !next.startsWith('-') && !SUBCOMMANDS.includes(next))
    return `has no command ${next} for a probe; use one of ${SUBCOMMANDS.join(', ')}`;
  if (OTHERS_PROBES.includes(word) || name === 'nc') return undefined;
  if (ABSENT.has(name)) return 'is not in the image';
  if (HERE.includes(name))
    return isElsewhere(word) ? `is not in ${word.slice(0, word.lastIndexOf('/'))}` : undefined;
  const near = nearest(name, HERE);
  const looksLikeOurs =
    near !== undefined || /^(zk|zookeeper)/i.test(name) || word.startsWith('/opt/zookeeper/');
  if (!looksLikeOurs) return undefined;
  return near === undefined ? 'is not in the image' : `is not in the image (did you mean ${near}?)`;
}

const FOLDERS = ['/opt/zookeeper/bin/', '/opt/zookeeper/libexec/', '/usr/local/bin/'];

function isElsewhere(word: string): boolean {
  return word.startsWith('/') && !FOLDERS.some((folder) => word.startsWith(folder));
}

const ENDS_A_COMMAND = /\|\|?|&&|[;\n&(){}]|\bthen\b|\bdo\b|\belse\b|\$\(/;
const BEFORE_A_COMMAND = /^(?:\s|!|exec\s|time\s|if\s|while\s|until\s|env\s|[A-Za-z_]\w*=\S*\s)+/;

/** An end of a healthcheck that only sets its exit status. It is not a second way to be healthy. */
const NO_OTHER_WAY = /\|\|\s*(exit(\s+\d+)?|false)\s*(?=$|[;)}\n])/g;

/** The commands of a probe; each command of a shell line. Only the shell, if the line checks whether a program exists. */
export function commandsOf(words: readonly string[]): string[][] {
  const [shell = '', flag = '', line] = words;
  const isShell = /(^|\/)(ba|da|z|)sh$/.test(shell) && /^-\w*c$/.test(flag) && line !== undefined;
  if (!isShell) return [[...words]];
  const asked = line.replace(NO_OTHER_WAY, ' ');
  if (/\|\||\b(if|which|command|type)\b/.test(asked)) return [[shell]];
  return asked
    .split(ENDS_A_COMMAND)
    .map((part) => part.replace(BEFORE_A_COMMAND, '').trim().split(/\s+/))
    .filter(([word = '']) => /^[\w./-]+$/.test(word));
}
