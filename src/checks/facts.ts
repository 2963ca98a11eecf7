import type { Distribution } from '../distribution/distribution.ts';
import type { Ensemble } from '../ensemble/member.ts';
import type { FileText } from '../settings/read-row.ts';
import type { Basis } from '../settings/row.ts';
import type { Settings } from '../settings/table.ts';
import type { TlsStore } from './tls-store.ts';

/** What the checks of settings judge; nothing in it needs a machine. */
export interface SettingFacts {
  readonly settings: Settings;
  /** Undefined where the settings do not tell who this server is; what needs it is then not judged. */
  readonly ensemble: Ensemble | undefined;
  /** Undefined where no ZooKeeper was found. */
  readonly distribution: Distribution | undefined;
  readonly heapBytes: number;
  readonly memory: Pick<Basis, 'memoryBytes' | 'memoryIs'>;
  /** Undefined where the files of this pod are not at hand, as for another pod; they are then not judged. */
  readonly podFiles?: PodFiles | undefined;
}

/** What the files that settings name hold. */
export interface PodFiles {
  readText(path: string): FileText;
  /** Every key store and trust store, by path. */
  readonly stores: ReadonlyMap<string, TlsStore>;
}
