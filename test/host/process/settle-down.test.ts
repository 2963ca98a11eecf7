import { execaSync } from 'execa';
import { expect, it } from 'vitest';

const module = new URL('../../../src/host/process/settle-down.ts', import.meta.url).href;

/** The full collections of a process of its own after so many answers: the engine's flags hold for a whole process. */
function collectionsAfter(answers: number): number {
  const script = `
    import { PerformanceObserver, constants } from 'node:perf_hooks';
    import { setImmediate as turn } from 'node:timers/promises';
    import { settleDown, tidyUp } from '${module}';
    let full = 0;
    const isFull = ({ detail }) => detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR;
    new PerformanceObserver((list) => { full += list.getEntries().filter(isFull).length; }).observe({ type: 'gc' });
    settleDown();
    for (let answer = 0; answer < ${answers}; answer += 1) { tidyUp(); await turn(); }
    for (let look = 0; look < 20; look += 1) await turn();
    console.log(full);`;
  const { stdout } = execaSync(process.execPath, ['--input-type=module', '-e', script]);
  return Number(stdout);
}

it.each([
  [249, 0],
  [250, 1],
  [749, 2],
])(
  'after %i answers there were %i collections: no more than they cost, no fewer than memory needs',
  (answers, full) => {
    expect(collectionsAfter(answers)).toBe(full);
  },
);
