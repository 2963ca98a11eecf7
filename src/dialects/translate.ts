import type { ReadSettings } from '../settings/read.ts';
import type { ForeignTexts } from '../settings/read-foreign.ts';
import type { FileText, Variables } from '../settings/read-row.ts';
import type { PlaceLooks } from './foreign-places.ts';
import { collect } from './given.ts';
import { foldersOf, placeOf } from './layout.ts';
import { type Made, make } from './make.ts';
import { type MountedConfig, mountedConfig } from './mounted-config.ts';
import { twoDialects, unknownName } from './name-findings.ts';
import type { Dialect } from './row.ts';
import type { Ours, Said } from './said.ts';
import { dialects, tellDialect } from './tell-dialect.ts';
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
  readonly ours: Ours;
}

/** The settings that the names of another image become. */
export interface Translation {
  /** Findings about the defaults of that image, once the settings are read. */
  notes(read: Pick<ReadSettings, 'settings' | 'origins'>): readonly Said[];
  /** Texts by our variable. A text counts only if that variable is not set. */
  readonly foreign: ForeignTexts;
  readonly findings: readonly Said[];
}

/** Reads the names of another image as ours. Each name without a meaning here becomes a finding. */
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
  // A list that was given but is invalid does not count as missing.
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

/** No foreign name is set, but a volume may be at another image's place. Without a list, that image runs one server. */
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

/** Variables of Kafka. They have a meaning only together with Confluent's names. */
function isLeftAlone(name: string, dialect: Dialect | undefined): boolean {
  return name.startsWith('KAFKA_') && dialect?.id !== 'confluent';
}

/**
 * On those images the JVM flags set the heap: they override the heap of ZooKeeper's scripts (zkEnv.sh), and JVMFLAGS comes
 * last. Here ZK_HEAP_SIZE is also the first size of the heap, which must not be larger than the maximum.
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

/** Without a list, those images run a single server. */
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
      ? `no ${dialect.serverList} (${owner} default: a single server)`
      : `no server.N in ${config.path}: a single server`;
  foreign.set(ensemble.variable, { text: `server.${id}=0.0.0.0`, origin: { kind: 'foreign', words } });
}
