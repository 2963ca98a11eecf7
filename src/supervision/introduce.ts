import { formatRelease } from '../distribution/release.ts';
import type { PlanInput } from '../render/plan.ts';
import { isQuorumOfOne } from '../render/zoo-cfg.ts';
import { formatBytes } from '../settings/heap.ts';

/** The one line that says who starts with what. */
export function introduce({ ensemble, distribution, settings, java, ...heaps }: PlanInput): string {
  const size = ensemble.members.length;
  const alone = isQuorumOfOne({ settings, ensemble, distribution }) ? 'a quorum of one' : 'standalone';
  const role = ensemble.members.find(({ id }) => id === ensemble.myid)?.role;
  const who =
    size === 1 ? `server ${ensemble.myid}, ${alone}` : `server ${ensemble.myid} of ${size}, ${role}`;
  const where = `client port ${settings.clientPort}, data ${settings.dataDir}, log ${settings.dataLogDir}`;
  return `starting ZooKeeper ${formatRelease(distribution.release)} as ${who}: ${where}, heap ${heapWords(heaps)}, ${java}`;
}

function heapWords({ heapBytes, heapInUse }: Pick<PlanInput, 'heapBytes' | 'heapInUse'>): string {
  if (heapInUse === undefined || heapInUse.bytes === heapBytes) return formatBytes(heapBytes);
  return `${formatBytes(heapInUse.bytes)} (${heapInUse.subject} wins over ${formatBytes(heapBytes)})`;
}
