import type { Family } from './exposition.ts';
import type { ResourceFacts, VolumeFact } from './facts.ts';
import { gauge, seconds } from './families.ts';

/** The volumes, their data and the memory of the container; empty before the supervisor has looked at them. */
export function resourceFamilies(facts: ResourceFacts | undefined): Family[] {
  if (facts === undefined) return [];
  const { volumes, snapshots, logs, lastPurgeMs, setAside, memory } = facts;
  const ofVolumes = (
    name: string,
    help: string,
    value: (volume: VolumeFact) => number | undefined,
  ): Family => ({
    name,
    type: 'gauge',
    help,
    samples: volumes.flatMap((volume) => {
      const known = value(volume);
      return known === undefined ? [] : [{ labels: { volume: volume.name }, value: known }];
    }),
  });
  return [
    ofVolumes('zk_entrypoint_volume_size_bytes', 'Size of a volume.', ({ sizeBytes }) => sizeBytes),
    ofVolumes('zk_entrypoint_volume_free_bytes', 'Free bytes of a volume.', ({ freeBytes }) => freeBytes),
    ofVolumes(
      'zk_entrypoint_volume_full_seconds',
      'Until a volume is full, if it goes on as in the last minutes.',
      ({ fullInMs }) => seconds(fullInMs),
    ),
    gauge('zk_entrypoint_snapshots', 'Snapshots on the volume.', snapshots.count),
    gauge('zk_entrypoint_snapshots_bytes', 'What the snapshots take.', snapshots.bytes),
    gauge('zk_entrypoint_logs', 'Transaction logs on the volume.', logs.count),
    gauge('zk_entrypoint_logs_bytes', 'What the transaction logs take.', logs.bytes),
    gauge(
      'zk_entrypoint_set_aside',
      'Damaged data that lies aside on the volume, as often as it was copied anew.',
      setAside,
    ),
    gauge(
      'zk_entrypoint_last_purge_timestamp_seconds',
      'When the supervisor purged last, in Unix time.',
      seconds(lastPurgeMs),
    ),
    gauge(
      'zk_entrypoint_memory_used_bytes',
      'Memory of the container, without the page cache that the kernel takes back first.',
      memory.usedBytes,
    ),
    gauge('zk_entrypoint_memory_limit_bytes', 'Memory limit of the container.', memory.limitBytes),
    gauge(
      'zk_entrypoint_memory_high_bytes',
      'memory.high of the container, above which the kernel slows it down.',
      memory.highBytes,
    ),
    {
      name: 'zk_entrypoint_memory_throttled_total',
      type: 'counter',
      help: 'How often the kernel has slowed the container down because of memory.high.',
      samples: memory.throttles === undefined ? [] : [{ value: memory.throttles }],
    },
    gauge(
      'zk_entrypoint_heap_limit_bytes',
      'The most that the heap of the JVM may take.',
      memory.heapLimitBytes,
    ),
  ];
}
