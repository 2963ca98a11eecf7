import { join } from 'node:path';
import type { JvmFact } from '../../health/jvm-metrics.ts';
import { type JvmCounters, parsePerfData } from '../../health/perf-data.ts';
import { listFolder } from '../files/list-folder.ts';
import { atMost, readBytes, readText } from '../files/read-file.ts';

/** Where HotSpot on Linux puts its counters, whatever java.io.tmpdir is (os::get_temp_directory). */
const FOLDER = '/tmp';

/** USER_HZ, which is 100 on every Linux that Node runs on (proc(5)). */
const TICKS_PER_SECOND = 100;

/**
 * Reads the counters and the process of a JVM at the moment of the call. The JVM is not asked and does not notice. A value that
 * cannot be read is left out.
 */
export function jvmReader({
  folder = FOLDER,
  proc = '/proc',
}: {
  folder?: string;
  proc?: string;
} = {}): (pid: number) => JvmFact {
  let found: { readonly pid: number; readonly path: string } | undefined;
  return (pid) => {
    if (found?.pid !== pid) found = undefined;
    const counters = found === undefined ? undefined : countersAt(found.path);
    if (counters === undefined) found = find(pid, folder);
    return {
      counters: counters ?? (found && countersAt(found.path)),
      cpuSeconds: cpuSeconds(`${proc}/${pid}/stat`),
      ...memory(`${proc}/${pid}/status`),
    };
  };
}

/** `hsperfdata_<user>/<pid>`. Only Java knows the name of the user, so all folders are searched. */
function find(pid: number, folder: string): { readonly pid: number; readonly path: string } | undefined {
  try {
    const names = listFolder(folder, { keep: (name) => name.startsWith('hsperfdata_') });
    const path = names
      .map(({ name }) => join(folder, name, String(pid)))
      .find((each) => countersAt(each) !== undefined);
    return path === undefined ? undefined : { pid, path };
  } catch {
    return undefined;
  }
}

function countersAt(path: string): JvmCounters | undefined {
  try {
    return parsePerfData(readBytes(path, { maxBytes: atMost.textBytes, lies: 'volume' }));
  } catch {
    return undefined;
  }
}

/** utime and stime; the name of the program, in brackets, may hold spaces. */
function cpuSeconds(path: string): number | undefined {
  const fields = textOf(path)?.split(') ').at(-1)?.split(' ');
  const ticks = Number(fields?.[11]) + Number(fields?.[12]);
  return Number.isFinite(ticks) ? ticks / TICKS_PER_SECOND : undefined;
}

function memory(path: string): Pick<JvmFact, 'residentBytes' | 'virtualBytes'> {
  const text = textOf(path);
  const bytes = (name: string) => {
    const [, kiB] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text ?? '') ?? [];
    return kiB === undefined ? undefined : Number(kiB) * 1_024;
  };
  return { residentBytes: bytes('VmRSS'), virtualBytes: bytes('VmSize') };
}

function textOf(path: string): string | undefined {
  try {
    return readText(path, { maxBytes: atMost.textBytes }, 'latin1');
  } catch {
    return undefined;
  }
}
