import { fileURLToPath } from 'node:url';
import { type Played, play, refusedOf } from './healthy-starts/play.ts';
import {
  type Control,
  downgraded,
  type Homes,
  onOneRelease,
  type Scenario,
  swapped,
  upgrade,
  withoutSnapshots,
} from './healthy-starts/scenarios.ts';
import type { Home } from './healthy-starts/scene.ts';
import { tableOf } from './healthy-starts/table.ts';

/**
 * Starts that must never be refused, over every release; scripts/healthy-starts/start fetches them and hands them over as
 * RELEASE=ZK_HOME, oldest first. Ends with 1 on a refusal, on a member that does not serve, and on a lost value.
 */
const homes = process.argv.slice(2).map((word): Home => {
  const [release = '', zkHome = ''] = word.split('=');
  return { release, zkHome };
});
const newest = homes.at(-1);
if (newest === undefined)
  throw new RangeError('no ZooKeeper was handed over: use scripts/healthy-starts/start');
const stage = {
  javaHome: process.env['JAVA_HOME'] ?? '',
  program: fileURLToPath(new URL('../bin/zk-entrypoint', import.meta.url)),
};
const say = (line: string) => process.stdout.write(`${line}\n`);
const played: Played[] = [];

async function perform(scenario: Scenario, ...on: Homes): Promise<Played> {
  const one = await play(scenario, { ...stage, homes: on });
  say(`${one.failure === undefined ? 'done' : 'FAILED'}: ${one.name}, ${one.releases}`);
  if (one.failure !== undefined) say(one.failure);
  return one;
}

const controls: [Control, Played][] = [[swapped, await perform(swapped, newest)]];
for (const home of homes) {
  for (const scenario of onOneRelease) played.push(await perform(scenario, home));
}
if (homes.length > 1) {
  const all = homes as [Home, ...Home[]];
  played.push(await perform(upgrade, ...all));
  const [oldest, next] = all as [Home, Home];
  if (oldest.release.startsWith('3.4.')) {
    controls.push([withoutSnapshots, await perform(withoutSnapshots, oldest, next)]);
    controls.push([downgraded, await perform(downgraded, newest, oldest)]);
  }
}

const starts = played.flatMap((one) => one.starts).length;
const refused = played.flatMap(refusedOf).length;
const failed = played.filter(({ failure }) => failure !== undefined).length;
say(`\n${tableOf([...played, ...controls.map(([, one]) => one)])}\n`);
say(`${starts} starts, ${refused} refused, ${failed} of ${played.length} scenarios failed`);
const blind = controls.filter(
  ([{ refusals }, one]) => one.failure !== undefined || refusedOf(one).length !== refusals,
);
for (const [{ name, refusals }] of blind)
  say(`${name}: not refused ${refusals} times, so these figures say nothing`);
process.exitCode = refused > 0 || failed > 0 || blind.length > 0 ? 1 : 0;
