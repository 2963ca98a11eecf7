import type { Need } from '../machine/abilities.ts';
import type { Kind } from '../plan/plan.ts';
import type { Stage } from '../stage/stage.ts';
import type { StagedMember } from '../stage/staged-member.ts';

/** What an injected fault leaves to be done. */
export type Heal = () => Promise<void> | void;

/** One kind of fault. */
export interface Fault extends Kind {
  /** Abilities of the machine without which it is skipped, and counted so. */
  readonly needs: readonly Need[];
  /** Whether a member it strikes may end because of it. */
  readonly ends: boolean;
  /** Whether it sends KILL to a supervisor. */
  readonly kills?: true;
  /** Whom it strikes, when that is not drawn but found. */
  choose?(stage: Stage): Promise<readonly StagedMember[]>;
  /** Does it to the members that were drawn, and returns how to undo it. */
  inject(stage: Stage, struck: readonly StagedMember[]): Promise<Heal> | Heal;
}

/** Nothing to undo: the kubelet does what is needed. */
export const nothingToHeal: Heal = () => {};
