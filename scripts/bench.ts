import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { imageSize } from './benchmark/container.ts';
import { containerStart } from './benchmark/container-start.ts';
import { elastic } from './benchmark/elastic.ts';
import { flood } from './benchmark/flood.ts';
import { idle } from './benchmark/idle.ts';
import { jvmDeath } from './benchmark/jvm-death.ts';
import { pipelining } from './benchmark/pipelining.ts';
import { probeCpu } from './benchmark/probe-cpu.ts';
import { realProbes } from './benchmark/real-probes.ts';
import type { Comparison, Row } from './benchmark/row.ts';
import { scrapes } from './benchmark/scrapes.ts';
import { type Installation, machineFacts, machineLine, type Stage, setStage } from './benchmark/stage.ts';
import { startToExec } from './benchmark/start-to-exec.ts';
import { startToImok } from './benchmark/start-to-imok.ts';
import { startWithTls } from './benchmark/start-with-tls.ts';
import { statusTime } from './benchmark/status-time.ts';
import { asJson, asTable } from './benchmark/table.ts';

/** Numbered from 1 on, as in the help of scripts/bench. */
const comparisons: readonly Comparison[] = [
  startToExec,
  startToImok,
  containerStart,
  jvmDeath,
  idle,
  probeCpu,
  flood,
  pipelining,
  realProbes,
  statusTime,
  imageSize,
  elastic,
  scrapes,
  startWithTls,
];

/** Many times what any of them needs: a measurement that hangs must not hang the others. */
const LONGEST_MS = 180_000;

interface Wishes {
  readonly chosen: readonly number[];
  readonly quick: boolean;
  readonly json: boolean;
}

/** Throws with one line for a wrong flag. */
function readFlags(): Wishes {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      output: { type: 'string', default: 'text' },
    },
  });
  const all = comparisons.map((_, index) => index + 1);
  const { only, quick, output } = values;
  const chosen = only === undefined ? all : all.filter((number) => only.split(',').includes(String(number)));
  if (only?.split(',').some((word) => !all.map(String).includes(word)))
    throw new Error(`--only ${only}: give numbers from 1 to ${all.length}, with commas`);
  if (output !== 'text' && output !== 'json') throw new Error(`--output ${output}: give text or json`);
  return { chosen, quick, json: output === 'json' };
}

/** The stage that stands now; every comparison has its own, and leaves nothing to the next. */
let standing: Stage | undefined;

/** A measurement that is cut short fails in a way of its own, which is no result. */
let ending = false;

async function onStage(
  installation: Installation,
  { title, measure }: Comparison,
  quick: boolean,
): Promise<Row[]> {
  const rounds = (usual: number) => (quick ? Math.ceil(usual / 2) : usual);
  const stage = await setStage(installation);
  standing = stage;
  const late = sleep(LONGEST_MS, [{ what: title, why: `it took more than ${LONGEST_MS / 1_000} s` }], {
    ref: false,
  });
  try {
    return await Promise.race([measure({ stage, rounds }), late]);
  } catch (error) {
    return [{ what: title, why: messageOf(error) }];
  } finally {
    await stage.close();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function main({ chosen, quick, json }: Wishes): Promise<void> {
  const installation = { javaHome: process.env['JAVA_HOME'] ?? '', zkHome: process.env['ZK_HOME'] ?? '' };
  const machine = machineFacts(installation);
  const rows: Row[] = [];
  for (const number of chosen) {
    const comparison = comparisons[number - 1] as Comparison;
    console.error(`bench: ${number} ${comparison.title}`);
    rows.push(...(await onStage(installation, comparison, quick)));
    if (ending) return;
  }
  console.log(json ? asJson(machine, rows) : `${machineLine(machine)}\n\n${asTable(rows)}`);
}

async function endOn(status: number): Promise<never> {
  ending = true;
  await standing?.close();
  return process.exit(status);
}

process.once('SIGINT', () => void endOn(130));
process.once('SIGTERM', () => void endOn(143));
process.once('SIGHUP', () => void endOn(129));
let wishes: Wishes;
try {
  wishes = readFlags();
} catch (error) {
  console.error(`bench: ${messageOf(error)}`);
  process.exit(64);
}
await main(wishes);
