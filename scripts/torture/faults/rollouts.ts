import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from './fault.ts';

/** What people and rollouts do to members. */
export const rolloutFaults: readonly Fault[] = [
  {
    name: 'conf emptied',
    needs: [],
    ends: true,
    reach: 'one',
    pairs: true,
    lastsMs: [200],
    inject: (_, [one]) => {
      const folder = join(one?.folder ?? '', 'conf');
      for (const entry of readdirSync(folder)) rmSync(join(folder, entry), { recursive: true });
      return () => one?.pod.restart();
    },
  },
  {
    name: 'bad setting',
    needs: [],
    ends: true,
    reach: 'one',
    pairs: true,
    lastsMs: [1_000],
    inject: async (stage, [one]) => {
      if (one === undefined) return () => {};
      one.extra = { ZK_TICK_TIME: 'fast' };
      await one.pod.restart();
      await stage.expectRefusal(one, 'ZK_TICK_TIME=fast');
      return () => {
        one.extra = {};
      };
    },
  },
  {
    name: 'list rolled out halfway',
    needs: [],
    ends: true,
    reach: 'one',
    // A refusal needs a quorum that serves with the list before.
    pairs: false,
    lastsMs: [1_000],
    inject: async (stage, [one]) => {
      if (one === undefined) return () => {};
      one.extra = { ZK_ENSEMBLE: one.listOf(stage.members.length + 2) };
      await one.pod.restart();
      await stage.expectRefusal(one, 'a list with two voters more');
      return () => {
        one.extra = {};
      };
    },
  },
  {
    name: 'other release',
    needs: ['other release'],
    ends: true,
    reach: 'all',
    pairs: false,
    lastsMs: [1_000],
    // There and back: the other release may lose writes under faults that this one survives (ZOOKEEPER-4712).
    inject: async (stage, members) => {
      await stage.changeRelease(members);
      return () => stage.changeRelease(members);
    },
  },
  {
    name: 'clock stepped',
    needs: ['clock'],
    ends: false,
    reach: 'one',
    pairs: true,
    lastsMs: [1_000],
    inject: () => {
      throw new Error('no machine is known to be able to do this to one member alone');
    },
  },
];
