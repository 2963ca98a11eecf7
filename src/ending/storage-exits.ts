import { formatSize } from '../text/size.ts';
import type { ExitExplanation, ExitFacts } from './exit-facts.ts';
import { moreHeap } from './memory-that-would-do.ts';

const LINES = '"Unable to access datadir" or "Terminating due to java.lang.OutOfMemoryError"';
const NEARLY_FULL_BYTES = 64 * 1_024 ** 2;

/** Status 3 of 3.5 and newer is shared: a data directory that cannot be used, or -XX:+ExitOnOutOfMemoryError, which we set. */
export function dataDirOrMemory(facts: ExitFacts, name?: string): ExitExplanation {
  const dataDirs = name === undefined ? {} : { name };
  if (facts.dataDirWritable === false) return { ...dataDirs, ...dataDirUnusable(facts) };
  if (facts.served === true) return outOfHeap(facts);
  if (facts.dataDirWritable === true) return contentOrHeap(facts);
  const heap = outOfHeap(facts);
  return {
    ...dataDirs,
    meaning: `${place(facts)} cannot be used, or ${heap.meaning}`,
    remedy: `${LINES} above says which; then ${ownership(facts)}, or ${heap.remedy}`,
  };
}

/** A directory that cannot be written to; nearly always a volume that belongs to another user. */
export function dataDirUnusable(facts: ExitFacts): ExitExplanation {
  const { dataDir = 'the directory', dataDirOwnerUid: owner, ourUid } = facts;
  const cannot = 'data directory cannot be used:';
  if (owner !== undefined && owner === ourUid) {
    return {
      meaning: `${cannot} ${dataDir} cannot be written, though it belongs to this user (uid ${owner})`,
      remedy: 'check its mode, and whether the volume is mounted read-only',
    };
  }
  const whose = owner === undefined ? `${dataDir} cannot be written` : `${dataDir} belongs to ${user(owner)}`;
  const we = ourUid === undefined ? '' : `, the start runs as uid ${ourUid}`;
  return { meaning: `${cannot} ${whose}${we}`, remedy: ownership(facts) };
}

/** The heap was used up and the JVM ended itself, as -XX:+ExitOnOutOfMemoryError tells it to. */
export function outOfHeap(facts: ExitFacts): ExitExplanation {
  const { heapBytes } = facts;
  const heap = heapBytes === undefined ? '' : ` of ${formatSize(heapBytes)}`;
  return {
    meaning: `the JVM's heap${heap} is used up (java.lang.OutOfMemoryError)`,
    remedy: `${moreHeap(facts)}, or find what has grown: znodes, watches, huge requests`,
  };
}

/** The directory can be written to, so it is what lies in it, or the heap while it was being read. */
function contentOrHeap(facts: ExitFacts): ExitExplanation {
  const now = facts.dataLogDir === undefined ? '' : `, now ${facts.dataLogDir}`;
  const moved = `logs and snapshots lie where the other is expected, as after a change of ZK_DATA_LOG_DIR${now}`;
  return {
    meaning: `${place(facts)} can be written, so either its content is refused (${moved}) or ${outOfHeap(facts).meaning} while it was read`,
    remedy: `${LINES} above says which: set ZK_DATA_LOG_DIR to its previous value, or ${moreHeap(facts)}`,
  };
}

function place({ dataDir = 'the data directory' }: ExitFacts): string {
  return dataDir === 'the data directory' ? dataDir : `data directory ${dataDir}`;
}

/** With no group known, 1000 would be a guess; the field's name says enough. */
function ownership({ ourGid }: ExitFacts): string {
  const group = ourGid === undefined || ourGid === 0 ? '' : `: ${ourGid}`;
  return `set fsGroup${group} in the pod's securityContext`;
}

function user(uid: number): string {
  return uid === 0 ? 'root (uid 0)' : `uid ${uid}`;
}

/** What is left, as a clause, where so little is left that it is the likely cause. */
export function diskMayBeFull({ dataDir, dataDirFreeBytes: free }: ExitFacts): string {
  if (free === undefined || free >= NEARLY_FULL_BYTES) return '';
  return ` (${formatSize(free)} are left in ${dataDir ?? 'the data directory'})`;
}
