import { type Finding, finding } from '../findings/finding.ts';
import { propertyLine } from '../render/properties.ts';
import type { ReadSettings } from '../settings/read.ts';
import type { ForeignTexts } from '../settings/read-foreign.ts';
import type { FileText, Origin, Variables } from '../settings/read-row.ts';
import { rows as ourRows, table } from '../settings/table.ts';
import { nearest } from '../text/nearest.ts';
import type { PlaceLooks } from './foreign-places.ts';
import { foldersOf, placeOf } from './layout.ts';
import {
  configFindings,
  configOrigin,
  idleBeside,
  type MountedConfig,
  mountedConfig,
} from './mounted-config.ts';
import type { Dialect, Difference, Look, ServerEntry } from './row.ts';
import { dialects, type Read, readBy, tellDialect } from './tell-dialect.ts';
import { untakenDefaults } from './untaken-defaults.ts';

/** The foreign names that are set, all variables, and how to read files and folders. */
export interface Question {
  readonly names: readonly (readonly [name: string, value: string])[];
  readonly variables: Variables;
  /** The value of `render --from`. Without it, the names decide. */
  readonly from?: Dialect['id'];
  readText(path: string): FileText;
  /** How to look at directories; empty if the volume is not here. */
  readonly looks: PlaceLooks;
}

/** The settings that the names of another image become. */
export interface Translation {
  /** Findings about the defaults of that image, once the settings are read. */
  notes(read: Pick<ReadSettings, 'settings' | 'origins'>): readonly Finding[];
  /** Texts by our variable. A text counts only if that variable is not set. */
  readonly foreign: ForeignTexts;
  readonly findings: readonly Finding[];
}

interface Given extends Read {
  readonly written: string;
  readonly value: string;
  readonly origin: Origin;
}

/** Reads the names of another image as ours. Each name without a meaning here becomes a finding. */
export function translate(question: Question): Translation {
  const { names, from } = question;
  const told = tellDialect(names);
  if (from === undefined && told.kind === 'two') {
    return { notes: () => [], foreign: new Map(), findings: [twoDialects(told.names)] };
  }
  const forced = dialects.find(({ id }) => id === from);
  const config = mountedConfig(question.variables, question.readText);
  const dialect =
    forced ?? (told.kind === 'told' ? told.dialect : dialects.find(({ id }) => id === config?.id));
  const owner = told.kind === 'told' && told.dialect === dialect ? told.owner : (dialect?.owner ?? '');
  const read = names.map(([name, value]) => ({
    name,
    value,
    read: dialect === undefined ? undefined : readBy(dialect, name),
  }));
  const unread = read
    .filter(({ name, read: found }) => found === undefined && !isLeftAlone(name, dialect))
    .map(({ name }) => unknownName(name, dialect));
  if (dialect === undefined) return byPlace(question, unread);
  const collected = collect(
    read.flatMap(({ name, value, read: found }) =>
      found === undefined ? [] : [{ ...found, written: name, value }],
    ),
    { owner, readText: question.readText },
  );
  const made = make(collected.given, dialect, config);
  const findings = [...collected.findings, ...made.findings, ...unread];
  const foreign = new Map(made.foreign);
  alone(foreign, { dialect, owner, variables: question.variables, config });
  heapOfFlags(foreign, question.variables);
  const placed = placeOf({ dialect, foreign, ...question });
  for (const [variable, text] of placed.texts) foreign.set(variable, text);
  findings.push(...placed.findings);
  const { variables, looks } = question;
  for (const [variable, text] of foldersOf({ dialect, foreign, variables, looks, config }))
    foreign.set(variable, text);
  return { notes: (settings) => untakenDefaults(dialect, settings), foreign, findings };
}

/** No foreign name is set, but a volume may be at another image's place. Without a list, that image runs one server. */
function byPlace(question: Question, unread: Finding[]): Translation {
  const placed = placeOf({ dialect: undefined, foreign: new Map(), ...question });
  const foreign = new Map(placed.texts);
  const place = foreign.get(table.dataDir.variable)?.text;
  const dialect = dialects.find(({ layout }) => place !== undefined && layout?.data === place);
  if (dialect !== undefined)
    alone(foreign, { dialect, owner: dialect.owner, variables: question.variables, config: undefined });
  if (dialect !== undefined) heapOfFlags(foreign, question.variables);
  return { notes: () => [], foreign, findings: [...unread, ...placed.findings] };
}

/** Variables of Kafka. They have a meaning only together with Confluent's names. */
function isLeftAlone(name: string, dialect: Dialect | undefined): boolean {
  return name.startsWith('KAFKA_') && dialect?.id !== 'confluent';
}

/** The values of the names, also from files, and findings about files that cannot be read and names given twice. */
function collect(
  found: readonly (Read & { written: string; value: string })[],
  { owner, readText }: { owner: string; readText: Question['readText'] },
): { given: Given[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const given: Given[] = [];
  for (const each of found) {
    const words = `${each.written} (${owner} name)`;
    if (!each.isFile) {
      given.push({ ...each, origin: { kind: 'foreign', words } });
      continue;
    }
    if (found.some(({ name, isFile }) => name === each.name && !isFile)) {
      findings.push(
        finding('ZK-SETTING-002', {
          subject: each.name,
          problem: `both ${each.name} and ${each.written} are set`,
          remedy: 'keep one of the two',
        }),
      );
      continue;
    }
    const file = readText(each.value);
    if (!file.ok) {
      findings.push(
        finding('ZK-SETTING-003', {
          subject: each.written,
          problem: `${each.value} ${file.problem}`,
          remedy: 'mount the file there or correct the path',
        }),
      );
      continue;
    }
    const value = file.text.trim();
    if (value !== '')
      given.push({ ...each, value, origin: { kind: 'file', words: `${each.written} ${each.value}` } });
  }
  return { given, findings };
}

interface Made {
  readonly foreign: Map<string, { text: string; origin: Origin }>;
  readonly findings: Finding[];
}

/** Gives the pairs of every row to the setting that owns the key. If two rows write one target, the later row counts. */
function make(given: readonly Given[], dialect: Dialect, config?: MountedConfig): Made {
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

function otherwise(subject: string, differs: Difference): Finding {
  return finding('ZK-DIALECT-009', { subject, ...differs });
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

/**
 * On those images the JVM flags set the heap: they override the heap of ZooKeeper's scripts (zkEnv.sh), and JVMFLAGS comes
 * last. Here ZK_HEAP_SIZE is also the first size of the heap, which must not be larger than the maximum.
 */
function heapOfFlags(foreign: Made['foreign'], variables: Variables): void {
  const { heap } = table;
  if (
    foreign.has(heap.variable) ||
    variables[heap.variable]?.trim() ||
    variables[`${heap.variable}_FILE`]?.trim()
  )
    return;
  for (const name of ['JVMFLAGS', 'SERVER_JVMFLAGS']) {
    const flags = foreign.get(name)?.text ?? variables[name] ?? '';
    const size = [...flags.matchAll(/(?:^|\s)-Xmx(\d+[kmgKMG]?)(?=\s|$)/g)].at(-1)?.[1];
    if (size === undefined) continue;
    foreign.set(heap.variable, { text: size, origin: { kind: 'foreign', words: `-Xmx in ${name}` } });
    return;
  }
}

/** Without a list, those images run a single server. */
function alone(
  foreign: Made['foreign'],
  given: {
    readonly dialect: Dialect;
    readonly owner: string;
    readonly variables: Variables;
    readonly config: MountedConfig | undefined;
  },
): void {
  const { dialect, owner, variables, config } = given;
  const { replicas, ensemble, myid } = table;
  const isGiven = [replicas, ensemble].some(({ variable }) =>
    ['', '_FILE'].some((end) => variables[`${variable}${end}`]?.trim()),
  );
  if (isGiven || foreign.has(ensemble.variable)) return;
  const id = foreign.get(myid.variable)?.text ?? '1';
  const words =
    config === undefined
      ? `no ${dialect.serverList} (${owner} default: a single server)`
      : `no server.N in ${config.path}: a single server`;
  foreign.set(ensemble.variable, { text: `server.${id}=0.0.0.0`, origin: { kind: 'foreign', words } });
}

function twoDialects(names: readonly { readonly name: string; readonly owner: string }[]): Finding {
  const [first, second] = names as [(typeof names)[number], (typeof names)[number]];
  const all = names.map(({ name, owner }) => `${name} is a name of ${owner} image`).join(', and ');
  return finding('ZK-DIALECT-001', {
    subject: first.name,
    problem: `${all}, but an image reads only its own names`,
    remedy: `remove the name that your last image did not read: ${first.name} or ${second.name}`,
  });
}

function nothingThere(
  subject: string,
  { owner, meant, ours }: { owner: string; meant?: string; ours?: string },
): Finding {
  const there = meant === undefined ? '' : `; perhaps ${meant} was meant`;
  return finding('ZK-DIALECT-005', {
    subject,
    problem: `has no effect here, and had none on ${owner} image${there}`,
    remedy: ours === undefined ? 'remove it' : `use ${ours} here, or remove it`,
  });
}

/** A name that the dialect does not have: a misspelt name, or a name of another image. */
function unknownName(name: string, dialect: Dialect | undefined): Finding {
  const base = name.replace(/_FILE$/, '');
  const other = dialects.find((each) => readBy(each, name));
  if (dialect !== undefined && other !== undefined) {
    const problem = `is a name of ${other.owner} image; ${dialect.owner} image does not read it`;
    return finding('ZK-DIALECT-005', { subject: name, problem, remedy: 'remove it' });
  }
  const near = nearest(base, dialect === undefined ? [] : Object.keys(dialect.rows));
  const problem =
    dialect === undefined
      ? 'is not a known name of any image and has no effect'
      : `has no effect here, and had none on ${dialect.owner} image`;
  const remedy = near === undefined ? 'remove it' : `did you mean ${near}?`;
  return finding('ZK-DIALECT-005', { subject: name, problem, remedy });
}
