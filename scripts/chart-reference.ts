import { parse } from 'yaml';

/** A value of the chart: where it stands in values.yaml, what it means, and what it may be. */
export interface ChartValue {
  /** `persistence.size`. */
  readonly path: string;
  /** The heading above it. */
  readonly section: string;
  readonly meaning: string;
  readonly fallback: unknown;
  /** Its JSON schema, without the description. */
  readonly schema: JsonSchema;
}

type JsonSchema = Readonly<Record<string, unknown>>;

interface Line {
  readonly section: string;
  readonly comment: readonly string[];
  readonly path: string;
}

/** Every value of values.yaml, in its order; throws for one without a meaning. */
export function chartValues(text: string): ChartValue[] {
  const defaults: unknown = parse(text);
  const lines = keyLines(text);
  const narrowed = schemasOf(lines);
  const withSchema = lines.map((line, index) => ({ ...line, schema: narrowed[index] as JsonSchema }));
  const leaves = withSchema.filter(({ path, schema }) => isLeaf(valueAt(defaults, path), schema));
  // What stands below a value is an example of it, such as a key of `resources`.
  const own = leaves.filter(({ path }) => !leaves.some((other) => path.startsWith(`${other.path}.`)));
  return own.map(({ path, section, comment, schema }) => {
    const fallback = valueAt(defaults, path);
    const meaning = comment.filter((line) => !line.startsWith(SCHEMA)).join(' ');
    if (meaning === '') throw new Error(`${path} has no meaning above it in values.yaml`);
    return { path, section, meaning, fallback, schema: { ...typeOf(fallback, schema), ...schema } };
  });
}

const SCHEMA = 'schema:';

/** The keys of the file with the comments right above them; lists and flow mappings have none of their own. */
function keyLines(text: string): Line[] {
  const found: Line[] = [];
  const parents: { indent: number; key: string }[] = [];
  let section = '';
  let comment: string[] = [];
  for (const line of text.split('\n')) {
    const [, heading] = /^## (.+)$/.exec(line) ?? [];
    const [, remark] = /^\s*# (.+)$/.exec(line) ?? [];
    const [, indent = '', key] = /^( *)([A-Za-z]\w*):/.exec(line) ?? [];
    if (heading !== undefined) section = heading;
    else if (remark !== undefined) comment.push(remark);
    else {
      if (key !== undefined) {
        while ((parents.at(-1)?.indent ?? -1) >= indent.length) parents.pop();
        parents.push({ indent: indent.length, key });
        found.push({ section, comment, path: parents.map((parent) => parent.key).join('.') });
      }
      comment = [];
    }
  }
  return found;
}

/** Read as one document, so that one schema can name another (`&probe`, `*probe`). */
function schemasOf(lines: readonly Line[]): JsonSchema[] {
  const texts = lines.map(({ comment }) => comment.find((line) => line.startsWith(SCHEMA)));
  const list = texts.map((text) => `- ${text?.slice(SCHEMA.length) ?? '{}'}`);
  return parse(list.join('\n')) as JsonSchema[];
}

function valueAt(tree: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], tree);
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A mapping is a value of its own where its schema says so; otherwise its keys are. */
function isLeaf(value: unknown, schema: JsonSchema): boolean {
  return !isMapping(value) || schema['type'] === 'object';
}

function typeOf(fallback: unknown, schema: JsonSchema): JsonSchema {
  if (schema['enum'] !== undefined || schema['type'] !== undefined) return {};
  if (Array.isArray(fallback)) return { type: 'array' };
  return { type: typeof fallback === 'number' ? 'integer' : typeof fallback };
}

interface Node {
  readonly type: 'object';
  readonly additionalProperties: false;
  readonly properties: Record<string, Node | JsonSchema>;
}

const node = (): Node => ({ type: 'object', additionalProperties: false, properties: {} });

/** values.schema.json: a name that is not known is refused by its name. */
export function chartSchema(values: readonly ChartValue[]): string {
  const root = node();
  for (const { path, meaning, schema } of values) {
    const keys = path.split('.');
    const last = keys.pop() as string;
    let parent = root;
    for (const key of keys) {
      parent.properties[key] ??= node();
      parent = parent.properties[key] as Node;
    }
    parent.properties[last] = { description: meaning, ...schema };
  }
  const head = { $schema: 'http://json-schema.org/draft-07/schema#', title: 'Values of the chart zookeeper' };
  return `${JSON.stringify({ ...head, ...root }, null, 2)}\n`;
}

/** The tables of the chart's README, one a section. */
function chartTables(values: readonly ChartValue[]): string {
  const sections = [...new Set(values.map(({ section }) => section))];
  return sections
    .map((section) => {
      const rows = values
        .filter((value) => value.section === section)
        .map(({ path, meaning, fallback }) => `| \`${path}\` | ${cell(meaning)} | ${shown(fallback)} |`);
      return `### ${section}\n\n| value | meaning | default |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
    })
    .join('\n');
}

const cell = (text: string) => text.replaceAll('|', '\\|');

function shown(fallback: unknown): string {
  if (fallback === '' || fallback === null) return '';
  return `\`${cell(typeof fallback === 'string' ? fallback : JSON.stringify(fallback))}\``;
}

const BEGIN = '<!-- values: written by npm run docs -->';
const END = '<!-- end of values -->';

/** The README with its tables written anew. */
export function withChartValues(readme: string, values: readonly ChartValue[]): string {
  const [before = '', rest = ''] = readme.split(BEGIN);
  const [, after = ''] = rest.split(END);
  return `${before}${BEGIN}\n\n${chartTables(values)}\n${END}${after}`;
}
