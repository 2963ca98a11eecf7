import { propertyLine } from '../render/properties.ts';
import type { Origin } from '../settings/read-row.ts';
import type { Given } from './given.ts';
import { configFindings, configOrigin, idleBeside, type MountedConfig } from './mounted-config.ts';
import { nothingThere, otherwise, refused } from './name-findings.ts';
import { type Dialect, isYes, type Look, notAServer, type ServerEntry, trueOrFalse } from './row.ts';
import { type Ours, type Said, said } from './said.ts';

interface Text {
  readonly text: string;
  readonly origin: Origin;
}

/** Texts by our variable, and the findings about them. */
export interface Made {
  readonly foreign: Map<string, Text>;
  readonly findings: Said[];
}

/** Gives the pairs of every row to the setting that owns the key. If two rows write one target, the later row counts. */
export function make(
  given: readonly Given[],
  { dialect, config, ours }: { dialect: Dialect; config: MountedConfig | undefined; ours: Ours },
): Made {
  const { table } = ours;
  const owners = ownersOf(ours);
  const isOurs = (target: string) => owners.get(target) === target;
  const sorted = inOrder(given, dialect);
  const values = new Map(sorted.map(({ name, value }) => [name, value]));
  const look: Look = (name) => values.get(name);
  const findings: Said[] = [];
  const pairs = new Map<string, Text>();
  const servers: { entry: ServerEntry; origin: Origin }[] = [];
  const idle: string[] = [];
  for (const each of sorted) {
    if (each.name === dialect.serverList) {
      if (config !== undefined) {
        idle.push(each.written);
        continue;
      }
      const wrong = notAServer(dialect, each.value);
      if (wrong !== undefined) {
        findings.push(refused(each.written, wrong, dialect));
        continue;
      }
      servers.push(...dialect.servers(each.value).map((entry) => ({ entry, origin: each.origin })));
      continue;
    }
    const { pairs: made = [], finding } = outcomeOf(each, look, dialect);
    if (finding !== undefined) findings.push(finding);
    // A target with a name of ours is not a line of zoo.cfg: the id, the heap, the level of the log.
    if (config !== undefined && made.some(([target]) => !isOurs(target))) idle.push(each.written);
    const counted = config === undefined ? made : made.filter(([target]) => isOurs(target));
    sort(counted, each.origin, { pairs, servers });
  }
  if (config !== undefined) {
    sort(withDirectories(config.pairs), configOrigin(config), { pairs, servers });
    findings.push(...configFindings(config), ...idleBeside(config, idle));
  }
  const foreign = byVariable(pairs, { owners, table });
  list(foreign, { servers, ownId: look(dialect.serverId), table });
  if (dialect.clientPortInList && servers.length > 0 && !foreign.has(table.clientPort.variable)) {
    const port = table.clientPort.variable;
    const problem = `gives no client port; the other image then opens none, but this program opens ${port}`;
    const remedy = `write ;2181 after every server, or set ${port}`;
    findings.push(otherwise(dialect.serverList, { problem, remedy }));
  }
  return { foreign, findings };
}

/** Sorts the names in the order of the table. Names with the prefix come last, in their own order. */
function inOrder(given: readonly Given[], { rows }: Dialect): Given[] {
  const byName = new Map(given.map((each) => [each.name, each]));
  const sorted: Given[] = [];
  for (const name in rows) {
    const each = byName.get(name);
    if (each !== undefined) sorted.push(each);
    byName.delete(name);
  }
  return [...sorted, ...byName.values()];
}

/** Adds members to the list, and everything else to its target. */
function sort(
  made: readonly (readonly [target: string, text: string])[],
  origin: Origin,
  to: {
    readonly pairs: Map<string, Text>;
    readonly servers: { entry: ServerEntry; origin: Origin }[];
  },
): void {
  for (const [target, text] of made) {
    const [, id] = (target.startsWith('server.') && /^server\.(\d{1,9})$/.exec(target)) || [];
    if (id === undefined) {
      const before = target === 'SERVER_JVMFLAGS' ? to.pairs.get(target) : undefined;
      to.pairs.set(target, before === undefined ? { text, origin } : joined(before, { text, origin }));
      continue;
    }
    const [address = text, client] = text.split(/;(.*)/s);
    const entry = { id: Number(id), address, ...(client === undefined ? {} : { client }) };
    to.servers.push({ entry, origin });
  }
}

/** Joins the flags of two variables. */
function joined(first: Text, { text, origin }: Text): Text {
  const kind = first.origin.kind === 'file' ? 'file' : origin.kind;
  return {
    text: `${first.text} ${text}`,
    origin: { kind, words: `${first.origin.words}, ${origin.words}` },
  };
}

/** Without dataLogDir, ZooKeeper writes its logs into dataDir (QuorumPeerConfig). Our default is another directory. */
function withDirectories(pairs: MountedConfig['pairs']): MountedConfig['pairs'] {
  const keys = new Map(pairs);
  const data = keys.get('dataDir');
  const kept = pairs.filter(([key]) => key !== 'dynamicConfigFile');
  return data === undefined || keys.has('dataLogDir') ? kept : [...kept, ['dataLogDir', data]];
}

interface Outcome {
  readonly pairs?: readonly (readonly [string, string])[];
  readonly finding?: Said | undefined;
}

function outcomeOf({ row, written, value }: Given, look: Look, dialect: Dialect): Outcome {
  if (typeof row === 'string') return { pairs: [[row, value]] };
  if (row.kind === 'switch') return { pairs: [[row.target, trueOrFalse(value)]] };
  if (row.kind === 'when') {
    if (isYes(look(row.needs))) return { pairs: row.target === undefined ? [] : [[row.target, value]] };
    const problem = `has no effect without ${row.needs}=yes, here and on ${dialect.owner} image`;
    const remedy = `set ${row.needs}=yes too, or remove it`;
    return { finding: said('ZK-DIALECT-005', { subject: written, problem, remedy }) };
  }
  if (row.kind === 'becomes') {
    const wrong = row.unreadable?.(value);
    if (wrong !== undefined) return { finding: refused(written, wrong, dialect) };
    const pairs = row.pairs(value, look);
    return pairs.length > 0 && row.differs ? { pairs, finding: otherwise(written, row.differs) } : { pairs };
  }
  if (row.kind === 'needless') {
    const remedy = 'remove it at any time';
    return { finding: said('ZK-DIALECT-006', { subject: written, problem: row.words, remedy }) };
  }
  if (row.kind === 'nothing') return { finding: nothingThere(written, { owner: dialect.owner, ...row }) };
  const problem = `is a name of ${dialect.owner} image and has no setting here`;
  return { finding: said('ZK-DIALECT-004', { subject: written, problem, remedy: row.words }) };
}

/** A key of zoo.cfg goes to its setting. Keys without a setting go to ZK_EXTRA_CONFIG together. */
function byVariable(
  pairs: ReadonlyMap<string, Text>,
  { owners, table }: { owners: ReadonlyMap<string, string>; table: Ours['table'] },
): Made['foreign'] {
  const foreign: Made['foreign'] = new Map();
  const extra: [string, Text][] = [];
  for (const [target, given] of pairs) {
    if (target === 'admin.enableServer' || target === 'admin.serverPort') continue;
    const variable = owners.get(target);
    if (variable === undefined) extra.push([target, given]);
    else foreign.set(variable, given);
  }
  const admin = adminPort(pairs);
  if (admin !== undefined) foreign.set(table.adminPort.variable, admin);
  if (extra.length > 0) {
    const text = extra.map(([key, given]) => propertyLine(key, given.text)).join('\n');
    const words = [...new Set(extra.map(([, { origin }]) => origin.words))].join(', ');
    const isFile = extra.some(([, { origin }]) => origin.kind === 'file');
    foreign.set(table.extraConfig.variable, {
      text,
      origin: { kind: isFile ? 'file' : 'foreign', words },
    });
  }
  return foreign;
}

/** Our variable for each target, which is a variable or a key of zoo.cfg. Keys without a setting are not in the map. */
function ownersOf({ rows }: Ours): Map<string, string> {
  const owners = new Map<string, string>();
  for (const [, { variable, zooCfg }] of rows) {
    owners.set(variable, variable);
    for (const key in zooCfg) owners.set(key, variable);
  }
  return owners;
}

/** ZooKeeper has a switch and a port. This program has only a port, and 0 turns it off. */
function adminPort(pairs: ReadonlyMap<string, Text>) {
  const [enabled, port] = [pairs.get('admin.enableServer'), pairs.get('admin.serverPort')];
  if (enabled !== undefined && !/^true$/i.test(enabled.text)) return { ...enabled, text: '0' };
  return port ?? (enabled === undefined ? undefined : { ...enabled, text: '8080' });
}

/** The list of members, and the client port that its entries give. */
function list(
  foreign: Made['foreign'],
  given: {
    servers: readonly { entry: ServerEntry; origin: Origin }[];
    ownId: string | undefined;
    table: Ours['table'];
  },
): void {
  const { table } = given;
  const [first] = given.servers;
  if (first === undefined) return;
  const entries = given.servers.map(({ entry }) => entry);
  const text = entries
    .map(({ id, address }) => (id === undefined ? address : `server.${id}=${address}`))
    .join(';');
  foreign.set(table.ensemble.variable, { text, origin: first.origin });
  const own = entries.find(({ id }) => String(id) === (given.ownId ?? '1')) ?? entries[0];
  const clients = new Set(entries.map(({ client }) => client));
  const client = clients.size === 1 ? entries[0]?.client : own?.client;
  const [, address, port] = /^(?:(.+):)?(\d+)$/.exec(client ?? '') ?? [];
  if (client !== undefined)
    foreign.set(table.clientPort.variable, { text: port ?? client, origin: first.origin });
  if (address !== undefined && !/^(0\.0\.0\.0|\[?::\]?)$/.test(address))
    foreign.set(table.clientAddress.variable, { text: address, origin: first.origin });
}
