import { nearest } from '../../text/nearest.ts';

/** What image/bin puts on PATH; a test holds it and the folder equal. */
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

/** ZooKeeper's own, which lie beside them. */
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

/** Ours or ZooKeeper's that a word was probably meant to be, or undefined where it is one or is like none. */
export function misspelt(word: string): string | undefined {
  const name = word.slice(word.lastIndexOf('/') + 1);
  return !/^(zk|zookeeper|start-)\S*$/i.test(name) || HERE.includes(name) ? undefined : nearest(name, HERE);
}

/** Probes of other images that the image answers; a test holds it and image/finish.sh equal. */
export const OTHERS_PROBES: readonly string[] = [
  '/opt/bitnami/scripts/zookeeper/healthcheck.sh',
  '/bitnami/scripts/zookeeper/healthcheck.sh',
];

/** Programs that ask ports, which many images have and ours does not. */
const ABSENT = new Set(
  'ncat netcat telnet curl wget socat dig nslookup host ss netstat lsof ip nmap python python3 perl ruby cub dub zookeeper-shell zookeeper-shell.sh'.split(
    ' ',
  ),
);

/** Commands of `zk-entrypoint` that a probe can ask. */
const SUBCOMMANDS = ['live', 'ready', 'status', 'sanity', 'check'];

/** Why the image has no such program, in words that follow its name, or undefined where it may have it. */
export function whyNotInImage([word = '', next]: readonly string[]): string | undefined {
  const name = word.slice(word.lastIndexOf('/') + 1);
  if (name === 'zk-entrypoint' && next !== undefined && !next.startsWith('-') && !SUBCOMMANDS.includes(next))
    return `has no command ${next} that answers a probe; it has ${SUBCOMMANDS.join(', ')}`;
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

/** What ends a healthcheck with a status of its own is no second way to be healthy. */
const NO_OTHER_WAY = /\|\|\s*(exit(\s+\d+)?|false)\s*(?=$|[;)}\n])/g;

/** The commands of a probe, those of a shell's line one by one; a line that asks whether a program is there has none. */
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
