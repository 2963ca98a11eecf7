import { it } from 'vitest';
import { exposition } from '../../src/health/exposition.ts';
import { jvmFamilies } from '../../src/health/jvm-metrics.ts';
import { parsePerfData } from '../../src/health/perf-data.ts';
import { g1Counters, perfData, serialCounters } from '../health/perf-data.ts';
import { feed } from './feed.ts';
import { hold } from './hold.ts';
import { bytesLike } from './inputs.ts';

it('a perf data file of any bytes is read to an end, and its lines stay lines', () => {
  const whole = [serialCounters, g1Counters].map((counters) =>
    Buffer.from(perfData(counters)).toString('latin1'),
  );
  const inputs = bytesLike(whole, ['\u00ff\u00ff\u00ff\u007f', '\0\0\0\0', 'J', 'B', '\u0020\0\0\0']);
  const head = Buffer.from(perfData({}).subarray(0, 32));
  const read = (bytes: Uint8Array) => {
    // Noise has no magic number; with one, what follows it is read.
    for (const each of [bytes, Buffer.concat([head, bytes])]) {
      const counters = parsePerfData(each);
      hold(counters === undefined || counters.size <= 4_096);
      const text = exposition(jvmFamilies({ counters }));
      hold(
        text.split('\n').every((line) => /^(?:|# .*|[a-z_]+(?:\{[a-z]+="[A-Za-z0-9 ]+"\})? \S+)$/.test(line)),
        text,
      );
    }
  };
  feed({ inputs, read });
});
