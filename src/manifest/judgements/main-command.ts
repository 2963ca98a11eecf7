import { type Finding, finding } from '../../findings/finding.ts';
import { shortened } from '../../text/some-of.ts';
import { listAt, textAt } from '../objects/tree.ts';
import { COMMANDS, isOurImage } from '../pods/command.ts';
import { commandsOf, misspelt } from '../pods/image-commands.ts';
import type { Judged } from './judged.ts';

/** A command that our image does not contain: the container ends with status 127, and no pod starts. */
export function mainCommandFindings({ workload: { container, containerPath, title } }: Judged): Finding[] {
  if (!isOurImage(container)) return [];
  const field = listAt(container, 'command').length > 0 ? 'command' : 'args';
  const words = [...listAt(container, 'command'), ...listAt(container, 'args')].map(
    (word) => textAt(word) ?? '',
  );
  const subject = `${title} ${containerPath}.${field}`;
  const commands = commandsOf(afterInit(words));
  return [...alone(commands), ...commands.flatMap(unknown)].map((why) =>
    finding('ZK-MANIFEST-019', { subject, ...why }),
  );
}

interface Why {
  readonly problem: string;
  readonly remedy: string;
}

/** Problems of a single command: a whole line in one item of the list, or a command that answers once and ends. */
function alone([[word = '', next = ''] = [], ...others]: readonly (readonly string[])[]): Why[] {
  if (others.length > 0) return [];
  if (/^[\w./-]+\s/.test(word)) {
    const list = word.trim().split(/\s+/).join(', ');
    return [
      {
        problem: `"${shortened(word)}" is one item of the list, and no program has that name`,
        remedy: `make each word an item of the list: [${list}]`,
      },
    ];
  }
  const ends = isOurs(word) && next !== 'start' && COMMANDS.includes(next);
  const problem = `zk-entrypoint ${next} answers once and ends, so no server runs`;
  return ends ? [{ problem, remedy: 'use zk-entrypoint start' }] : [];
}

/** An init runs what follows it. */
function afterInit(words: readonly string[]): readonly string[] {
  const isInit = /(^|\/)(tini|dumb-init|catatonit)$/.test(words[0] ?? '');
  return isInit ? words.slice(1 + words.slice(1).findIndex((word) => !word.startsWith('-'))) : words;
}

function isOurs(word: string): boolean {
  return /(^|\/)zk-entrypoint$/.test(word);
}

function unknown([word = '', next = '']: readonly string[]): Why[] {
  if (COMMANDS.includes(word))
    return [
      {
        problem: `"${word}" is a command of zk-entrypoint, but the image has no program with this name`,
        remedy: `write zk-entrypoint before it: [zk-entrypoint, ${word}]`,
      },
    ];
  const near = misspelt(word);
  if (near !== undefined)
    return [{ problem: `"${word}" is not a program of the image`, remedy: `did you mean ${near}?` }];
  if (!isOurs(word) || next === '' || next.startsWith('-') || COMMANDS.includes(next)) return [];
  return [
    {
      problem: `"${shortened(next)}" is not a command of zk-entrypoint`,
      remedy: `use zk-entrypoint start; its commands are ${COMMANDS.join(', ')}`,
    },
  ];
}
