import type { Cut } from '../machine/network.ts';
import type { Fault } from './fault.ts';
import { flood, pipeline } from './flood.ts';

/** Below and above the time after which a leader gives a silent follower up. */
const CUT_MS = [1_000, 3_500, 6_000];

/** No fault of the network may end a member: it waits for the others. */
const plain = { ends: false, reach: 'one', pairs: true } as const;

function cutting(name: string, cut: Cut): Fault {
  return {
    ...plain,
    name,
    needs: [cut === 'slow' ? 'slow network' : 'network'],
    lastsMs: CUT_MS,
    inject: ({ network }, [one]) => {
      if (one !== undefined) network.hurt(one.id, cut);
      return () => {
        if (one !== undefined) network.heal(one.id);
      };
    },
  };
}

/** Cuts between a member and everybody but its own node, and requests without end to its health port. */
export const networkFaults: readonly Fault[] = [
  cutting('network cut', 'both'),
  cutting('network cut inwards', 'in'),
  cutting('network cut outwards', 'out'),
  cutting('network slow', 'slow'),
  {
    ...plain,
    name: 'health port flooded',
    needs: [],
    lastsMs: [2_000, 4_000],
    inject: (_, [one]) => flood(one?.address ?? ''),
  },
  {
    ...plain,
    name: 'health port pipelined',
    needs: [],
    lastsMs: [2_000, 4_000],
    inject: (_, [one]) => pipeline(one?.address ?? ''),
  },
];
