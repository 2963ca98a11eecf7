import type { ForeignTexts } from '../settings/read-foreign.ts';
import type { Variables } from '../settings/read-row.ts';
import { isInUse, type PlaceLooks } from './foreign-places.ts';
import type { Dialect } from './row.ts';
import { type Ours, type Said, said } from './said.ts';

/** The data directory of an image, and the one that it gives its transaction logs. */
interface Layout {
  readonly data: string;
  readonly log: string;
  readonly owner: string;
}

const LAYOUTS: readonly Layout[] = [
  { data: '/bitnami/zookeeper/data', log: '/bitnami/zookeeper/data', owner: "Bitnami's" },
  { data: '/data', log: '/datalog', owner: "docker-library's" },
];

/** Which layout is used, and why none can be. */
export interface Placed {
  readonly texts: ForeignTexts;
  readonly findings: readonly Said[];
}

const AS_SET: Placed = { texts: new Map(), findings: [] };

/**
 * The places of another image, where its volume is mounted: a volume is used where it is, and nothing is moved. Two places
 * with data are refused, since a guess would leave one of them behind. A directory that the variables or a mounted zoo.cfg
 * name is not guessed at.
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
  // What holds data is used; before there is any, the place whose names are set, or that a volume is mounted at.
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
 * Where the logs are: where they lie, else where that image writes them, if a volume is there. Charts around
 * docker-library's image mount /data alone, and a directory of the container itself would die with it.
 */
function logOf({ data, log }: Layout, { findData, holdsLogs }: PlaceLooks): string {
  if (data === log || findData?.(log) === 'data') return log;
  return holdsLogs?.(data) || findData?.(log) === 'absent' ? data : log;
}

/** Folders of the image that are mounted, for what is written beside the data. One with a zoo.cfg for it is only read. */
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

/** Unset, or at the default that our image sets. */
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
    problem: `holds a server's data, and so does ${others.join(' and ')}`,
    remedy: `mount one volume alone, or name the one that counts: ZK_DATA_DIR=${first} and ZK_DATA_LOG_DIR`,
  });
}
