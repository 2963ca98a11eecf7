import type { Distribution } from '../distribution/distribution.ts';
import { type Finding, finding } from '../findings/finding.ts';
import type { Machine } from './machine.ts';

interface ChosenArchive {
  readonly path: string | undefined;
  readonly findings: readonly Finding[];
}

/** The class-data archive that fits, if there is one; a distribution that is only supposed has none. */
export function chooseClassArchive(
  machine: Machine,
  { distribution, java }: { readonly distribution: Distribution | undefined; readonly java: string },
): ChosenArchive {
  if (distribution === undefined || distribution.assumed) return { path: undefined, findings: [] };
  const found = machine.findClassArchive({ home: distribution.home, jars: distribution.jars, java });
  if (found.kind === 'fits') return { path: found.path, findings: [] };
  return { path: undefined, findings: found.kind === 'foreign' ? [foreign(found)] : [] };
}

function foreign({ path, problem }: { readonly path: string; readonly problem: string }): Finding {
  const remedy = 'ZooKeeper starts without it, a little later; build the image anew to have one that fits';
  return finding('ZK-DISTRIBUTION-006', { subject: path, problem, remedy });
}
