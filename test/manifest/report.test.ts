import { describe, expect, it } from 'vitest';
import { finding } from '../../src/findings/finding.ts';
import type { Judgement, PodFinding } from '../../src/manifest/judge.ts';
import { judgementsAsText } from '../../src/manifest/report.ts';

const warning = (...pods: readonly string[]): PodFinding => ({
  ...finding('ZK-PURGE-001', { subject: 'X', problem: 'is y', remedy: 'set z' }),
  ...(pods.length === 0 ? {} : { pods }),
});
const error: PodFinding = finding('ZK-VOLUME-001', { subject: 'V', problem: 'is w', remedy: 'set u' });

const judged = (findings: readonly PodFinding[], ours = true) =>
  ({ title: 'StatefulSet/zk', ours, pods: ['zk-0', 'zk-1'], findings }) as unknown as Judgement;
const text = (...judgements: readonly Judgement[]) => judgementsAsText(judgements);

describe('the judgement of a manifest', () => {
  it('says of pods without findings that they would start', () => {
    expect(text(judged([]))).toEqual(['StatefulSet/zk: 2 pods would start (0 errors, 0 warnings)']);
  });

  it('shows what is alike once, and the rest under the names of its pods', () => {
    expect(text(judged([warning('zk-0', 'zk-1'), warning(), warning('zk-1'), warning('zk-1')]))).toEqual([
      'warning ZK-PURGE-001 X: is y; set z',
      'zk-0, zk-1:',
      '  warning ZK-PURGE-001 X: is y; set z',
      'zk-1:',
      '  warning ZK-PURGE-001 X: is y; set z',
      '  warning ZK-PURGE-001 X: is y; set z',
      'StatefulSet/zk: 2 pods would start (0 errors, 4 warnings)',
    ]);
  });

  it('says of an error that the pods would be wrong', () => {
    expect(text(judged([error]))).toEqual([
      'error ZK-VOLUME-001 V: is w; set u',
      'StatefulSet/zk: 2 pods would be wrong (1 error, 0 warnings)',
    ]);
  });

  it('does not judge what is not ours, and puts a line between two', () => {
    expect(text(judged([], false), judged([]))).toEqual([
      'StatefulSet/zk: not judged',
      '',
      'StatefulSet/zk: 2 pods would start (0 errors, 0 warnings)',
    ]);
  });
});
