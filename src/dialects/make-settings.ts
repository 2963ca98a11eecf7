import { type Finding, finding } from '../findings/finding.ts';
import { propertyLine } from '../render/properties.ts';
import type { Origin } from '../settings/read-row.ts';
import { rows as ourRows, table } from '../settings/table.ts';
import { configFindings, configOrigin, idleBeside, type MountedConfig } from './mounted-config.ts';
import { nothingThere, otherwise } from './name-findings.ts';
import type { Dialect, Look, ServerEntry } from './row.ts';
import type { Read } from './tell-dialect.ts';

/** A name that is set, with its value and its origin. */
export interface Given extends Read {
  readonly written: string;
  readonly value: string;
  readonly origin: Origin;
}

/** Texts by our variable, and the findings about them. */
export interface Made {
  readonly foreign: Map<string, { text: string; origin: Origin }>;
  readonly findings: Finding[];
}

/** Gives the pairs of every row to the setting that owns the key. If two rows write one target, the later row counts. */
export function make(given: readonly Given[], dialect: Dialect, config?: MountedConfig): Made {
  const order = new Map(Object.keys(dialect.rows).map((name, at) => [name, at]));
  const place = (name: string) => order.get(name) ?? order.size;
  const sorted = given.toSorted((one, other) => place(one.name) - place(other.name));
  const values = new Map(sorted.map(({ name, value }) => [name, value]));
  const look: Look = (name) => values.get(name);
  const findings: Finding[] = [];
  const pairs = new Map<string, { text: string; origin: Origin }>();
  const servers: { entry: ServerEntry; origin: Origin }[] = [];
  const idle: string[] = [];
  for (const each of sorted) {
    if (each.name === dialect.serverList) {
      if (config !== undefined) {
        idle.push(each.written);
        continue;
      }
      servers.push(...dialect.servers(each.value).map((entry) => ({ entry, origin: each.origin })));
      continue;
    }
    const outcome = outcomeOf(each, look, dialect);
    findings.push(...(outcome.finding ?? []));
    const made = outcome.pairs ?? [];
    // A target with a name of ours is not a line of zoo.cfg: the id, the heap, the level of the log.
    if (config !== undefined && made.some(([target]) => !OURS.has(target))) idle.push(each.written);
    const counted = config === undefined ? made : made.filter(([target]) => OURS.has(target));
    sort(counted, each.origin, { pairs, servers });
  }
  if (config !== undefined) {
    sort(withDirectories(config.pairs), configOrigin(config), { pairs, servers });
    findings.push(...configFindings(config), ...idleBeside(config, idle));
  }
  const foreign = byVariable(pairs);
  list(foreign, { servers, ownId: look(dialect.serverId) });
  if (dialect.clientPortInList && servers.length > 0 && !foreign.has(table.clientPort.variable)) {
    const port = table.clientPort.variable;
    findings.push(
      otherwise(dialect.serverList, {
        problem: `gives no client port; the other image then opens none, but this program opens ${port}`,
        remedy: `write ;2181 after every server, or set ${port}`,
      }),
    );
  }
  return { foreign, findings };
}

/** Adds members to the list, and everything else to its target. */
function sort(
  made: readonly (readonly [target: string, text: string])[],
  origin: Origin,
  to: {
    readonly pairs: Map<string, { text: string; origin: Origin }>;
    readonly servers: { entry: ServerEntry; origin: Origin }[];
  },
): void {
  for (const [target, text] of made) {
    const [, id] = /^server\.(\d{1,9})$/.exec(target) ?? [];
    if (id === undefined) {
      to.pairs.set(target, { text, origin });
      continue;
    }
    const [address = text, client] = text.split(/;(.*)/s);
    const entry = { id: Number(id), address, ...(client === undefined ? {} : { client }) };
    to.servers.push({ entry, origin });
  }
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
  readonly finding?: readonly Finding[];
}

function outcomeOf({ row, written, value }: Given, look: Look, dialect: Dialect): Outcome {
  if (row.kind === 'becomes') {
    const pairs = row.pairs(value, look);
    if (pairs !== undefined)
      return { pairs, finding: pairs.length > 0 && row.differs ? [otherwise(written, row.differs)] : [] };
    const problem = `has no effect without ${row.needs}, here and on ${dialect.owner} image`;
    const remedy = `set ${row.needs} too, or remove it`;
    return { finding: [finding('ZK-DIALECT-005', { subject: written, problem, remedy })] };
  }
  if (row.kind === 'needless') {
    const remedy = 'remove it at any time';
    return { finding: [finding('ZK-DIALECT-006', { subject: written, problem: row.words, remedy })] };
  }
  if (row.kind === 'nothing') return { finding: [nothingThere(written, { owner: dialect.owner, ...row })] };
  const problem = `is a name of ${dialect.owner} image and has no setting here`;
  return { finding: [finding('ZK-DIALECT-004', { subject: written, problem, remedy: row.words })] };
}

/** A key of zoo.cfg goes to its setting. Keys without a setting go to ZK_EXTRA_CONFIG together. */
function byVariable(pairs: ReadonlyMap<string, { text: string; origin: Origin }>): Made['foreign'] {
  const foreign: Made['foreign'] = new Map();
  const extra: [string, { text: string; origin: Origin }][] = [];
  for (const [target, given] of pairs) {
    if (target === 'admin.enableServer' || target === 'admin.serverPort') continue;
    const variable = variableOf(target);
    if (variable === undefined) extra.push([target, given]);
    else if (variable === 'SERVER_JVMFLAGS' && foreign.has(variable)) joinFlags(foreign, given);
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

function joinFlags(foreign: Made['foreign'], { text, origin }: { text: string; origin: Origin }): void {
  const first = foreign.get('SERVER_JVMFLAGS');
  if (first === undefined) return;
  const words = `${first.origin.words}, ${origin.words}`;
  foreign.set('SERVER_JVMFLAGS', {
    text: `${first.text} ${text}`,
    origin: { kind: first.origin.kind === 'file' ? 'file' : origin.kind, words },
  });
}

const OURS = new Set(ourRows.map(([, { variable }]) => variable));

/** Our variable for a target; undefined for a key without a setting. */
function variableOf(target: string): string | undefined {
  return OURS.has(target) ? target : OWNERS.get(target);
}

/** A map, because there may be hundreds of names, and the JVM waits for this. */
const OWNERS = new Map(
  ourRows.flatMap(([, { variable, zooCfg = {} }]) =>
    Object.keys(zooCfg).map((key) => [key, variable] as const),
  ),
);

/** ZooKeeper has a switch and a port. This program has only a port, and 0 turns it off. */
function adminPort(pairs: ReadonlyMap<string, { text: string; origin: Origin }>) {
  const [enabled, port] = [pairs.get('admin.enableServer'), pairs.get('admin.serverPort')];
  if (enabled !== undefined && !/^true$/i.test(enabled.text)) return { ...enabled, text: '0' };
  return port ?? (enabled === undefined ? undefined : { ...enabled, text: '8080' });
}

/** The list of members, and the client port that its entries give. */
function list(
  foreign: Made['foreign'],
  given: { servers: readonly { entry: ServerEntry; origin: Origin }[]; ownId: string | undefined },
): void {
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
