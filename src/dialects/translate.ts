import { type Finding, finding } from '../findings/finding.ts';
import type { ReadSettings } from '../settings/read.ts';
import type { ForeignTexts } from '../settings/read-foreign.ts';
import type { FileText, Variables } from '../settings/read-row.ts';
import { table } from '../settings/table.ts';
import type { PlaceLooks } from './foreign-places.ts';
import { foldersOf, placeOf } from './layout.ts';
import { type Given, type Made, make } from './make-settings.ts';
import { type MountedConfig, mountedConfig } from './mounted-config.ts';
import { twoDialects, unknownName } from './name-findings.ts';
import type { Dialect } from './row.ts';
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
