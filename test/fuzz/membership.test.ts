import fc from 'fast-check';
import { describe, it } from 'vitest';
import { exposition } from '../../src/health/exposition.ts';
import { providerFamilies } from '../../src/health/provider-metrics.ts';
import { wishedPods } from '../../src/host/network/own-stateful-set.ts';
import { cutFrames, readText } from '../../src/host/zookeeper-client/jute.ts';
import { configurationLines, readConfiguration, votersOf } from '../../src/membership/configuration.ts';
import { parseMntr } from '../../src/zookeeper/four-letter/mntr.ts';
import { feed, RUNS } from './feed.ts';
import { hold } from './hold.ts';
import { textLike } from './inputs.ts';

const configurations = [
  'server.1=zk-0.zk:2888:3888:participant;2181\nserver.2=[fd00::1]:2888:3888:observer;0.0.0.0:2181\nversion=10000000a',
  'server.1=a:1:2|b:3:4:participant;5\ngroup.1=1:2\nweight.1=3\nversion=0',
];
const words = [
  'server.',
  '=',
  ':',
  ';',
  '|',
  'participant',
  'observer',
  'version=',
  '\n',
  '[',
  ']',
  '255',
  'group.',
];

describe('a configuration of any bytes', () => {
  it('is followed to the letter, or not at all', () => {
    const read = (text: string) => {
      const reading = readConfiguration(text);
      if (reading.kind === 'strange') return;
      const { configuration } = reading;
      const ids = configuration.members.map(({ id }) => id);
      hold(new Set(ids).size === ids.length, ids);
      hold(
        votersOf(configuration).every((id) => ids.includes(id)),
        ids,
      );
      // What goes back into a file is what came out of one.
      const again = readConfiguration(configurationLines(configuration).join('\n'), configuration.version);
      hold(
        again.kind === 'read' &&
          configurationLines(again.configuration).join() === configurationLines(configuration).join(),
        text,
      );
    };
    feed({ inputs: textLike(configurations, words), read });
  });
});

describe('what an API server answers', () => {
  it('is a number of pods, or nothing', () => {
    const read = (text: string) => {
      const told = wishedPods(text);
      hold(
        told.kind === 'unknown' ||
          (Number.isSafeInteger(told.replicas) && Number.isSafeInteger(told.ordinalsStart)),
        told,
      );
    };
    feed({
      inputs: textLike(
        ['{"spec":{"replicas":3,"ordinals":{"start":1}}}'],
        ['{', '}', ':', '-1', '1e9', 'null', '"'],
      ),
      read,
    });
  });
});

describe('frames of any bytes', () => {
  it('are cut whole, or refused', () => {
    const inputs = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(inputs, (bytes) => {
        try {
          const { frames, rest } = cutFrames(Buffer.from(bytes), 64);
          const taken = frames.reduce((sum, frame) => sum + 4 + frame.length, 0);
          hold(taken + rest.length === bytes.length, bytes);
          for (const frame of frames) readText(frame, 0);
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
        }
      }),
      { numRuns: Math.min(RUNS, 100_000) },
    );
  });
});

describe('an answer to mntr of any bytes', () => {
  it('makes nothing that Prometheus could not read', () => {
    const read = (text: string) => {
      for (const line of exposition(providerFamilies(parseMntr(text)))
        .split('\n')
        .slice(0, -1))
        hold(line.startsWith('# ') || /^[a-zA-Z_][a-zA-Z0-9_]*(?:\{.*\})? \S+$/.test(line), line);
    };
    const samples = [
      'zk_znode_count\t7\nzk_sum_ns_read_per_namespace\t3\nzk_cnt_1_ack_latency\t2\nzk_p99_x\t1.5\n',
    ];
    feed({
      inputs: textLike(samples, ['\t', '\n', 'zk_', '_per_namespace', 'sum_', '"', '\\', '{', '}', '1E9']),
      read,
    });
  });
});
