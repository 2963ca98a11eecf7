import type { VoterList } from '../../src/admission/voter-lists.ts';

/** A member as the model has it: its volume, and what runs on it. */
export interface RollingMember {
  readonly id: number;
  /** One that looks around is not heard yet; a waiting one tells its list, and has no server. */
  state: 'down' | 'looking' | 'waiting' | 'running';
  /** That of the start that waits or runs. */
  list: VoterList;
  /** On the volume: the list that its server was last started with. */
  begun: VoterList | undefined;
  /** On the volume: lists told since. */
  promised: readonly VoterList[];
  /** On the volume: the list it last served with. */
  served: VoterList;
  /** Whether its vote counts. */
  holds: boolean;
  /** The writes it holds, and the epoch of the last quorum it was in. */
  history: readonly number[];
  epoch: number;
  /** Whom it follows; itself where it leads. */
  leader: number | undefined;
  /** Who is in another one is silent to it. */
  group: number;
  /** True while its health endpoint is not reached, whatever its server does. */
  deaf: boolean;
  /** What its last look has shown; by the time that it acts on it much may have changed. */
  verdict: 'go' | 'wait' | undefined;
}
