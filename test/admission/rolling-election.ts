import { sameVoters } from '../../src/admission/voter-lists.ts';
import { quorumSize } from '../../src/ensemble/member.ts';
import type { RollingMember } from './rolling-member.ts';

/**
 * Elections as FastLeaderElection has them where each server counts by its own list: it votes for nobody and hears
 * nobody who is not in it. Who leads and who follows stays so while the leader's list has a majority. Returns what that breaks.
 */
export function electIn(
  members: readonly RollingMember[],
  acknowledged: readonly number[],
): 'two leaders' | 'lost' | undefined {
  const running = members.filter(({ state }) => state === 'running');
  let lost = false;
  for (let before = ''; before !== rolesOf(running); ) {
    before = rolesOf(running);
    for (const member of running) join(member, running);
    for (const group of [0, 1]) {
      const leader = elect(running.filter((each) => each.group === group));
      if (leader !== undefined && acknowledged.some((write) => !leader.history.includes(write))) lost = true;
    }
  }
  if (lost) return 'lost';
  return running.filter(({ id, leader }) => leader === id).length > 1 ? 'two leaders' : undefined;
}

function rolesOf(running: readonly RollingMember[]): string {
  return running.map(({ leader }) => leader ?? '-').join();
}

/** Ends what has no majority any more, and lets those go whose leader cannot be reached. */
export function depose(members: readonly RollingMember[]): void {
  const running = members.filter(({ state }) => state === 'running');
  const reaches = (one: RollingMember) => {
    const leader = running.find(({ id }) => id === one.leader);
    return leader?.leader === leader?.id && leader?.group === one.group;
  };
  for (const member of running) if (!reaches(member)) member.leader = undefined;
  for (const leader of running.filter((each) => each.leader === each.id)) {
    const following = running.filter((each) => each.leader === leader.id);
    if (isMajority(following, leader)) continue;
    for (const each of following) each.leader = undefined;
  }
}

function isMajority(some: readonly RollingMember[], { list }: RollingMember): boolean {
  return some.filter(({ id, holds }) => holds && list.includes(id)).length >= quorumSize(list.length);
}

/** It joins a leader of its list whom a majority of its list follows; one without data, whoever it is. */
function join(member: RollingMember, running: readonly RollingMember[]): void {
  if (member.leader !== undefined) return;
  const near = running.filter((each) => each.group === member.group);
  const leader = near.find((each) => {
    // A server alone is no leader: it takes no followers.
    if (each.leader !== each.id || each.list.length === 1 || !member.list.includes(each.id)) return false;
    const following = near.filter((other) => other.leader === each.id || other === member);
    return following.filter(({ id }) => member.list.includes(id)).length >= quorumSize(member.list.length);
  });
  if (leader !== undefined) follow(member, leader);
}

/** What it has served with counts by the leader's list too: a quorum of that one holds what the leader acknowledges. */
function follow(member: RollingMember, { id, history, epoch, list }: RollingMember): void {
  const served = sameVoters(member.list, list) ? member.list : member.served;
  Object.assign(member, { leader: id, history, epoch, holds: true, served });
}

/** One election among those of a group who follow nobody; returns who leads now. */
function elect(group: readonly RollingMember[]): RollingMember | undefined {
  const looking = group.filter(({ leader, holds }) => leader === undefined && holds);
  const votes = votesOf(looking);
  for (const leader of looking) {
    const followers = looking.filter((each) => {
      const agreeing = looking.filter(({ id }) => votes.get(id) === leader.id && each.list.includes(id));
      return votes.get(each.id) === leader.id && agreeing.length >= quorumSize(each.list.length);
    });
    if (!followers.includes(leader) || !isMajority(followers, leader)) continue;
    const epoch = Math.max(...followers.map((each) => each.epoch)) + 1;
    Object.assign(leader, { epoch });
    for (const each of followers) follow(each, leader);
    return leader;
  }
  return undefined;
}

/** Each takes the best vote that it hears from its list, for one of its list, until nothing changes. */
function votesOf(looking: readonly RollingMember[]): Map<number, number> {
  const of = (id: number) => looking.find((each) => each.id === id) as RollingMember;
  const votes = new Map(looking.map(({ id }) => [id, id]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const { id, list } of looking) {
      const heard = looking
        .filter((each) => list.includes(each.id))
        .map((each) => votes.get(each.id) as number);
      for (const candidate of heard.filter((each) => list.includes(each))) {
        if (!isBetter(of(candidate), of(votes.get(id) as number))) continue;
        votes.set(id, candidate);
        changed = true;
      }
    }
  }
  return votes;
}

/** FastLeaderElection.totalOrderPredicate: epoch, last transaction, id. */
function isBetter(one: RollingMember, other: RollingMember): boolean {
  if (one.epoch !== other.epoch) return one.epoch > other.epoch;
  if (one.history.length !== other.history.length) return one.history.length > other.history.length;
  return one.id > other.id;
}
