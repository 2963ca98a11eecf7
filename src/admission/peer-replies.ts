import { type Member, quorumSize } from '../ensemble/member.ts';
import { type Finding, finding, hearsay } from '../findings/finding.ts';
import type { MemberFact } from '../health/facts.ts';
import { visible } from '../text/visible.ts';
import type { PeerVolume } from './decision.ts';
import { ensembleWords, isOtherEnsemble } from './ensemble-name.ts';
import type { PeerList } from './list-decision.ts';
import type { PeerStatus } from './peer-status.ts';
import { sameVoters } from './voter-lists.ts';

/** The result of asking one peer. */
export interface PeerAnswer {
  readonly member: Member;
  readonly told: PeerStatus | undefined;
  /** Why it gave no answer, in words that follow its name; absent if it answered. */
  readonly silence: string;
  /** The mode that its ZooKeeper reports, if it has no supervisor that reports it. */
  readonly mode?: string;
  /** Absent if its answer has the mark of our key, or if we have no key. */
  readonly mark?: 'wrong' | 'none';
}

/** What is wrong with such an answer, in words that follow the name of the peer. */
export function unmarkedWords(mark: 'wrong' | 'none'): string {
  return mark === 'wrong'
    ? 'answers with the mark of another ZK_PEER_KEY'
    : 'answers without a mark, so it has no ZK_PEER_KEY';
}

/** What we report about ourselves, to compare with. */
export type Ourselves = Omit<MemberFact, 'known' | 'waiting'>;

const IN_A_QUORUM: readonly (string | undefined)[] = ['leader', 'follower', 'observer'];

/** A peer's answer as the decision needs it. */
export function peerVolume({ member, told, silence }: PeerAnswer, us: Ourselves): PeerVolume {
  if (told === undefined) return { kind: 'silent', why: silence };
  const { member: fact } = told;
  if (fact === undefined) {
    const why = told.waiting === undefined ? 'its zk-entrypoint is older' : `it waits (${told.waiting.for})`;
    return { kind: 'silent', why: `does not report the data on its volume: ${why}` };
  }
  const stranger = strangeness(member, fact, us);
  if (stranger !== undefined) return { kind: 'silent', why: stranger };
  return { kind: 'heard', known: fact.known, hasData: fact.volume === 'data', voters: fact.voters };
}

/** What it reports about its own list. */
export function peerList(answer: PeerAnswer, us: Ourselves): PeerList {
  const heard = peerVolume(answer, us);
  if (heard.kind === 'silent') return heard;
  const serves = isServing(answer.told?.mode ?? answer.mode);
  return { kind: 'heard', voters: heard.voters, served: heard.known, serves };
}

function isServing(mode: string | undefined): boolean {
  return mode === 'standalone' || IN_A_QUORUM.includes(mode);
}

/**
 * The name of a voter that serves in a quorum of ours. One peer may report that wrongly, so it counts only if half of the
 * voters, rounded up, report it. Otherwise a false report could keep a member from creating the ensemble for good, and before
 * 3.6 a member without data would vote.
 */
export function quorumAt(answers: readonly PeerAnswer[], us: Ourselves): string | undefined {
  const serving = answers.filter(
    (answer) => us.voters.includes(answer.member.id) && servesInQuorum(answer, us),
  );
  return serving.length >= Math.ceil(us.voters.length / 2) ? serving[0]?.member.host : undefined;
}

/** True if it reports that it serves in a quorum of ours. A standalone server is not a quorum. */
export function servesInQuorum({ member, told, mode }: PeerAnswer, us: Ourselves): boolean {
  if (!IN_A_QUORUM.includes(told?.mode ?? mode)) return false;
  return told?.member === undefined || strangeness(member, told.member, us) === undefined;
}

function strangeness({ id }: Member, fact: MemberFact, us: Ourselves): string | undefined {
  if (fact.instance === us.instance) {
    return 'resolves to this member itself: members on one host need different addresses (ZK_HEALTH_ADDRESS)';
  }
  if (fact.id !== id) return `answers as member ${fact.id}`;
  return isOtherEnsemble(nameOf(fact), nameOf(us)) ? `is of the ensemble ${theirEnsemble(fact)}` : undefined;
}

function nameOf({ ensemble, domain }: Pick<MemberFact, 'ensemble' | 'domain'>) {
  return { name: ensemble, domain };
}

/** The longest text of a peer's within a longer one. */
const LONGEST_NAME = 200;
const LONGEST_LIST = 800;

function theirEnsemble(fact: MemberFact): string {
  return visible(ensembleWords(nameOf(fact)), LONGEST_NAME);
}

/**
 * What the peers report that contradicts this member. A peer without an answer is not a finding. Any program can answer at
 * an old address, so the report of one peer is hearsay. Only reports of most voters refuse a start.
 */
export function peerFindings(answers: readonly PeerAnswer[], us: Ourselves): Finding[] {
  const single = answers.flatMap(({ member, told }) => {
    const fact = told?.member;
    return fact === undefined || fact.instance === us.instance ? [] : misfits(member, fact, us);
  });
  return [...single, ...elsewhere(answers, us)];
}

/** Programs that answer without the mark of our key: strangers, or members that do not have the key yet. */
export function unmarkedFindings(
  answers: readonly PeerAnswer[],
  auth: 'want' | 'need' | undefined,
): Finding[] {
  return answers.flatMap(({ member, mark }) => {
    if (mark === undefined) return [];
    const counts = auth === 'want' ? 'is still believed, because ZK_PEER_AUTH is want' : 'does not count';
    return [
      hearsay('ZK-PEER-011', {
        subject: member.host,
        problem: `${unmarkedWords(mark)}, and ${counts}`,
        remedy:
          'give all members the same key, and during a change both keys; if all members already have it, a stranger answers at this address',
      }),
    ];
  });
}

/** A list or domain whose names mostly lead to another ensemble. The data there would overwrite the data here. */
function elsewhere(answers: readonly PeerAnswer[], us: Ourselves): Finding[] {
  const strangers = answers.filter(
    ({ member, told }) =>
      us.voters.includes(member.id) &&
      told?.member !== undefined &&
      isOtherEnsemble(nameOf(told.member), nameOf(us)),
  );
  if (strangers.length < quorumSize(us.voters.length)) return [];
  return [
    finding('ZK-PEER-010', {
      subject: strangers.map(({ member }) => member.host).join(', '),
      problem: `${strangers.length} of ${us.voters.length} voters are members of another ensemble, this server is of ${ensembleWords(nameOf(us))}`,
      remedy: 'correct ZK_ENSEMBLE, ZK_DOMAIN or ZK_CLUSTER_NAME',
    }),
  ];
}

function misfits({ host }: Member, fact: MemberFact, us: Ourselves): Finding[] {
  if (isOtherEnsemble(nameOf(fact), nameOf(us))) {
    return [
      hearsay('ZK-PEER-002', {
        subject: host,
        problem: `is a member of the ensemble ${theirEnsemble(fact)}, this server is of ${ensembleWords(nameOf(us))}`,
        remedy: 'correct ZK_ENSEMBLE, ZK_DOMAIN or ZK_CLUSTER_NAME',
      }),
    ];
  }
  if (fact.id === us.id) {
    return [
      hearsay('ZK-PEER-001', {
        subject: host,
        problem: `runs with the id ${fact.id}, the id of this member`,
        remedy: 'give each member its own id',
      }),
    ];
  }
  // If the ensemble has a committed configuration, a different list is a change that this member will get later.
  if (fact.committed || us.committed) return [];
  const old = goneOnWithout(fact, us) ? [oldData(host, fact)] : [];
  return sameServers(fact, us) ? old : [...old, otherList(host, fact, us)];
}

/** The volume of a removed member that comes back. It would vote with its old data. */
function goneOnWithout(fact: MemberFact, us: Ourselves): boolean {
  const bothHold = us.volume === 'data' && fact.volume === 'data' && fact.known.length > 0;
  return bothHold && us.voters.includes(us.id) && !fact.known.includes(us.id);
}

function oldData(host: string, { known }: MemberFact): Finding {
  return hearsay('ZK-PEER-007', {
    subject: host,
    problem: `has served with the voters ${known.join(', ')}, without this member, but this member has data`,
    remedy:
      'if this member was removed by scaling, stop it and empty its volume, so that it copies the data from the quorum; while members are added, wait',
  });
}

function sameServers(fact: MemberFact, us: Ourselves): boolean {
  return (
    sameVoters(fact.voters, us.voters) && [...fact.servers].sort().join() === [...us.servers].sort().join()
  );
}

function otherList(host: string, fact: MemberFact, us: Ourselves): Finding {
  return hearsay('ZK-PEER-003', {
    subject: host,
    problem: `was started with ${visible(fact.servers.join(' '), LONGEST_LIST) || 'no list'}, this server with ${us.servers.join(' ')}`,
    remedy: 'give all members the same list; during a rollout of a new list, wait until it ends',
  });
}
