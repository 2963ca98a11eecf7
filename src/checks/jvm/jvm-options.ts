import { type Finding, finding } from '../../findings/finding.ts';
import type { SettingFacts } from '../setting-facts.ts';
import { type JvmWord, jvmWords, shownWord, subjectOf } from './command-line.ts';

/** Flags -XX with which the JVM ends before ZooKeeper is there: what they say cannot be read, or this Java has lost them. */
export function optionFindings(facts: SettingFacts): Finding[] {
  if (facts.jvm?.java?.isHotSpot === false) return [];
  const words = jvmWords(facts);
  const ignores = words.some(({ word }) => word === '-XX:+IgnoreUnrecognizedVMOptions');
  const feature = ignores ? undefined : facts.jvm?.java?.feature;
  return words.flatMap((given) => {
    const option = optionOf(given);
    if (option === undefined) return [];
    const right = rightForm(option);
    if (right !== undefined) return [misread(given, { name: option.name, right })];
    const lostIn = LOST.get(option.name) ?? Number.POSITIVE_INFINITY;
    return feature === undefined || feature < lostIn ? [] : [lost(given, feature)];
  });
}

/** True for a flag whose form or value no JVM can read. */
export function isMisread(given: JvmWord): boolean {
  const option = optionOf(given);
  return option !== undefined && rightForm(option) !== undefined;
}

interface Option {
  readonly sign: string;
  readonly name: string;
  readonly value: string | undefined;
}

function optionOf({ word }: JvmWord): Option | undefined {
  const [whole, sign = '', name = '', value] = /^-XX:([+-]?)(\w*)(?:=(.*))?$/s.exec(word) ?? [];
  return whole === undefined ? undefined : { sign, name, value };
}

/**
 * Flags that Java knew once, by a feature release that ends with "Unrecognized VM option": the logs of the collector by that
 * of JEP 271, the others by the first that it was seen of, of 17 and 25. Some were lost a few releases before that.
 */
const LOST: ReadonlyMap<string, number> = new Map(
  Object.entries({
    9:
      'PrintGCDateStamps PrintGCTimeStamps PrintGCApplicationStoppedTime PrintGCApplicationConcurrentTime PrintGCCause ' +
      'PrintTenuringDistribution PrintHeapAtGC PrintAdaptiveSizePolicy PrintPromotionFailure PrintReferenceGC ' +
      'UseGCLogFileRotation NumberOfGCLogFiles GCLogFileSize',
    17:
      'UseConcMarkSweepGC UseParNewGC CMSInitiatingOccupancyFraction UseCMSInitiatingOccupancyOnly PermSize MaxPermSize ' +
      'CMSParallelRemarkEnabled CMSClassUnloadingEnabled CMSScavengeBeforeRemark PrintFLSStatistics AggressiveOpts ' +
      'UseCGroupMemoryLimitForHeap UnlockCommercialFeatures',
    25: 'MaxRAMFraction MinRAMFraction InitialRAMFraction DefaultMaxRAMFraction UseBiasedLocking',
  }).flatMap(([feature, names]) => names.split(' ').map((name) => [name, Number(feature)] as const)),
);

/** Flags that take a whole number, which may have the unit of a size. */
const NUMBERS = new Set(
  (
    'MaxRAM MaxRAMFraction MinRAMFraction InitialRAMFraction ParallelGCThreads ConcGCThreads MaxGCPauseMillis ' +
    'InitiatingHeapOccupancyPercent MaxTenuringThreshold NewRatio SurvivorRatio GCTimeRatio SoftMaxHeapSize MinHeapSize ' +
    'G1HeapRegionSize ReservedCodeCacheSize InitialCodeCacheSize CompressedClassSpaceSize ActiveProcessorCount'
  ).split(' '),
);
const SHARES = /^(Max|Min|Initial)RAMPercentage$/;
/** The one flag that needs neither sign nor value. */
const ALONE = 'StartFlightRecording';

/** How the flag must be written; undefined if it is right, or if that is not known. */
function rightForm({ sign, name, value }: Option): string | undefined {
  if (sign === '' && value === undefined)
    return name === ALONE ? undefined : `-XX:+${name}, -XX:-${name} or -XX:${name}=…`;
  if (sign !== '') return value === undefined ? undefined : `-XX:${sign}${name}`;
  if (/^(true|false)$/i.test(value ?? '') && !name.startsWith('On'))
    return `-XX:${/^true$/i.test(value ?? '') ? '+' : '-'}${name}`;
  if (SHARES.test(name) && !isShare(value ?? ''))
    return `-XX:${name}=… with a number from 0.0 to 100.0 and no sign`;
  if (NUMBERS.has(name) && !/^(0x[0-9a-f]+|-?\d+)[kmgt]?$/i.test(value ?? ''))
    return `-XX:${name}=… with a whole number`;
  return undefined;
}

function isShare(value: string): boolean {
  return /^[\d.]+(e\d+)?$/i.test(value) && Number(value) <= 100;
}

/** The name is the flag's own as far as a flag looks like one; a value may be anything. */
function misread(given: JvmWord, { name, right }: { name: string; right: string }): Finding {
  const isFlagLike = /^[A-Z]\w{1,60}$/.test(name);
  const shown =
    isFlagLike && !given.word.includes('=')
      ? given.word
      : isFlagLike
        ? shownWord(given)
        : `word ${given.place}`;
  return unstartable(given, {
    problem: `has ${shown}, which no JVM can read: it would end at once`,
    remedy: isFlagLike ? `write ${right}` : 'remove it or correct the spelling',
  });
}

function lost(given: JvmWord, feature: number): Finding {
  return unstartable(given, {
    problem: `has ${shownWord(given)}, which Java ${feature} no longer has: the JVM would end at once`,
    remedy: /GC(Date|Time|Log|App|Cause)|Print|LogFile/.test(given.word)
      ? 'remove it; -Xlog:gc* writes the log of the garbage collector since Java 9'
      : 'remove it',
  });
}

function unstartable(given: JvmWord, { problem, remedy }: { problem: string; remedy: string }): Finding {
  return finding('ZK-JVM-009', { subject: subjectOf(given), problem, remedy });
}
