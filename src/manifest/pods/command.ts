import { listAt, type Tree, textAt } from '../objects/tree.ts';
import { misspelt } from './image-commands.ts';

/** How a container starts our program: with flags of start-zookeeper, or by variables alone. */
export type Launch =
  | { readonly kind: 'flags'; readonly words: readonly string[] }
  | { readonly kind: 'variables' };

/** The commands of zk-entrypoint. A test compares them with cli.ts. */
export const COMMANDS: readonly string[] = [
  'start',
  'render',
  'check',
  'live',
  'ready',
  'status',
  'hold',
  'release',
  'scale',
  'sanity',
  'consent',
  'settings',
];

const OURS = ['zk-entrypoint', 'zkGenConfig.sh', 'zkServer.sh', 'start-zookeeper'];

/** The names of other images' scripts that our image also has. A test compares them with image/finish.sh. */
export const OTHERS_STARTS = [
  '/docker-entrypoint.sh',
  '/entrypoint.sh',
  '/run.sh',
  '/opt/bitnami/scripts/zookeeper/entrypoint.sh',
  '/opt/bitnami/scripts/zookeeper/run.sh',
  '/etc/confluent/docker/run',
] as const;

/** The start script that Bitnami's chart mounts. It calls one of those scripts. */
const BITNAMI_CHART = '/scripts/setup.sh';

const starts: readonly string[] = [...OTHERS_STARTS, BITNAMI_CHART];

/** Other images of ZooKeeper by the end of their name, with the dialect of their variables. */
const OTHER_IMAGES: readonly (readonly [RegExp, 'bitnami' | 'docker-library' | 'confluent'])[] = [
  [/(^|\/)(bitnami|bitnamilegacy|bitnamisecure)\/zookeeper$/, 'bitnami'],
  [/(^|\/)cp-zookeeper$/, 'confluent'],
  [/^(docker\.io\/)?zookeeper$|(^|\/)library\/zookeeper$/, 'docker-library'],
];

/** The name of an image without its tag and digest. */
function imageName(container: Tree): string {
  return /^[^@]+?(?=(:[^/]*)?(@.*)?$)/.exec(textAt(container, 'image') ?? '')?.[0] ?? '';
}

/** The dialect of another image of ZooKeeper that ours can replace; undefined for any other image. */
export function otherImage(container: Tree): 'bitnami' | 'docker-library' | 'confluent' | undefined {
  const name = imageName(container);
  return OTHER_IMAGES.find(([pattern]) => pattern.test(name))?.[1];
}

/** Whether the name of the image shows that it holds ZooKeeper, of any owner. */
export function looksLikeZooKeeper(container: Tree): boolean {
  return /(^|[/_-])zookeeper$/.test(imageName(container));
}

/** How the container starts our program, or undefined if it does not start it. */
export function launchOf(container: Tree): Launch | undefined {
  const words = [...listAt(container, 'command'), ...listAt(container, 'args')].map(
    (word) => textAt(word) ?? '',
  );
  const spoken = words.flatMap((word) => (/\s/.test(word) ? shellWords(word) : [word]));
  const start = spoken.findIndex((word) => OURS.includes(baseName(word)));
  if (start === -1) {
    const isTheirs = otherImage(container) !== undefined || spoken.some((word) => starts.includes(word));
    const isRun = isTheirs || (isOurImage(container) && startsOurs(spoken));
    return isRun ? { kind: 'variables' } : undefined;
  }
  if (baseName(spoken[start] ?? '') !== 'start-zookeeper') return { kind: 'variables' };
  const rest = spoken.slice(start + 1);
  const end = rest.findIndex((word) => /^(&&|\|\|?|;|>.*|2>.*)$/.test(word));
  return { kind: 'flags', words: end === -1 ? rest : rest.slice(0, end) };
}

/** An image without a command runs its default command. A misspelt command of ours was meant to start our program. */
function startsOurs(spoken: readonly string[]): boolean {
  const [first = ''] = spoken;
  return (
    spoken.length === 0 || COMMANDS.includes(first) || spoken.some((word) => misspelt(word) !== undefined)
  );
}

/** Whether the name of the image is a name of ours. */
export function isOurImage(container: Tree): boolean {
  return (textAt(container, 'image') ?? '').includes('zk-entrypoint');
}

function baseName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

/** The words of a simple shell line, without quotes. A backslash at the end of a line joins it with the next. */
export function shellWords(line: string): string[] {
  const joined = line.replaceAll(/\\\r?\n/g, ' ');
  return (joined.match(/(?:"[^"]*"|'[^']*'|[^\s"';]|["'])+|;/g) ?? []).map((word) =>
    word.replaceAll(/["']/g, ''),
  );
}
