import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { jvmReader } from '../../../src/host/machine/jvm-counters.ts';
import { perfData, serialCounters } from '../../health/perf-data.ts';

const PID = 4_711;

function folders() {
  const root = mkdtempSync(join(tmpdir(), 'jvm-counters-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const [folder, proc] = [join(root, 'tmp'), join(root, 'proc')];
  for (const each of [join(folder, 'hsperfdata_other'), join(folder, 'hsperfdata_zk'), join(proc, `${PID}`)])
    mkdirSync(each, { recursive: true });
  const file = join(folder, 'hsperfdata_zk', `${PID}`);
  return { folder, proc, file };
}

it('reads the counters of the JVM with this pid, anew at every call', () => {
  const { folder, proc, file } = folders();
  const read = jvmReader({ folder, proc });
  expect(read(PID).counters).toBeUndefined();
  writeFileSync(join(folder, 'hsperfdata_other', `${PID}`), 'no perf data');
  writeFileSync(file, perfData(serialCounters));
  expect(read(PID).counters?.get('java.threads.live')).toBe(6);
  writeFileSync(file, perfData({ ...serialCounters, 'java.threads.live': 60 }));
  expect(read(PID).counters?.get('java.threads.live')).toBe(60);
  expect(read(PID + 1).counters).toBeUndefined();
  rmSync(file);
  expect(read(PID).counters).toBeUndefined();
});

it('reads neither a directory nor what is too large', () => {
  const { folder, proc, file } = folders();
  const read = jvmReader({ folder, proc });
  mkdirSync(file);
  expect(read(PID).counters).toBeUndefined();
  rmSync(file, { recursive: true });
  writeFileSync(file, Buffer.concat([perfData(serialCounters), Buffer.alloc(2_000_000)]));
  expect(read(PID).counters).toBeUndefined();
  rmSync(file);
  symlinkSync('/dev/zero', file);
  expect(read(PID).counters).toBeUndefined();
});

it('reads processors and memory of the process, whatever it is named', () => {
  const { folder, proc } = folders();
  writeFileSync(
    join(proc, `${PID}`, 'stat'),
    `${PID} (a b) c) S 1 2 3 0 -1 0 0 0 0 0 250 50 0 0 20 0 9 0 1\n`,
  );
  writeFileSync(join(proc, `${PID}`, 'status'), 'Name:\tjava\nVmSize:\t    2048 kB\nVmRSS:\t     512 kB\n');
  expect(jvmReader({ folder, proc })(PID)).toEqual({
    counters: undefined,
    cpuSeconds: 3,
    residentBytes: 524_288,
    virtualBytes: 2_097_152,
  });
});
