import { type PeerStatus, readPeerStatus } from '../../src/admission/peer-status.ts';
import type { MemberAnswers, SurveyMember } from '../../src/ensemble-status/member.ts';
import { survey } from '../../src/ensemble-status/survey.ts';
import type { MemberFact, WaitingFact } from '../../src/health/facts.ts';
import { answerRequest } from '../../src/health/routes.ts';
import type { Exchange } from '../../src/zookeeper/four-letter/exchange.ts';
import { answer } from '../health/answers.ts';
import { answered, snapshot } from '../health/snapshots.ts';

export const hung: Exchange = {
  kind: 'timeout',
  stage: 'answer',
  timeoutMs: 3_000,
  received: '',
  tookMs: 3_000,
};
export const gone: Exchange = { kind: 'refused', tookMs: 0.2 };

/** What a real server of that state answered. */
export const as = (state: string) => ({
  srvr: answered(answer(`${state}-srvr`)),
  mntr: answered(answer(`${state}-mntr`)),
});
export const both = (exchange: Exchange) => ({ srvr: exchange, mntr: exchange });

export const leader = as('3.9.6-leader');
export const follower = as('3.9.6-follower');
export const alone = as('3.9.6-no-quorum');
export const standalone = as('3.9.6-standalone');
export const readOnly = as('3.9.6-read-only');
export const unsynced = {
  ...follower,
  mntr: answered(
    answer('3.9.6-follower-mntr').replace('following - broadcast', 'following - synchronization'),
  ),
};

export const SINCE = '2026-01-02T03:04:05.678Z';

/** What the supervisor of that member tells while its start is held back. */
export const told = (id: number) =>
  readPeerStatus(
    answerRequest(
      { method: 'GET', url: '/status' },
      snapshot({ phase: 'preparing', jvmRunning: false, member: () => memberFact(id), waiting: WAITING }),
    ).body,
  ) as PeerStatus;

/** A member that has no server yet, and whose supervisor says so. */
export const waiting = (id: number) => ({ ...both(gone), told: told(id) });

const WAITING: WaitingFact = {
  sentence:
    'without data this member waits until a quorum serves, or all members have answered: zk-2 does not resolve',
  sinceMs: Date.parse(SINCE),
  remedy: 'to continue anyway, only this time: ZK_CONSENT=empty-volume:zk-0:1f0c9a3e',
};

function memberFact(id: number): MemberFact {
  const list = { servers: [], voters: [1, 2, 3], known: [] };
  return { id, instance: 'x', ensemble: null, domain: null, ...list, volume: 'empty', waiting: true };
}

/** Asks members that answer as told; those in `observers` do not vote. */
export function surveyOf(
  answers: readonly Omit<MemberAnswers, 'address'>[],
  observers: readonly number[] = [],
) {
  const members = answers.map(
    (_, index): SurveyMember => ({
      name: `zk-${index}`,
      id: index + 1,
      host: `zk-${index}`,
      port: 2181,
      votes: !observers.includes(index),
      healthPort: 8090,
    }),
  );
  return survey(members, async ({ name, id }) => ({
    address: `10.0.0.${id}`,
    ...(answers[Number(name.slice(3))] as Omit<MemberAnswers, 'address'>),
  }));
}
