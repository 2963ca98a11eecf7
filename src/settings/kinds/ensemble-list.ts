import { shortened } from '../../text/some-of.ts';
import { hostProblem, isIPv6 } from './hosts.ts';
import { type Kind, type Parsed, parsed, rejected } from './kind.ts';

export type Role = 'participant' | 'observer';

/** One entry of ZK_ENSEMBLE as it was written; what is absent is filled in from other settings. */
export interface EnsembleEntry {
  /** A DNS name or an IP address; IPv6 without its brackets. */
  readonly host: string;
  readonly serverPort?: number;
  readonly electionPort?: number;
  readonly role: Role;
  /** The id that the entry itself gives; then the host is written as it is, without our domain. */
  readonly id?: number;
}

const EXAMPLE = 'zk-0;zk-1;zk-2, zk-0.zk-headless:2888:3888 or [fd00::1]:2888:3888:observer';
const ENTRY =
  /^(?:server\.(\d{1,9})=)?(?:\[([0-9a-f:.%a-z]+)\]|([^:[\]\s]+))(?::(\d+))?(?::(\d+))?(?::([a-z]+))?(?:::(\d{1,9}))?$/i;

/** The members of an ensemble, separated by semicolons. */
export const ensembleList: Kind<readonly EnsembleEntry[]> = {
  description:
    'members separated by semicolons: host, host:2888:3888, host:2888:3888:observer; with an id server.1=host:2888:3888 or host:2888:3888::1',
  format: (entries) => entries.map(formatEntry).join(';'),
  parse(text) {
    const entries: EnsembleEntry[] = [];
    for (const word of text.split(/[;,\s]+/).filter((part) => part !== '')) {
      const entry = parseEntry(word);
      if (!entry.ok) return entry;
      entries.push(entry.value);
    }
    return entries.length === 0
      ? rejected('names no member', `give for example ${EXAMPLE}`)
      : withIds(entries);
  },
};

/** Ids are given to all members or to none, each once: a guess would make one server two. */
function withIds(entries: readonly EnsembleEntry[]): Parsed<readonly EnsembleEntry[]> {
  const without = entries.find(({ id }) => id === undefined);
  const ids = entries.flatMap(({ id }) => id ?? []);
  if (ids.length > 0 && without !== undefined)
    return rejected(
      `gives some members an id, and "${shortened(formatEntry(without))}" none`,
      'give every member an id, or no member',
    );
  const twice = ids.find((id, place) => ids.indexOf(id) !== place);
  return twice === undefined
    ? parsed(entries)
    : rejected(`gives the id ${twice} to two members`, 'give every member an id of its own');
}

function parseEntry(word: string): Parsed<EnsembleEntry> {
  const shown = shortened(word);
  const remedy = `give each member as in ${EXAMPLE}`;
  const [, before, address6, name, server, election, role = 'participant', behind] = ENTRY.exec(word) ?? [];
  if (before !== undefined && behind !== undefined)
    return rejected(`gives "${shown}" two ids`, 'give the id once');
  const digits = before ?? behind;
  const identity = digits === undefined ? {} : { id: Number(digits) };
  // `fd00::1` is an address, and no host fd00 with the id 1.
  const host = isIPv6(word) ? undefined : (address6 ?? name?.replace(/\.$/, ''));
  if (host === undefined) return rejected(`has the member "${shown}", which cannot be read`, remedy);
  if (address6 !== undefined && !isIPv6(address6))
    return rejected(`has "${shortened(address6)}" in brackets, which is not an IPv6 address`, remedy);
  const problem = address6 !== undefined ? undefined : hostProblem(host);
  if (problem !== undefined)
    return rejected(`has the host "${shortened(host)}", which ${problem}`, remedyFor(host, remedy));
  if ((server === undefined) !== (election === undefined)) {
    return rejected(`gives "${shown}" one port, where a server port and an election port are needed`, remedy);
  }
  if (role !== 'participant' && role !== 'observer') {
    return rejected(
      `gives "${shown}" the role "${shortened(role)}"`,
      'a member is a participant or an observer',
    );
  }
  if (server === undefined || election === undefined) return parsed({ host, role, ...identity });
  const ports = { serverPort: Number(server), electionPort: Number(election) };
  const wrong = Object.values(ports).find((port) => port < 1 || port > 65_535);
  return wrong === undefined
    ? parsed({ host, role, ...ports, ...identity })
    : rejected(`gives "${shown}" the port ${wrong}`, 'a port is from 1 to 65535');
}

/** The form of ZooKeeper 3.5's own lists, `host:2888:3888;2181`, is read as two members. */
function remedyFor(host: string, remedy: string): string {
  return /^\d+$/.test(host)
    ? 'separate members by semicolons, and give the client port in ZK_CLIENT_PORT instead of behind a member'
    : remedy;
}

function formatEntry({ host, serverPort, electionPort, role, id }: EnsembleEntry): string {
  const address = `${id === undefined ? '' : `server.${id}=`}${bracketed(host)}`;
  const ports = serverPort === undefined ? '' : `:${serverPort}:${electionPort}`;
  return `${address}${ports}${role === 'observer' ? ':observer' : ''}`;
}

/** The host as ZooKeeper and URLs want it before a port: IPv6 addresses in brackets. */
export function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
