import { type Finding, finding } from '../../findings/finding.ts';
import { formatBytes } from '../../settings/kinds/heap.ts';
import type { SettingFacts } from '../setting-facts.ts';
import { type JvmFacts, type JvmWord, jvmWords, shownWord, subjectOf } from './command-line.ts';
import { isMisread } from './jvm-options.ts';

/** One of the two sizes of the heap, and who has the last word on it. */
export interface HeapBound {
  readonly bytes: number;
  /** ZK_HEAP_SIZE, or the place of the flag that overrides it. */
  readonly subject: string;
  readonly given: JvmWord | undefined;
}

const LARGEST = /^(?:-Xmx|-XX:MaxHeapSize=)(0x[0-9a-fA-F]+|\d+)([kmgtKMGT]?)$/;
const SMALLEST = /^(?:-Xms|-XX:InitialHeapSize=)(0x[0-9a-fA-F]+|\d+)([kmgtKMGT]?)$/;

type HeapFacts = JvmFacts & Pick<SettingFacts, 'heapBytes'>;

/** The heap that the JVM will have: ZK_HEAP_SIZE gives both sizes, and what comes later on its command line wins. */
export function heapInUse(facts: HeapFacts): { readonly largest: HeapBound; readonly smallest: HeapBound } {
  return { largest: bound(facts, LARGEST), smallest: bound(facts, SMALLEST) };
}

function bound(facts: HeapFacts, pattern: RegExp): HeapBound {
  const own = { bytes: facts.heapBytes, subject: 'ZK_HEAP_SIZE', given: undefined };
  return heapWords(facts, pattern).reduce<HeapBound>((last, given) => {
    if (comesBeforeOurs(given)) return last;
    return { bytes: bytesOf(given, pattern), subject: subjectOf(given), given };
  }, own);
}

function heapWords(facts: JvmFacts, pattern: RegExp): JvmWord[] {
  return jvmWords(facts).filter(({ word }) => pattern.test(word));
}

function bytesOf({ word }: JvmWord, pattern: RegExp): number {
  const [, digits, unit = ''] = pattern.exec(word) as RegExpExecArray;
  return Number(digits) * 1_024 ** ' kmgt'.indexOf(unit.toLowerCase() || ' ');
}

/** Flags of a -XX:Flags file are the weakest of all, wherever it is named. */
function comesBeforeOurs({ source, file }: JvmWord): boolean {
  return (
    source === 'JAVA_TOOL_OPTIONS' ||
    source === 'JDK_JAVA_OPTIONS' ||
    (file !== undefined && source === 'ours')
  );
}

/** A heap that differs from its setting, and sizes without effect. */
export function heapFindings(facts: SettingFacts): Finding[] {
  return [...winnerFindings(facts), ...loserFindings(facts), ...shareFindings(facts)];
}

/** JVMFLAGS alone may set the heap, as they do for zkServer.sh; beside a ZK_HEAP_SIZE they contradict it. */
function winnerFindings(facts: SettingFacts): Finding[] {
  const { largest } = heapInUse(facts);
  const { given } = largest;
  const isOwnWay = given?.source === 'JVMFLAGS' || given?.source === 'SERVER_JVMFLAGS';
  if (given === undefined || largest.bytes === facts.heapBytes || (isOwnWay && !facts.heapIsGiven)) return [];
  return [
    finding('ZK-JVM-004', {
      subject: largest.subject,
      problem: `has ${given.word}, which overrides ZK_HEAP_SIZE: the heap is ${formatBytes(largest.bytes)}, not ${formatBytes(facts.heapBytes)}`,
      remedy: `remove it, and set ZK_HEAP_SIZE=${formatBytes(largest.bytes)} if that heap is meant`,
    }),
  ];
}

function loserFindings(facts: SettingFacts): Finding[] {
  const lost = [LARGEST, SMALLEST].flatMap((pattern) => heapWords(facts, pattern)).filter(comesBeforeOurs);
  const { given } = heapInUse(facts).largest;
  const winner =
    given === undefined
      ? `-Xmx${formatBytes(facts.heapBytes)} of ZK_HEAP_SIZE`
      : `${given.word} of ${subjectOf(given)}`;
  return lost.map((word) =>
    voided(word, {
      why: `comes before ${winner}, which overrides it, so it has no effect on this server`,
      remedy: `remove it, and set ZK_HEAP_SIZE=${formatBytes(bytesOf(word, LARGEST.test(word.word) ? LARGEST : SMALLEST))} if that heap is meant`,
    }),
  );
}

const SHARE = /^-XX:((?:Max|Min|Initial)RAM(?:Percentage|Fraction)|DefaultMaxRAMFraction|MaxRAM)=(.+)$/;

/** A share counts only where no size is given, and ZK_HEAP_SIZE always gives one. */
function shareFindings(facts: SettingFacts): Finding[] {
  return jvmWords(facts).flatMap((word) => {
    const [, name, value = ''] = SHARE.exec(word.word) ?? [];
    // A value that no JVM can read is reported as such.
    if (name === undefined || isMisread(word)) return [];
    const percent = percentOf(name, value);
    const remedy =
      percent === undefined
        ? 'remove it; ZK_HEAP_SIZE gives the heap'
        : `remove it and set ZK_HEAP_SIZE=${percent}%`;
    return [voided(word, { why: 'has no effect, since ZK_HEAP_SIZE always gives a size (-Xmx)', remedy })];
  });
}

function percentOf(name: string, value: string): number | undefined {
  const number = Number(value);
  if (!name.startsWith('Max') && name !== 'DefaultMaxRAMFraction') return undefined;
  const percent = name.endsWith('Percentage')
    ? number
    : name.endsWith('Fraction')
      ? 100 / number
      : Number.NaN;
  return percent >= 1 && percent <= 100 ? Math.floor(percent) : undefined;
}

function voided(given: JvmWord, { why, remedy }: { why: string; remedy: string }): Finding {
  return finding('ZK-JVM-005', {
    subject: subjectOf(given),
    problem: `has ${shownWord(given)}, which ${why}`,
    remedy,
  });
}
