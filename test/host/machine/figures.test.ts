import { expect, it } from 'vitest';
import { exposition } from '../../../src/health/exposition.ts';
import { machineFigures } from '../../../src/host/machine/figures.ts';

it('shows the process with the pid, and nothing of one that has ended', () => {
  const figures = machineFigures();
  const shown = (pid: number) => exposition(figures(pid));
  expect(shown(process.pid)).toMatch(/^process_cpu_seconds_total [\d.]+$/m);
  expect(shown(process.pid)).toMatch(/^process_resident_memory_bytes \d{7,}$/m);
  // One above the largest that Linux gives.
  expect(shown(4_194_305)).not.toMatch(/^(?:process|jvm)_/m);
});
