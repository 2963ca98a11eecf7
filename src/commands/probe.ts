import { writeSync } from 'node:fs';
import { wrongFlag } from '../exit-status.ts';
import { loopbackOf } from '../health/address.ts';
import { aliveSentence, servingCheck } from '../health/verdict.ts';
import { describeErrno } from '../host/errno.ts';
import { atMost, readText } from '../host/files/read-file.ts';
import { askSupervisor } from '../host/network/ask-supervisor.ts';
import { askFourLetter } from '../host/network/four-letter.ts';
import { duration } from '../settings/kinds/numbers.ts';
import { type FileText, lookUp, readRow } from '../settings/read-row.ts';
import type { Row } from '../settings/row.ts';
import { lifeRows } from '../settings/rows/life.ts';
import { networkRows } from '../settings/rows/network.ts';
import { visible } from '../text/visible.ts';
import { isAlive, judgeRuok } from '../zookeeper/four-letter/ruok.ts';
import { readSrvr } from '../zookeeper/four-letter/srvr.ts';
import type { FlagsOf } from './definitions.ts';

/** Which of the kubelet's questions is asked. */
export type ProbeName = 'live' | 'ready';

const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;
const DEFAULT_TIMEOUT_MS = 3_000;
const LONGEST_ANSWER_BYTES = 1_024;

/**
 * Asks the supervisor of this container, which knows whether it is starting or stopping, and without one asks
 * ZooKeeper itself. One line and 0 or 1; nothing is loaded here that a probe does not need.
 */
export async function probe(name: ProbeName, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<number> {
  const { ok, sentence } = (await bySupervisor(name, timeoutMs)) ?? (await byZooKeeper(name, timeoutMs));
  writeSync(ok ? STANDARD_OUTPUT : STANDARD_ERROR, `${visible(sentence)}\n`);
  return ok ? 0 : 1;
}

interface Verdict {
  readonly ok: boolean;
  readonly sentence: string;
}

async function bySupervisor(name: ProbeName, timeoutMs: number): Promise<Verdict | undefined> {
  const port = settingOf(lifeRows.healthPort, 8090);
  if (port === 0) return undefined;
  const host = loopbackOf(settingOf(lifeRows.healthAddress, undefined));
  const answer = await askSupervisor({ host, port, path: name === 'live' ? '/livez' : '/readyz', timeoutMs });
  // Another status is no verdict: a supervisor of another version, perhaps.
  if (answer.kind !== 'answer' || (answer.status !== 200 && answer.status !== 503)) return undefined;
  return { ok: answer.status === 200, sentence: answer.body.trim().replaceAll('\n', '; ') };
}

/** Without a supervisor: liveness by ruok, readiness by what ZK_READINESS asks. */
async function byZooKeeper(name: ProbeName, timeoutMs: number): Promise<Verdict> {
  const serving = name === 'ready' && settingOf(lifeRows.readiness, 'ruok') === 'serving';
  const exchange = await askFourLetter({
    host: loopbackOf(settingOf(networkRows.clientAddress, undefined)),
    port: settingOf(networkRows.clientPort, 2181),
    word: serving ? 'srvr' : 'ruok',
    timeoutMs,
    maxBytes: LONGEST_ANSWER_BYTES,
  });
  if (serving) return servingCheck(readSrvr(exchange));
  const verdict = judgeRuok(exchange);
  if (verdict.ok) return { ok: true, sentence: 'imok' };
  return { ok: isAlive(verdict), sentence: verdict.alive ? aliveSentence(verdict) : verdict.sentence };
}

/** A probe judges the server, not the settings: one that start would refuse stands at its default here. */
function settingOf<T>(row: Row<T>, fallback: T): T {
  const sources = { variables: process.env };
  const path = lookUp(sources, `${row.variable}_FILE`)?.text;
  const files = new Map<string, FileText>(path === undefined ? [] : [[path, textOf(path)]]);
  const memory = { memoryBytes: 0, memoryIs: 'machine' } as const;
  const { given } = readRow(row as Row<unknown>, { ...sources, files, memory });
  return given === undefined ? fallback : (given.value as T);
}

function textOf(path: string): FileText {
  try {
    return { ok: true, text: readText(path, { maxBytes: atMost.textBytes }) };
  } catch (error) {
    return { ok: false, problem: describeErrno(error) };
  }
}

/** The span of --timeout in milliseconds, or why it is invalid. */
export function parseTimeout(text: string): ReturnType<ReturnType<typeof duration>['parse']> {
  return duration().parse(text);
}

/** A probe by the flags of the command line. */
export async function probeByFlags(name: ProbeName, { timeout }: FlagsOf<'live'>): Promise<number> {
  const span = parseTimeout(timeout);
  if (!span.ok) throw wrongFlag('--timeout', timeout, span);
  return probe(name, span.value);
}
