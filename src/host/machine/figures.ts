import { cpuFamilies } from '../../health/cpu-metrics.ts';
import type { Family } from '../../health/exposition.ts';
import { jvmFamilies } from '../../health/jvm-metrics.ts';
import { readCpu } from './cpu.ts';
import { jvmReader } from './jvm-counters.ts';

/**
 * What /metrics shows of the machine under the JVM with this pid: the container's processors and the JVM itself, read from
 * files at each call. A separate bundle: a start does not load it until a client asks for metrics.
 */
export function machineFigures(): (pid: number) => readonly Family[] {
  const readJvm = jvmReader();
  return (pid) => [...cpuFamilies(readCpu()), ...jvmFamilies(readJvm(pid))];
}
