import type { parseMntr } from '../zookeeper/four-letter/mntr.ts';

type Mntr = ReturnType<typeof parseMntr>;

/**
 * Whether a follower has the leader's state, or all learners of a leader have it, by its `mntr`; undefined where it does
 * not say, as 3.4's followers do not.
 */
export function isSynced(mode: string, mntr: Mntr): boolean | undefined {
  if (mode === 'leader') return hasAllInSync(mntr);
  const doing = mntr.get('zk_peer_state');
  return doing === undefined ? undefined : doing.endsWith('broadcast');
}

/** 3.4 counts its learners as zk_followers; later releases count observers beside the followers in sync. */
function hasAllInSync(mntr: Mntr): boolean | undefined {
  const learners = mntr.get('zk_learners') ?? mntr.get('zk_followers');
  const inSync = mntr.get('zk_synced_followers');
  if (learners === undefined || inSync === undefined) return undefined;
  return Number(inSync) + Number(mntr.get('zk_synced_observers') ?? 0) >= Number(learners);
}

/** For how long it has been in its quorum, in whole seconds (3.6 and later say it). */
export function uptimeSeconds(mntr: Mntr): number | undefined {
  const text = mntr.get('zk_uptime');
  return text !== undefined && /^\d{1,15}$/.test(text) ? Math.floor(Number(text) / 1_000) : undefined;
}
