import { defaultHeap } from './default-heap.ts';
import type { Memory } from './row.ts';
import type { Settings } from './table.ts';

/** Whether clients are served by Netty (ServerCnxnFactory); what the settings of TLS come to (withTls) has it too. */
export function usesNetty({
  extraConfig,
  serverJvmFlags,
  jvmFlags,
}: Pick<Settings, 'extraConfig' | 'serverJvmFlags' | 'jvmFlags'>): boolean {
  const flags = [...serverJvmFlags, ...jvmFlags].map((flag) => flag.split('=', 2));
  return [...extraConfig, ...flags].some(
    ([key = '', value = '']) => /serverCnxnFactory$/.test(key) && value.includes('Netty'),
  );
}

/** The same settings with the default heap that the server's way to serve leaves room for. */
export function withDefaultHeap(settings: Settings, memory: Memory): Settings {
  return { ...settings, heap: defaultHeap(memory.memoryBytes, usesNetty(settings)) };
}
