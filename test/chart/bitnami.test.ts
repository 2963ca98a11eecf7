import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chartValues } from '../../scripts/chart-reference.ts';
import {
  chart,
  helm,
  sets,
  template,
  tryTemplate,
  type Values,
  valueAt,
  without,
  withValue,
} from './helm.ts';

/** The table of chart/README.md: each value of the other chart, and what is here instead. */
const [, table = ''] =
  /\| Bitnami \| here \|\n.*\n([\s\S]*?)\n\n/.exec(readFileSync(join(chart, 'README.md'), 'utf8')) ?? [];
const rows = table.split('\n').map((row) => {
  const [, theirs = '', ours = ''] = /^\| `([^`]+)` \| (.+) \|$/.exec(row) ?? [];
  return { theirs, ours };
});
const isSame = ({ ours }: { ours: string }) => /^the same\b/.test(ours);

const values = chartValues(readFileSync(join(chart, 'values.yaml'), 'utf8'));

/** The values of a golden set that has this one, and only with which it has an effect. */
function setWith(path: string): Values | undefined {
  return sets.find((set) => valueAt(set.values, path) !== undefined)?.values;
}

/** Keys of free mappings that no golden set has, with something that Kubernetes would take. */
const TRIED: Readonly<Record<string, unknown>> = {
  'persistence.enabled': false,
  'livenessProbe.enabled': false,
  'readinessProbe.enabled': false,
  'startupProbe.enabled': false,
  'podSecurityContext.enabled': false,
  'podSecurityContext.fsGroupChangePolicy': 'Always',
  'podSecurityContext.sysctls': [{ name: 'net.ipv4.tcp_keepalive_time', value: '60' }],
  'podSecurityContext.supplementalGroups': [2000],
  'containerSecurityContext.enabled': false,
  'containerSecurityContext.seLinuxOptions': { level: 's0:c1,c2' },
  'containerSecurityContext.runAsGroup': 1001,
  'containerSecurityContext.runAsNonRoot': true,
  'containerSecurityContext.privileged': false,
  'containerSecurityContext.readOnlyRootFilesystem': false,
  'containerSecurityContext.allowPrivilegeEscalation': true,
  'containerSecurityContext.capabilities.drop': ['NET_RAW'],
  'containerSecurityContext.seccompProfile.type': 'RuntimeDefault',
  'updateStrategy.rollingUpdate': { partition: 1 },
};
const numbers = [
  'initialDelaySeconds',
  'periodSeconds',
  'timeoutSeconds',
  'failureThreshold',
  'successThreshold',
];

function tried(path: string): unknown {
  if (Object.hasOwn(TRIED, path)) return TRIED[path];
  return numbers.some((name) => path.endsWith(`Probe.${name}`)) ? 7 : undefined;
}

describe('the table of the Bitnami chart’s values', () => {
  it('has a row for each, once', () => {
    expect(rows.every(({ theirs, ours }) => theirs !== '' && ours !== '')).toBe(true);
    expect(new Set(rows.map(({ theirs }) => theirs)).size).toBe(rows.length);
    expect(rows.filter(isSame).length).toBeGreaterThan(120);
    expect(rows.filter((row) => !isSame(row)).length).toBeGreaterThan(80);
  });

  it('names only values that there are', () => {
    const known = values.map(({ path }) => path);
    const named = rows
      .filter((row) => !isSame(row))
      .flatMap(({ ours }) => [...ours.matchAll(/`([a-z]\w*(?:\.\w+)+)`/g)].map(([, name = '']) => name));
    expect(named.length).toBeGreaterThan(40);
    expect(
      named.filter((name) => !known.some((path) => path.startsWith(name) || name.startsWith(`${path}.`))),
    ).toEqual([]);
  });
});

describe('a value that is the same', () => {
  const known = new Set(values.map(({ path }) => path));
  const ofMappings = rows.filter(isSame).filter(({ theirs }) => !known.has(theirs));

  // That each of our own values has an effect is what golden.test.ts holds.
  it('is one of ours, or a key of one', () => {
    const below = ({ theirs }: { theirs: string }) =>
      [...known].some((path) => theirs.startsWith(`${path}.`));
    expect(ofMappings.filter((row) => !below(row))).toEqual([]);
  });

  it.skipIf(helm === '').each(ofMappings)('$theirs has an effect', async ({ theirs }) => {
    const set = setWith(theirs) ?? {};
    const [before, after] =
      tried(theirs) === undefined ? [without(set, theirs), set] : [{}, withValue({}, theirs, tried(theirs))];
    expect(await template(after)).not.toBe(await template(before));
  });
});

describe.skipIf(helm === '')('a value that is not the same', () => {
  const others = rows.filter((row) => !isSame(row)).map(({ theirs }) => theirs);

  /** Where one is a text and another lies below it, one file cannot have both. */
  const clash = (path: string) =>
    others.some((other) => path.startsWith(`${other}.`) || other.startsWith(`${path}.`));

  it('is refused by its name, all at once', async () => {
    const together = others.filter((path) => path !== 'updateStrategy' && path !== 'rollingUpdatePartition');
    expect(together.filter(clash)).toEqual([]);
    const all = together.reduce<Values>((given, path) => withValue(given, path, 'text'), {});
    const { exitCode, stderr } = await tryTemplate(all);
    expect(exitCode).toBe(1);
    expect(together.filter((path) => !isNamed(path, stderr))).toEqual([]);
    expect(together.length).toBeGreaterThan(80);
  });

  it.each(['updateStrategy', 'rollingUpdatePartition', 'auth.client.enabled'])('%s alone', async (path) => {
    const { exitCode, stderr } = await tryTemplate(withValue({}, path, 'RollingUpdate'));
    expect([exitCode, isNamed(path, stderr)]).toEqual([1, true]);
  });

  it('is not named where it is right', async () => {
    const { stderr } = await tryTemplate(withValue({}, 'auth.client.enabled', true));
    expect(isNamed('image.debug', stderr)).toBe(false);
  });
});

/** Whether Helm says the path, or the topmost part of it that there is not: `at '/metrics': additional properties 'service'`. */
function isNamed(path: string, stderr: string): boolean {
  const keys = path.split('.');
  const lines = stderr.split('\n');
  return keys.some((key, depth) => {
    const parent = keys
      .slice(0, depth)
      .map((each) => `/${each}`)
      .join('');
    const quoted = new RegExp(`'${key}'`);
    return lines.some(
      (line) =>
        line.includes(`at '${parent}/${key}'`) ||
        (line.includes(`at '${parent}': additional properties`) &&
          quoted.test(line.split(': ').slice(1).join(': '))),
    );
  });
}
