import type { Distribution } from '../distribution/distribution.ts';
import type { Ensemble } from '../ensemble/member.ts';
import type { Basis } from '../settings/row.ts';
import type { Settings } from '../settings/table.ts';

/** What the checks of settings judge; nothing in it needs a machine. */
export interface SettingFacts {
  readonly settings: Settings;
  /** Undefined where the settings do not tell who this server is; what needs it is then not judged. */
  readonly ensemble: Ensemble | undefined;
  /** Undefined where no ZooKeeper was found. */
  readonly distribution: Distribution | undefined;
  readonly heapBytes: number;
  readonly memory: Pick<Basis, 'memoryBytes' | 'memoryIs'>;
}
