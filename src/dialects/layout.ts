import type { ForeignTexts } from '../settings/read-foreign.ts';
import type { Variables } from '../settings/read-row.ts';
import { isInUse, type PlaceLooks } from './foreign-places.ts';
import type { Dialect } from './row.ts';
import { type Ours, type Said, said } from './said.ts';

/** The data directory of an image, and its directory for transaction logs. */
interface Layout {
  readonly data: string;
  readonly log: string;
  readonly owner: string;
}

const LAYOUTS: readonly Layout[] = [
  { data: '/bitnami/zookeeper/data', log: '/bitnami/zookeeper/data', owner: "Bitnami's" },
  { data: '/data', log: '/datalog', owner: "docker-library's" },
];

/** The directories that are used, or the finding why none can be chosen. */
export interface Placed {
  readonly texts: ForeignTexts;
  readonly findings: readonly Said[];
}

const AS_SET: Placed = { texts: new Map(), findings: [] };

/**
 * The data directories of another image, if its volume is mounted. A volume is used at its place, and no file is moved. Two
 * places with data are an error, because a guess could leave the right data behind. If variables or a mounted zoo.cfg name
 * the directory, nothing is guessed.
 */
export function placeOf(question: {
  readonly dialect: Dialect | undefined;
  readonly foreign: ForeignTexts;
  readonly variables: Variables;
  readonly looks: PlaceLooks;
  readonly ours: Ours;
}): Placed {
  const { dialect, foreign, variables, looks } = question;
  const { findData } = looks;
  const { dataDir, dataLogDir } = question.ours.table;
  const ours = dataDir.fallback.kind === 'value' ? dataDir.fallback.value : '';
  const given = variables[dataDir.variable]?.trim();
  const isNamed = foreign.has(dataDir.variable) || variables[`${dataDir.variable}_FILE`]?.trim();
  if (findData === undefined || isNamed || (given && given !== ours)) return AS_SET;
  const withData = [...LAYOUTS.map(({ data }) => data), ours].filter((place) => findData(place) === 'data');
  if (withData.length > 1) return { texts: new Map(), findings: [twoLayouts(withData)] };
  const [only] = withData;
  // A place with data is used. Without any data, the place of the image whose names are set, or where a volume is mounted.
  const layout = LAYOUTS.find(({ data }) =>
    only === undefined
      ? dialect === undefined
        ? isInUse(data, looks) && !looks.isMounted?.(ours)
        : dialect.layout?.data === data && findData(data) !== 'absent'
      : data === only,
  );
  if (layout === undefined) return AS_SET;
  const origin = { kind: 'foreign', words: `${layout.data} (${layout.owner} place)` } as const;
  const texts = new Map([[dataDir.variable, { text: layout.data, origin }]]);
  if (!foreign.has(dataLogDir.variable))
    texts.set(dataLogDir.variable, { text: logOf(layout, looks), origin });
  return { texts, findings: [] };
}

/**
 * The directory of the transaction logs: the one that holds logs, or else the image's own if it exists. Many charts for
 * docker-library's image mount only /data, and a directory inside the container would be lost with the container.
 */
function logOf({ data, log }: Layout, { findData, holdsLogs }: PlaceLooks): string {
  if (data === log || findData?.(log) === 'data') return log;
  return holdsLogs?.(data) || findData?.(log) === 'absent' ? data : log;
}

/** Mounted folders of the image that are used for configuration and logs. A folder with the image's zoo.cfg is only read. */
export function foldersOf(question: {
  readonly dialect: Dialect;
  readonly foreign: ForeignTexts;
  readonly variables: Variables;
  readonly looks: PlaceLooks;
  readonly config: { readonly path: string } | undefined;
  readonly ours: Ours;
}): ForeignTexts {
  const { dialect, foreign, variables, looks, config, ours } = question;
  const free = Object.entries(dialect.folders ?? {}).filter(
    ([variable, folder]) =>
      !foreign.has(variable) &&
      isUnset(variable, { variables, ours }) &&
      !config?.path.startsWith(`${folder}/`) &&
      looks.isMounted?.(folder),
  );
  const origin = (folder: string) =>
    ({ kind: 'foreign', words: `${folder} (${dialect.owner} place)` }) as const;
  return new Map(free.map(([variable, folder]) => [variable, { text: folder, origin: origin(folder) }]));
}

/** Not set, or set to the default, as our image does. */
function isUnset(variable: string, { variables, ours }: { variables: Variables; ours: Ours }): boolean {
  if (variables[`${variable}_FILE`]?.trim()) return false;
  const given = variables[variable]?.trim();
  const row = ours.rows.find(([, row]) => row.variable === variable)?.[1];
  return !given || (row?.fallback.kind === 'value' && given === row.fallback.value);
}

function twoLayouts(places: readonly string[]): Said {
  const [first = '', ...others] = places;
  return said('ZK-DIALECT-008', {
    subject: first,
    problem: `holds the data of a server, and ${others.join(' and ')} also does`,
    remedy: `mount only one of the volumes, or name the right one: set ZK_DATA_DIR=${first} and ZK_DATA_LOG_DIR`,
  });
}
