import { describe, expect, it } from 'vitest';
import { storageFindings } from '../../src/checks/storage.ts';
import { zooCfg } from '../../src/render/zoo-cfg.ts';

const settings = (extraConfig: readonly (readonly [string, string])[]) => ({
  settings: { extraConfig } as never,
});

describe('snapshot.trust.empty', () => {
  const input = {
    settings: { extraConfig: [], fourLetterWords: [], confDir: '/conf', adminPort: 0 },
    ensemble: { members: [], myid: 1, self: { role: 'participant' } },
    distribution: { release: { major: 3, minor: 9, patch: 6 } },
  } as never as Parameters<typeof zooCfg>[0];

  it('is in zoo.cfg for the start that was consented to, and in no other', () => {
    expect(zooCfg({ ...input, trustEmptySnapshots: true }).content).toContain('snapshot.trust.empty=true\n');
    expect(zooCfg(input).content).not.toContain('snapshot.trust.empty');
  });

  it.each([
    ['snapshot.trust.empty', 'true', ['ZK-SNAPSHOT-001']],
    ['snapshot.trust.empty', 'false', []],
    ['snapCount', '999', ['ZK-SNAPSHOT-002']],
    ['snapCount', '1000', []],
    ['snapCount', 'many', []],
  ])('%s=%s left in ZK_EXTRA_CONFIG', (key, value, expected) => {
    expect(storageFindings(settings([[key, value]])).map(({ code }) => code)).toEqual(expected);
  });
});
