import { fileURLToPath } from 'node:url';
import { overToNewSet } from './move-in/new-set.ts';
import { type Played, play } from './move-in/play.ts';
import { sources } from './move-in/sources.ts';

/**
 * Each layout of docs/move-in.md moves in member by member while clients write, and goes back. It also moves into a new
 * StatefulSet on the old claims. scripts/move-in/start gives two ZooKeepers: the one of the other image, and ours. Ends with
 * 1 if anything is lost or moved.
 */
const [theirs, ours] = process.argv.slice(2);
if (theirs === undefined || ours === undefined)
  throw new RangeError('no ZooKeepers were handed over: use scripts/move-in/start');
const stage = {
  javaHome: process.env['JAVA_HOME'] ?? '',
  program: fileURLToPath(new URL('../bin/zk-entrypoint', import.meta.url)),
  theirs,
  ours,
  nodes: 10_000,
  back: true,
};
const played: Played[] = [];
for (const source of sources) {
  const one = await play(source, stage);
  played.push(one);
  const what = `${one.nodes} nodes and ${one.acknowledged} acknowledged writes`;
  process.stdout.write(`${one.problems.length === 0 ? 'kept' : 'BROKEN'}: ${one.name}: ${what}\n`);
  for (const problem of one.problems) process.stdout.write(`  ${problem}\n`);
}
let isBroken = played.some(({ problems }) => problems.length > 0);
for (const source of sources) {
  const problems = await overToNewSet(source, stage, 'ours');
  isBroken ||= problems.length > 0;
  process.stdout.write(
    `${problems.length === 0 ? 'kept' : 'BROKEN'}: ${source.name}, under a new StatefulSet: ${stage.nodes} nodes\n`,
  );
  for (const problem of problems) process.stdout.write(`  ${problem}\n`);
}
process.exitCode = isBroken ? 1 : 0;
