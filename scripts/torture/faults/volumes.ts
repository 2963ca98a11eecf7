import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { SET_ASIDE } from '../../../src/host/volume/set-aside.ts';
import { damageOne } from '../../local-ensemble/damage.ts';
import type { StagedMember } from '../stage/staged-member.ts';
import type { Fault } from './fault.ts';

const plain = { ends: true, reach: 'one', pairs: true } as const;

/** What can become of a persistent volume. */
export const volumeFaults: readonly Fault[] = [
  {
    ...plain,
    name: 'volume full',
    needs: ['volume'],
    lastsMs: [3_000, 8_000],
    inject: (_, [one]) => {
      one?.volume.fill();
      return () => one?.volume.relieve();
    },
  },
  {
    ...plain,
    name: 'volume read-only',
    needs: ['volume'],
    lastsMs: [3_000, 8_000],
    inject: (_, [one]) => {
      one?.volume.makeReadOnly();
      return () => withoutPods([one], () => one?.volume.repair());
    },
  },
  {
    ...plain,
    name: 'disk hung',
    needs: ['frozen volume'],
    lastsMs: [1_500, 4_000],
    inject: (_, [one]) => {
      one?.volume.freeze();
      return () => one?.volume.thaw();
    },
  },
  {
    ...plain,
    name: 'volume lost',
    needs: [],
    // With another fault at the same time two of three copies may be gone, and no program can bring those back.
    pairs: false,
    lastsMs: [200],
    inject: async (_, [one]) => {
      await withoutPods([one], () => one?.volume.lose());
      return () => {};
    },
  },
  {
    ...plain,
    name: 'data damaged',
    needs: [],
    // It is copied anew from the others, who must be a quorum without it.
    pairs: false,
    lastsMs: [200],
    inject: async (stage, [one]) => {
      if (one === undefined) return () => {};
      await withoutPods([one], () => {
        const directories = ['data', 'log'].map((name) => join(one.volume.path, name));
        // An hour passes between two repairs of a member, or somebody has looked at what was set aside.
        for (const directory of directories)
          rmSync(join(directory, SET_ASIDE), { recursive: true, force: true });
        // A higher number in acceptedEpoch looks like a promise, which no program may break.
        damageOne(directories, { random: stage.chance, spares: ['acceptedEpoch'] });
      });
      return () => {};
    },
  },
  {
    ...plain,
    name: 'second server on the volume',
    // The member itself must be left alone by it.
    ends: false,
    pairs: false,
    needs: [],
    lastsMs: [200],
    inject: async (stage, [one]) => {
      if (one !== undefined) await stage.expectOneServer(one);
      return () => {};
    },
  },
  {
    ...plain,
    name: 'volumes swapped',
    reach: 'two',
    pairs: false,
    needs: ['volume'],
    lastsMs: [200],
    inject: async (stage, struck) => {
      await swap(struck);
      for (const member of struck) await stage.expectRefusal(member, 'another member’s volume');
      return () => swap(struck);
    },
  },
];

function swap([one, other]: readonly StagedMember[]): Promise<void> {
  return withoutPods([one, other], () => {
    if (one !== undefined && other !== undefined) one.volume.swapWith(other.volume);
  });
}

/** Volumes are only handled while no pod uses them. */
async function withoutPods(members: readonly (StagedMember | undefined)[], work: () => void): Promise<void> {
  await Promise.all(members.map((member) => member?.pod.goAway()));
  work();
  for (const member of members) member?.pod.comeBack();
}
