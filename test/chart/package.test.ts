import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { alerts, metricsIn } from '../../scripts/monitoring/alerts.ts';
import { objectsOf } from '../../src/manifest/objects/objects.ts';
import { at, listAt, type Tree, textAt } from '../../src/manifest/objects/tree.ts';
import { documentsOf } from '../manifest/manifests.ts';
import { temporaryFolder } from '../process/run.ts';
import { chart, helm, runHelm, sets, template, tryTemplate, type Values } from './helm.ts';

/** A chart that has ours below it, as `helm dependency build` leaves it. */
function parent(values: Values): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'charts'));
  mkdirSync(join(folder, 'templates'));
  cpSync(chart, join(folder, 'charts/zookeeper'), { recursive: true });
  const dependencies = [{ name: 'zookeeper', version: '0.1.0', condition: 'zookeeper.enabled' }];
  writeFileSync(
    join(folder, 'Chart.yaml'),
    stringify({ apiVersion: 'v2', name: 'search', version: '1.0.0', dependencies }),
  );
  writeFileSync(join(folder, 'values.yaml'), stringify(values));
  return folder;
}

const names = (text: string) => objectsOf(documentsOf(text)).map(({ kind, name }) => `${kind}/${name}`);

describe.skipIf(helm === '')('the chart', () => {
  it('passes `helm lint --strict`, with the values of every golden set', async () => {
    for (const { values } of sets) {
      const file = join(temporaryFolder(), 'values.yaml');
      writeFileSync(file, stringify(values));
      const { exitCode, stdout, stderr } = await runHelm('lint', '--strict', chart, '-f', file);
      expect(exitCode, stdout + stderr).toBe(0);
    }
  }, 120_000);

  it('is packaged, and renders the same out of its package', async () => {
    const folder = temporaryFolder();
    const packaged = await runHelm('package', chart, '-d', folder);
    expect(packaged, packaged.stderr).toMatchObject({ exitCode: 0 });
    const { stdout } = await tryTemplate({}, { of: join(folder, 'zookeeper-0.1.0.tgz') });
    expect(`${stdout}\n`).toBe(await template({}));
  });

  it('is a sub-chart: values below its name, and those that are global', async () => {
    const folder = parent({
      global: { imageRegistry: 'registry.example', ofAnother: { a: 1 } },
      zookeeper: { enabled: true, replicaCount: 5, persistence: { size: '5Gi' } },
    });
    const { exitCode, stdout, stderr } = await tryTemplate({}, { of: folder });
    expect(exitCode, stderr).toBe(0);
    const set = documentsOf(stdout).find((each) => textAt(each, 'kind') === 'StatefulSet');
    expect(at(set, 'metadata', 'name')).toBe('zoo-zookeeper');
    expect(at(set, 'spec', 'replicas')).toBe(5);
    expect(at(set, 'spec', 'template', 'spec', 'containers', 0, 'image')).toBe(
      'registry.example/zk-entrypoint:3.9',
    );
  });

  it('is left out by `condition: zookeeper.enabled`, and refuses what it does not know below its name', async () => {
    const without = await tryTemplate({}, { of: parent({ zookeeper: { enabled: false } }) });
    expect([without.exitCode, without.stdout.trim()]).toEqual([0, '']);
    const { exitCode, stderr } = await tryTemplate({}, { of: parent({ zookeeper: { replicas: 5 } }) });
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("'replicas'")]);
  });

  it('is in one namespace twice without a name or a selector in common', async () => {
    const [one, other] = [await template({}), (await runHelm('template', 'other', chart)).stdout];
    expect(names(one).filter((name) => names(other).includes(name))).toEqual([]);
    const instance = (text: string) =>
      documentsOf(text)
        .filter((each) => textAt(each, 'kind') === 'Service')
        .map((each) => at(each, 'spec', 'selector', 'app.kubernetes.io/instance'));
    expect(instance(one)).toEqual(['zoo', 'zoo']);
    expect(instance(other)).toEqual(['other', 'other']);
  });

  it('says after an install how to connect, to look, and what to mind', async () => {
    const notes = async (...flags: string[]) =>
      (await runHelm('install', 'zoo', chart, '--dry-run=client', '-n', 'shop', ...flags)).stdout.split(
        'NOTES:\n',
      )[1];
    expect(await notes()).toMatchInlineSnapshot(`
      "zookeeper 0.1.0: zoo-zookeeper has 3 voting members.

      Connect, from inside the cluster:
        zoo-zookeeper.shop.svc.cluster.local:2181
      or try it:
        kubectl -n shop exec -it zoo-zookeeper-0 -- zkCli.sh

      Look:
        kubectl -n shop rollout status statefulset/zoo-zookeeper
        kubectl -n shop exec zoo-zookeeper-0 -- zk-entrypoint status   # every member, and the quorum
        kubectl -n shop port-forward zoo-zookeeper-0 8090   # then http://localhost:8090/ is the same as a page
        helm -n shop test zoo   # writes to one member, and reads from every other
        kubectl -n shop describe pod zoo-zookeeper-0   # why it ended, under "Last State"

      Scale by one voting member at a time, and wait for each rollout:
        helm -n shop upgrade zoo <chart> --reuse-values --set replicaCount=4"
    `);
    expect(
      await notes('--set', 'replicaCount=2,observers.replicaCount=1,networkPolicy.allowExternal=false'),
    ).toContain('WARNING: with two voting members');
    expect(await notes('--set', 'persistence.enabled=false')).toContain('loses its data');
  });
});

const promtool = spawnSync(join(import.meta.dirname, '../../scripts/fetch-tool'), ['promtool'], {
  encoding: 'utf8',
});
if (promtool.status !== 0)
  process.stderr.write(`SKIPPED: no promtool to read the rules: ${promtool.stderr}\n`);

describe.skipIf(helm === '' || promtool.status !== 0)('the PrometheusRule', () => {
  const rules = async () => {
    const set = sets.find(({ name }) => name === 'monitored');
    const rule = documentsOf(await template(set?.values ?? {})).find(
      (each) => textAt(each, 'kind') === 'PrometheusRule',
    );
    return at(rule, 'spec') as Tree;
  };
  const checked = (spec: Tree) => {
    const file = join(temporaryFolder(), 'rules.yaml');
    writeFileSync(file, stringify(spec));
    return spawnSync(promtool.stdout.trim(), ['check', 'rules', file], { encoding: 'utf8' });
  };

  it('holds rules that Prometheus reads, each of this release’s members alone', async () => {
    const spec = await rules();
    const { status, stdout, stderr } = checked(spec);
    expect([status, stdout], stderr).toEqual([
      0,
      expect.stringContaining(`${alerts.length + 1} rules found`),
    ]);
    const own = listAt(spec, 'groups', 0, 'rules')
      .slice(0, alerts.length)
      .map((rule) => textAt(rule, 'expr') ?? '');
    for (const expression of own) {
      const selectors = expression.match(/\{[^}]*namespace="default",job="zoo-zookeeper"\}/g) ?? [];
      expect([expression, selectors.length]).toEqual([expression, metricsIn(expression).length]);
    }
  });

  it('would not be read with a mistake in it', async () => {
    expect(checked(parse(stringify(await rules()).replace('> 60', '> > 60')) as Tree).status).not.toBe(0);
  });
});
