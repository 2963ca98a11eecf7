import type { ReadSettings } from '../settings/read.ts';
import type { ForeignTexts } from '../settings/read-foreign.ts';
import type { FileText, Variables } from '../settings/read-row.ts';
import { nearest } from '../text/nearest.ts';
import type { PlaceLooks } from './foreign-places.ts';
import { collect } from './given.ts';
import { foldersOf, placeOf } from './layout.ts';
import { type Made, make } from './make.ts';
import { type MountedConfig, mountedConfig } from './mounted-config.ts';
import type { Dialect } from './row.ts';
import { type Ours, type Said, said } from './said.ts';
import { dialects, readBy, tellDialect } from './tell-dialect.ts';
import { untakenDefaults } from './untaken-defaults.ts';

/** What is asked: the foreign names that are set, every variable, and how files and folders are looked at. */
export interface Question {
  readonly names: readonly (readonly [name: string, value: string])[];
  readonly variables: Variables;
  /** What `render --from` says; else the names tell. */
  readonly from?: Dialect['id'];
  readText(path: string): FileText;
  /** How places are looked at; empty where the volume is not at hand. */
  readonly looks: PlaceLooks;
  readonly ours: Ours;
}

/** The names of another image in ours. */
export interface Translation {
  /** What is to be said of that image's defaults once the settings are read. */
  notes(read: Pick<ReadSettings, 'settings' | 'origins'>): readonly Said[];
  /** By our variable; they count where that variable is not set. */
  readonly foreign: ForeignTexts;
  readonly findings: readonly Said[];
}

/** Reads the names of another image as ours; whatever has no meaning here is a finding, so nothing is silent. */
export function translate(question: Question): Translation {
  const { names, from } = question;
  const told = tellDialect(names);
  if (from === undefined && told.kind === 'two') {
    return { notes: () => [], foreign: new Map(), findings: [twoDialects(told.names)] };
  }
  const forced = dialects.find(({ id }) => id === from);
  const config = mountedConfig(question.variables, question);
  const dialect =
    forced ?? (told.kind === 'told' ? told.dialect : dialects.find(({ id }) => id === config?.id));
  const owner = told.kind === 'told' && told.dialect === dialect ? told.owner : (dialect?.owner ?? '');
  const unknown = (unread: readonly string[]) =>
    unread.filter((name) => !isLeftAlone(name, dialect)).map((name) => unknownName(name, dialect));
  if (dialect === undefined) return byPlace(question, unknown(names.map(([name]) => name)));
  const collected = collect(names, { dialect, owner, readText: question.readText });
  const made = make(collected.given, { dialect, config, ours: question.ours });
  const findings = [...collected.findings, ...made.findings, ...unknown(collected.unread)];
  const foreign = new Map(made.foreign);
  // A list that cannot be read is not one that is missing.
  const hasList = config === undefined && collected.given.some(({ name }) => name === dialect.serverList);
  if (!hasList) alone(foreign, { dialect, owner, config, ...question });
  heapOfFlags(foreign, { dialect, ...question });
  const placed = placeOf({ dialect, foreign, ...question });
  for (const [variable, text] of placed.texts) foreign.set(variable, text);
  findings.push(...placed.findings);
  const { variables, looks, ours } = question;
  for (const [variable, text] of foldersOf({ dialect, foreign, variables, looks, config, ours }))
    foreign.set(variable, text);
  return { notes: (settings) => untakenDefaults(dialect, { ...settings, ...ours }), foreign, findings };
}

/** Without any name of theirs, a volume may still lie where another image has it; such an image runs a server alone. */
function byPlace(question: Question, unread: Said[]): Translation {
  const placed = placeOf({ dialect: undefined, foreign: new Map(), ...question });
  const foreign = new Map(placed.texts);
  const place = foreign.get(question.ours.table.dataDir.variable)?.text;
  const dialect = dialects.find(({ layout }) => place !== undefined && layout?.data === place);
  if (dialect !== undefined)
    alone(foreign, { dialect, owner: dialect.owner, config: undefined, ...question });
  if (dialect !== undefined) heapOfFlags(foreign, { dialect, ...question });
  return { notes: () => [], foreign, findings: [...unread, ...placed.findings] };
}

/** Variables of Kafka's that mean nothing without Confluent's names. */
function isLeftAlone(name: string, dialect: Dialect | undefined): boolean {
  return name.startsWith('KAFKA_') && dialect?.id !== 'confluent';
}

/**
 * On those images a heap in the JVM's flags is how it is set: it wins over the one that ZooKeeper's scripts have (zkEnv.sh); JVMFLAGS stands last.
 * Here ZK_HEAP_SIZE is the first heap too, which must not be larger than the last.
 */
function heapOfFlags(
  foreign: Made['foreign'],
  { dialect, variables, ours }: Pick<Question, 'variables' | 'ours'> & { readonly dialect: Dialect },
): void {
  const { heap } = ours.table;
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
  const own = dialect.heapVariable;
  const mebibytes = own === undefined ? undefined : variables[own]?.trim();
  if (own !== undefined && mebibytes)
    foreign.set(heap.variable, { text: `${mebibytes}m`, origin: { kind: 'foreign', words: own } });
}

/** Without a list, those images run one server alone. */
function alone(
  foreign: Made['foreign'],
  given: {
    readonly dialect: Dialect;
    readonly owner: string;
    readonly variables: Variables;
    readonly config: MountedConfig | undefined;
    readonly ours: Ours;
  },
): void {
  const { dialect, owner, variables, config } = given;
  const { replicas, ensemble, myid } = given.ours.table;
  const isGiven = [replicas, ensemble].some(({ variable }) =>
    ['', '_FILE'].some((end) => variables[`${variable}${end}`]?.trim()),
  );
  if (isGiven || foreign.has(ensemble.variable)) return;
  const id = foreign.get(myid.variable)?.text ?? '1';
  const words =
    config === undefined
      ? `no ${dialect.serverList} (${owner} default: a server alone)`
      : `no server.N in ${config.path}: a server alone`;
  foreign.set(ensemble.variable, { text: `server.${id}=0.0.0.0`, origin: { kind: 'foreign', words } });
}

function twoDialects(names: readonly { readonly name: string; readonly owner: string }[]): Said {
  const [first, second] = names as [(typeof names)[number], (typeof names)[number]];
  const all = names.map(({ name, owner }) => `${name} is ${owner} name`).join(', and ');
  return said('ZK-DIALECT-001', {
    subject: first.name,
    problem: `${all}: one image reads only one of them`,
    remedy: `remove ${first.name} or ${second.name}, whichever your last image did not read`,
  });
}

/** A name of no table: perhaps a slip, perhaps another image's. */
function unknownName(name: string, dialect: Dialect | undefined): Said {
  const base = name.replace(/_FILE$/, '');
  const other = dialects.find((each) => readBy(each, name));
  if (dialect !== undefined && other !== undefined) {
    const problem = `is ${other.owner} name; ${dialect.owner} image does not read it`;
    return said('ZK-DIALECT-005', { subject: name, problem, remedy: 'remove it' });
  }
  const near = nearest(base, dialect === undefined ? [] : Object.keys(dialect.rows));
  const problem =
    dialect === undefined
      ? 'is a name of no image that is known here, so it does nothing'
      : `does nothing, and did nothing on ${dialect.owner} image`;
  const remedy = near === undefined ? 'remove it' : `did you mean ${near}?`;
  return said('ZK-DIALECT-005', { subject: name, problem, remedy });
}
