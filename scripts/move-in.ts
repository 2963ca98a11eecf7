import { fileURLToPath } from 'node:url';
import { overToNewSet } from './move-in/new-set.ts';
import { type Played, play } from './move-in/play.ts';
import { sources } from './move-in/sources.ts';

/**
 * Every layout of docs/move-in.md, taken over member by member under a writer and given back, and taken over by a new
 * StatefulSet on the old claims. scripts/move-in/start hands over two ZooKeepers: what the other image runs, and what ours runs. Ends with 1 when anything is lost or moved.
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
