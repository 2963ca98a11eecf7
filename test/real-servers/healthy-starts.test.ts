import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { play, refusedOf } from '../../scripts/healthy-starts/play.ts';
import { inShort, type Scenario, swapped } from '../../scripts/healthy-starts/scenarios.ts';
import { testHome, testJavaHome } from './members.ts';

const playHere = (scenario: Scenario) =>
  play(scenario, {
    homes: [{ release: basename(testHome()), zkHome: testHome() }],
    javaHome: testJavaHome(),
    program: fileURLToPath(new URL('../../bin/zk-entrypoint', import.meta.url)),
  });

/** The short form, on the one release under test; scripts/healthy-starts/start goes through all, and upgrades. */
describe('starts that no guard may refuse', () => {
  it.each(inShort.map((scenario) => [scenario.name, scenario] as const))('%s', async (_, scenario) => {
    const played = await playHere(scenario);
    expect(played.failure).toBeUndefined();
    expect(refusedOf(played)).toEqual([]);
  });

  it('are told from one that is refused', async () => {
    expect(refusedOf(await playHere(swapped))).toHaveLength(swapped.refusals);
  });
});
