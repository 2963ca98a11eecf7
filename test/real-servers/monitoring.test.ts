import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alerts, metricsIn } from '../../scripts/monitoring/alerts.ts';
import { faultsOf } from '../../scripts/monitoring/judge.ts';
import { type dashboards, namesOf } from '../../scripts/monitoring/names.ts';
import { pictureOf } from '../../scripts/monitoring/picture.ts';
import { play } from '../../scripts/monitoring/play.ts';
import { testHome, testJavaHome } from './members.ts';

const root = join(import.meta.dirname, '../..');
const fetched = spawnSync(join(root, 'scripts/fetch-tool'), ['prometheus'], { encoding: 'utf8' });
if (fetched.status !== 0) process.stderr.write(`SKIPPED: no Prometheus to scrape with: ${fetched.stderr}\n`);

/** ZooKeeper of this release has them; older ones have fewer names. */
const isNewest = testHome().includes('3.9');

describe.skipIf(fetched.status !== 0 || !isNewest)('a real Prometheus beside three members', () => {
  it('fires for one that is killed and for nothing else, and has the names that dashboards read', async () => {
    let [names, picture]: [readonly string[], string] = [[], ''];
    const said: string[] = [];
    const { phases, looks } = await play({
      zkHome: testHome(),
      javaHome: testJavaHome(),
      program: join(root, 'bin/zk-entrypoint'),
      prometheus: fetched.stdout.trim(),
      isShort: true,
      say: (line) => void said.push(line),
      async atTheEnd(prometheus, beganAt) {
        names = await prometheus.names();
        picture = await pictureOf(prometheus, { from: beganAt, to: Date.now() / 1_000 });
      },
    });
    expect(faultsOf(phases, looks), said.join('\n')).toEqual([]);
    const there = (dashboard: (typeof dashboards)[number]) =>
      namesOf(dashboard).filter((name) => names.includes(name)).length;
    expect(there('grafana-10465')).toBeGreaterThanOrEqual(120);
    expect(there('clickhouse-operator')).toBeGreaterThanOrEqual(133);
    // Space and limits are there where a container has them.
    const ofTheMachine = /^zk_entrypoint_(?:volume|memory|cpu)_/;
    const read = alerts.flatMap(({ expr }) => metricsIn(expr)).filter((name) => !ofTheMachine.test(name));
    expect(read.filter((name) => !names.includes(name))).toEqual([]);
    expect(picture.match(/<path d="M[^"]+L/g)?.length).toBeGreaterThan(20);
  }, 300_000);
});
