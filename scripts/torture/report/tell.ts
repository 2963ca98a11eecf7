import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { allFaults } from '../faults/all.ts';
import type { Flags } from '../flags.ts';
import type { Defect } from '../stage/defects.ts';
import { writeIntoDocs } from './docs.ts';
import type { Outcome } from './outcome.ts';
import { picture } from './picture.ts';
import { summarise } from './summary.ts';
import { summaryTable } from './table.ts';

/** Prints and writes what a run has found; returns the exit status. */
export function tellOutcome(outcome: Outcome, flags: Flags & { say(line: string): void }): number {
  const { say, out } = flags;
  const rows = summarise(
    outcome,
    allFaults.map(({ name }) => name),
  ).filter(({ count, skipped }) => count + skipped > 0);
  const table = summaryTable(rows);
  const heading = headingOf(outcome, flags);
  say(`\n${table}\n\n${heading}`);
  mkdirSync(out, { recursive: true });
  const svg = picture(outcome);
  writeFileSync(join(out, 'torture.svg'), svg);
  writeFileSync(join(out, 'table.md'), `${table}\n\n${heading}\n`);
  const { acknowledgedAtMs, ...rest } = outcome;
  const facts = { ...flags, zookeeper: basename(process.env['ZK_HOME'] ?? ''), rows, ...rest };
  writeFileSync(
    join(out, 'torture.json'),
    `${JSON.stringify({ ...facts, skipped: [...outcome.skipped] }, null, 2)}\n`,
  );
  say(`written: ${['torture.json', 'torture.svg', 'table.md'].map((file) => join(out, file)).join(', ')}`);
  if (outcome.violations.length > 0) return tellBroken(outcome, flags);
  if (flags.docs) writeIntoDocs({ table, heading, svg });
  return 0;
}

function tellBroken(outcome: Outcome, flags: Flags & { say(line: string): void }): number {
  const { say } = flags;
  say(`\n${outcome.violations.length} promises broken:`);
  for (const { promise, text } of outcome.violations.slice(0, 20)) say(`  ${promise}: ${text}`);
  say(`everything is kept in ${outcome.folder}: logs, history.jsonl, volumes (mount -o loop zk-0.ext4 DIR)`);
  say(again(flags));
  return 1;
}

/** A run that came to no proof: neither held nor broken, which is no success either. */
export function tellUnproven(error: unknown, flags: Flags & { say(line: string): void }): number {
  const { say } = flags;
  say(`\nNO PROOF: the run itself failed: ${error instanceof Error ? error.stack : error}`);
  say(again(flags));
  return 70;
}

/** The command that repeats a run. */
function again({ faults, seed, members, release, only }: Flags): string {
  const kinds = only.length === 0 ? '' : ` --only ${JSON.stringify(only.join(','))}`;
  return `again: npm run torture -- --faults ${faults} --seed ${seed} --members ${members} --release ${release}${kinds}`;
}

/** Not a promise of ours, and nothing to hide. */
function defects({ givenUp }: Outcome): string {
  if (givenUp.length === 0) return '';
  const of = (kind: Defect) => givenUp.filter(({ defect }) => defect === kind).length;
  return `\nVolumes given up, and taken from the quorum again, for what ZooKeeper itself did: ${of('gap')} with a gap in the log (ZOOKEEPER-4712), ${of('damaged log')} with a log that a full disk left damaged, ${of('dirty snapshot')} with a snapshot of writes that were never agreed upon.`;
}

function headingOf(outcome: Outcome, { seed, members }: Flags): string {
  const { writes, struck, ends, fromMs, toMs, skipped, violations } = outcome;
  const left =
    [...skipped].map(([kind, { count, why }]) => `${kind} ${count} times (${why})`).join('; ') || 'none';
  const minutes = ((toMs - fromMs) / 60_000).toFixed(1);
  const count = (value: number) => value.toLocaleString('en');
  return [
    `Seed ${seed}, ${members} members of ${basename(process.env['ZK_HOME'] ?? '')}: ${struck.length} faults in ${minutes} minutes,`,
    `${count(ends.length)} ends of containers, ${count(writes.acknowledged)} acknowledged writes, ${count(writes.unknown)} without an answer.`,
    `Broken promises: ${violations.length}. Skipped: ${left}.${defects(outcome)}`,
  ].join('\n');
}
