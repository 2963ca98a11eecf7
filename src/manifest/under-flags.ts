import { type Finding, finding } from '../findings/finding.ts';
import type { Environment } from './environment.ts';
import { readFlags, startZooKeeperFlags } from './start-zookeeper.ts';
import type { Workload } from './workload.ts';

/** start-zookeeper's flags win over variables, and without members it is one. */
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

/** A flag whose value is missing, or stands as a word of its own. */
function isBare(word: string): boolean {
  return word.startsWith('--') && Object.hasOwn(startZooKeeperFlags, word.slice(2));
}

function unknownFlag(subject: string, word: string): Finding {
  return finding('ZK-MANIFEST-019', {
    subject,
    // What follows may be a value, and that may be anything.
    problem: isBare(word)
      ? `${word} of start-zookeeper has no value`
      : `start-zookeeper does not know ${word.replace(/(?<==).*$/s, '…')}`,
    remedy: 'flags are written --name=value; start-zookeeper --help lists them',
  });
}
