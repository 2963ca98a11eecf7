import { makeEnsemble } from '../local-ensemble/ensemble.ts';
import { directly } from '../local-ensemble/launch.ts';
import type { Homes, Scenario } from './scenarios.ts';
import { Scene } from './scene.ts';
import type { StartFacts } from './started.ts';

/** What came of one scenario. */
export interface Played {
  readonly name: string;
  readonly releases: string;
  readonly starts: readonly StartFacts[];
  /** Why it did not come to its end: a refusal, silence, or a value that was lost. */
  readonly failure: string | undefined;
}

interface Stage {
  readonly homes: Homes;
  readonly javaHome: string;
  readonly program: string;
}

/** Plays it on an ensemble of its own, of which nothing is left. */
export async function play(scenario: Scenario, { homes, javaHome, program }: Stage): Promise<Played> {
  const [{ zkHome }] = homes;
  const ensemble = await makeEnsemble({ size: scenario.size, launch: directly({ zkHome, javaHome }) });
  const scene = new Scene({ ensemble, javaHome, program });
  const told = () => ({
    name: scenario.name,
    releases: homes.map(({ release }) => release).join(' to '),
    starts: scene.starts.map((start) => start.facts()),
  });
  try {
    await scenario.play(scene, homes);
    return { ...told(), failure: undefined };
  } catch (error) {
    return { ...told(), failure: (error as Error).message };
  } finally {
    await ensemble.close();
  }
}

/** Every start that was refused. */
export const refusedOf = ({ starts }: Played) => starts.filter(({ refused }) => refused);
