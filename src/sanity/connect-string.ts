import { hostProblem } from '../settings/kinds/hosts.ts';
import { type Parsed, parsed, rejected } from '../settings/kinds/kind.ts';
import type { SanityMember } from './sanity-check.ts';

const MEMBER = /^(?:\[([0-9a-f:.]+(?:%[0-9a-z.]+)?)\]|([^:[\]]+))(?::(\d{1,5}))?$/i;
const EXAMPLE = 'zk-0.zk-headless:2181,zk-1.zk-headless:2181 or [fd00::1]:2181';

/** ZooKeeper's own default, as zkCli.sh assumes it (ConnectStringParser.DEFAULT_PORT). */
const DEFAULT_CLIENT_PORT = 2181;

/** Reads `host:port,host:port`; an IPv6 address is in brackets, and a port left out is 2181. */
export function connectString(text: string): Parsed<readonly SanityMember[]> {
  if (text.includes('/')) return rejected('has a path', 'give only hosts and ports');
  const words = text.split(',').map((word) => word.trim());
  if (words.every((word) => word === '')) return rejected('names no member', `give for example ${EXAMPLE}`);
  const members: SanityMember[] = [];
  for (const word of words) {
    const member = connectMember(word);
    if (!member.ok) return member;
    if (members.some(({ name }) => name === member.value.name)) {
      return rejected(`names ${member.value.name} twice`, 'give each member once');
    }
    members.push(member.value);
  }
  return parsed(members);
}

function connectMember(word: string): Parsed<SanityMember> {
  const remedy = `give each member as host:port, for example ${EXAMPLE}`;
  if (word === '') return rejected('has an empty place between its commas', remedy);
  if ((word.match(/:/g)?.length ?? 0) > 1 && !word.startsWith('[')) {
    return rejected(`has "${word}", which cannot be read`, 'put an IPv6 address in brackets: [fd00::1]:2181');
  }
  const [, address6, name, digits] = MEMBER.exec(word) ?? [];
  const host = address6 ?? name;
  if (host === undefined) return rejected(`has "${word}", which cannot be read`, remedy);
  const problem = name === undefined ? undefined : hostProblem(name);
  if (problem !== undefined) return rejected(`has the host "${name}", which ${problem}`, remedy);
  const port = digits === undefined ? DEFAULT_CLIENT_PORT : Number(digits);
  if (port < 1 || port > 65_535) return rejected(`has the port ${port}`, 'a port is from 1 to 65535');
  return parsed({ name: `${address6 === undefined ? host : `[${host}]`}:${port}`, host, port });
}
