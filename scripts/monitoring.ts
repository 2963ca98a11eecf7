import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { faultsOf } from './monitoring/judge.ts';
import { dashboards, namesOf } from './monitoring/names.ts';
import { pictureOf } from './monitoring/picture.ts';
import { play } from './monitoring/play.ts';
import type { Prometheus } from './monitoring/prometheus.ts';

/** The play of scripts/monitoring/start; ends with 1 where an alert is missing or one too many fires. */
const { values } = parseArgs({
  options: { short: { type: 'boolean', default: false }, picture: { type: 'string' } },
});
const say = (line: string) => process.stdout.write(`${line}\n`);

async function compareNames(prometheus: Prometheus): Promise<void> {
  const there = new Set(await prometheus.names());
  say(`${there.size} names in Prometheus`);
  for (const dashboard of dashboards) {
    const names = namesOf(dashboard);
    const missing = names.filter((name) => !there.has(name));
    say(`${dashboard}: ${names.length - missing.length} of ${names.length}; not there: ${missing.join(' ')}`);
  }
}

const { phases, looks, leftOut } = await play({
  zkHome: process.env['ZK_HOME'] ?? '',
  javaHome: process.env['JAVA_HOME'] ?? '',
  prometheus: process.env['ZK_ENTRYPOINT_TEST_PROMETHEUS'] ?? 'prometheus',
  program: fileURLToPath(new URL('../bin/zk-entrypoint', import.meta.url)),
  isShort: values.short,
  say,
  async atTheEnd(prometheus, beganAt) {
    await compareNames(prometheus);
    if (values.picture === undefined) return;
    writeFileSync(values.picture, await pictureOf(prometheus, { from: beganAt, to: Date.now() / 1_000 }));
    say(`drawn ${values.picture}`);
  },
});
for (const what of leftOut) say(`left out: ${what}`);
const faults = faultsOf(phases, looks);
for (const fault of faults) say(`FAULT: ${fault}`);
say(`${phases.length} phases, ${looks.length} looks, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
